// @ts-check
// The owner of everything with a life: listeners, timers, frames, nodes and tracks.

/** Disposing runs the clean-ups last in, first out; one that fails does not stop the others. */
export class Scope {
  /** @type {(() => void)[]} */
  #cleanups = [];
  #disposed = false;

  get disposed() {
    return this.#disposed;
  }

  /**
   * Registers a clean-up; in a disposed scope it runs at once.
   * @param {() => void} cleanup
   */
  own(cleanup) {
    if (this.#disposed) cleanup();
    else this.#cleanups.push(cleanup);
  }

  /**
   * @param {EventTarget} target
   * @param {string} type
   * @param {(event: any) => void} handler
   * @param {AddEventListenerOptions} [options]
   */
  listen(target, type, handler, options) {
    if (this.#disposed) return;
    target.addEventListener(type, handler, options);
    this.own(() => target.removeEventListener(type, handler, options));
  }

  /**
   * @param {() => void} task
   * @param {number} delay_ms
   * @returns {() => void} cancels it
   */
  after(task, delay_ms) {
    const timer = setTimeout(task, delay_ms);
    const cancel = () => clearTimeout(timer);
    this.own(cancel);
    return cancel;
  }

  /**
   * @param {() => void} task
   * @param {number} period_ms
   */
  repeat(task, period_ms) {
    const timer = setInterval(task, period_ms);
    this.own(() => clearInterval(timer));
  }

  /**
   * Calls `draw` before every repaint until the scope is disposed or `draw` returns false.
   * @param {(time_ms: number) => boolean | void} draw
   */
  everyFrame(draw) {
    let frame = 0;
    const step = (/** @type {number} */ time_ms) => {
      if (this.#disposed || draw(time_ms) === false) return;
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    this.own(() => cancelAnimationFrame(frame));
  }

  /** A scope that ends with this one, or earlier. */
  child() {
    const scope = new Scope();
    this.own(() => scope.dispose());
    return scope;
  }

  dispose() {
    this.#disposed = true;
    for (;;) {
      const cleanup = this.#cleanups.pop();
      if (!cleanup) return;
      try {
        cleanup();
      } catch (error) {
        reportError(error);
      }
    }
  }
}

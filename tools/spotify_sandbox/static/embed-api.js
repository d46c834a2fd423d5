// @ts-check
// Stand-in of the iFrame API: a frame of the stand-in and the controller that drives it.
// https://developer.spotify.com/documentation/embeds/references/iframe-api

(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const origin = new URL(script.src).origin;
  const ALLOW = "autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture";

  class EmbedController {
    /** @param {HTMLElement} element @param {{ uri: string, width?: number | string, height?: number | string }} options */
    constructor(element, options) {
      /** @type {Map<string, Set<(event: { data: any }) => void>>} */
      this._listeners = new Map();
      this._frame = document.createElement("iframe");
      this._frame.allow = ALLOW;
      this._frame.title = "Spotify stand-in";
      this.setIframeDimensions(options.width ?? "100%", options.height ?? 352);
      this._hear = (/** @type {MessageEvent} */ message) => {
        if (message.source !== this._frame.contentWindow || message.origin !== origin) return;
        this._emit(message.data.event, message.data.data ?? {});
      };
      window.addEventListener("message", this._hear);
      this.loadUri(options.uri);
      element.replaceWith(this._frame);
    }

    /** @param {string} event @param {(event: { data: any }) => void} listener */
    addListener(event, listener) {
      const listeners = this._listeners.get(event) ?? new Set();
      this._listeners.set(event, listeners.add(listener));
      return () => this.removeListener(event, listener);
    }

    /** @param {string} event @param {(event: { data: any }) => void} listener */
    removeListener(event, listener) {
      this._listeners.get(event)?.delete(listener);
    }

    /** @param {string} event @param {(event: { data: any }) => void} listener */
    on(event, listener) {
      return this.addListener(event, listener);
    }

    /** @param {string} event @param {(event: { data: any }) => void} listener */
    off(event, listener) {
      this.removeListener(event, listener);
    }

    /** @param {string} event @param {(event: { data: any }) => void} listener */
    once(event, listener) {
      const stop = this.addListener(event, (data) => {
        stop();
        listener(data);
      });
    }

    /** @param {string} uri */
    loadUri(uri) {
      const [, kind, id] = uri.split(":");
      this._frame.src = `${origin}/embed/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`;
    }

    play() {
      this._tell("play");
    }

    resume() {
      this._tell("resume");
    }

    pause() {
      this._tell("pause");
    }

    togglePlay() {
      this._tell("toggle");
    }

    /** @param {number} seconds */
    seek(seconds) {
      this._tell("seek", seconds);
    }

    /** @param {number | string} width @param {number | string} height */
    setIframeDimensions(width, height) {
      this._frame.width = String(width);
      this._frame.height = String(height);
    }

    destroy() {
      window.removeEventListener("message", this._hear);
      this._listeners.clear();
      this._frame.remove();
    }

    /** @param {string} command @param {number} [value] */
    _tell(command, value) {
      this._frame.contentWindow?.postMessage({ command, value }, origin);
    }

    /** @param {string} event @param {any} data */
    _emit(event, data) {
      for (const listener of [...(this._listeners.get(event) ?? [])]) listener({ data });
    }
  }

  const page = /** @type {any} */ (window);
  page.onSpotifyIframeApiReady?.({
    /** @param {HTMLElement} element @param {any} options @param {(controller: EmbedController) => void} made */
    createController(element, options, made) {
      made(new EmbedController(element, options));
    },
  });
})();

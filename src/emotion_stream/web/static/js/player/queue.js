// @ts-check
// The order of what is played; knows nothing of sound.

/** @typedef {import("../api.js").Item} Item */

export class Queue {
  /** @type {readonly Item[]} */
  #items = [];
  #index = -1;

  get items() {
    return this.#items;
  }

  get index() {
    return this.#index;
  }

  /** @returns {Item | null} */
  get current() {
    return this.#items[this.#index] ?? null;
  }

  get hasNext() {
    return this.#index + 1 < this.#items.length;
  }

  get hasPrevious() {
    return this.#index > 0;
  }

  /**
   * @param {readonly Item[]} items
   * @param {number} index
   */
  replace(items, index) {
    this.#items = [...items];
    this.#index = index;
    return this.current;
  }

  /** @param {number} index */
  jump(index) {
    if (index >= 0 && index < this.#items.length) this.#index = index;
    return this.current;
  }

  next() {
    return this.hasNext ? this.jump(this.#index + 1) : null;
  }

  previous() {
    return this.hasPrevious ? this.jump(this.#index - 1) : null;
  }

  /**
   * Takes an item out; the current one stays, unless it is the one that goes: then its follower takes over.
   * @param {number} index
   * @returns {boolean} whether the current item changed
   */
  remove(index) {
    if (index < 0 || index >= this.#items.length) return false;
    const wasCurrent = index === this.#index;
    this.#items = this.#items.filter((_, each) => each !== index);
    if (index < this.#index || this.#index >= this.#items.length) this.#index -= 1;
    return wasCurrent;
  }

  clear() {
    this.#items = [];
    this.#index = -1;
  }
}

/** @param {Item | null} a @param {Item | null} b */
export function sameItem(a, b) {
  return a !== null && b !== null && a.provider === b.provider && a.id === b.id;
}

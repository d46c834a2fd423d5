// @ts-check
// The four kinds as tabs: arrows, Home and End move between them (WAI-ARIA, tabs).

import { element } from "../dom.js";
import { KINDS } from "./api.js";

/** @typedef {import("./api.js").Kind} Kind */

/** @type {Readonly<Record<Kind, string>>} */
export const KIND_WORDS = {
  playlist: "Playlists",
  track: "Tracks",
  show: "Shows",
  episode: "Episodes",
};

export class KindTabs {
  /** @type {Kind} */
  kind = "playlist";
  onChange = () => {};

  /**
   * @param {HTMLElement} root
   * @param {import("../scope.js").Scope} scope
   */
  constructor(root, scope) {
    this.root = root;
    this.list = element(root, "[role=tablist]");
    for (const kind of KINDS) scope.listen(this.#tab(kind), "click", () => this.select(kind));
    scope.listen(this.list, "keydown", (event) => this.#move(event));
    this.select("playlist");
  }

  /** @param {Kind} kind */
  panel(kind) {
    return element(this.root, `#spotify-panel-${kind}`);
  }

  /** @param {Readonly<Record<Kind, number>>} counts of what each tab holds */
  count(counts) {
    for (const kind of KINDS) this.#tab(kind).textContent = `${KIND_WORDS[kind]} (${counts[kind]})`;
    if (counts[this.kind] > 0) return;
    const filled = KINDS.find((kind) => counts[kind] > 0);
    if (filled) this.select(filled);
  }

  /** @param {Kind} kind */
  select(kind) {
    this.kind = kind;
    for (const each of KINDS) {
      const tab = this.#tab(each);
      tab.setAttribute("aria-selected", String(each === kind));
      tab.tabIndex = each === kind ? 0 : -1;
      this.panel(each).hidden = each !== kind;
    }
    this.onChange();
  }

  /** @param {Kind} kind */
  #tab(kind) {
    return element(this.root, `#spotify-tab-${kind}`);
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const at = KINDS.indexOf(this.kind);
    const last = KINDS.length - 1;
    /** @type {Record<string, number>} */
    const places = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    this.select(KINDS[place]);
    this.#tab(KINDS[place]).focus();
  }
}

// @ts-check
// Spotify's items as rows: cover, names as given, the reason, the link, and what can be done with them.

import { toast } from "../announce.js";
import { button, element, find, fromTemplate, switchIcon } from "../dom.js";
import { clock } from "../time-format.js";
import { inLibrary, keepInLibrary } from "./api.js";
import { problemOf } from "./problems.js";

/** @typedef {import("./api.js").SpotifyItem} SpotifyItem */
/** @typedef {import("./api.js").SpotifyState} SpotifyState */
/** @typedef {{ item: SpotifyItem, row: HTMLElement }} Row */

export class SpotifyItemRows {
  /** @type {Row[]} */
  #rows = [];
  /** @type {SpotifyState | null} */
  #state = null;
  /** @type {Set<string>} */
  #saved = new Set();

  /**
   * @param {HTMLElement} section holds the template
   * @param {import("./player.js").SpotifyPlayer} player
   * @param {import("../scope.js").Scope} scope
   * @param {{ readingId: () => string | null, onStep: (step: import("./api.js").Step) => void }} view
   */
  constructor(section, player, scope, view) {
    this.section = section;
    this.player = player;
    this.view = view;
    player.bar.on(() => this.#mark(), scope);
  }

  clear() {
    for (const { row } of this.#rows) row.remove();
    this.#rows = [];
  }

  /**
   * @param {HTMLElement} list
   * @param {readonly SpotifyItem[]} items
   * @param {SpotifyState} state
   */
  fill(list, items, state) {
    this.#state = state;
    const rows = items.map((item) => ({ item, row: this.#row(item) }));
    list.replaceChildren(...rows.map(({ row }) => row));
    this.#rows.push(...rows);
    this.#mark();
  }

  /** Shows what is in the person's library already; where that is not known, nothing. */
  async markSaved() {
    if (!this.#state?.steps.heart) return;
    const rows = this.#rows;
    try {
      const saved = await inLibrary(rows.map(({ item }) => item.uri));
      if (rows !== this.#rows) return;
      this.#saved = new Set(Object.keys(saved).filter((uri) => saved[uri]));
      for (const row of rows) this.#showHeart(row);
    } catch {
      return; // the hearts can be pressed all the same
    }
  }

  /** @param {SpotifyItem} item */
  #row(item) {
    const row = fromTemplate(this.section, "spotify-item");
    element(row, "[data-title]").textContent = item.name;
    element(row, "[data-by]").textContent = facts(item);
    element(row, "[data-explicit]").hidden = !item.explicit;
    element(row, "[data-reason]").textContent = item.reason;
    const cover = find(row, "[data-cover]", HTMLImageElement);
    cover.hidden = !item.cover;
    if (item.cover) cover.src = item.cover.url;
    const link = find(row, "[data-link]", HTMLAnchorElement);
    link.href = item.link;
    link.setAttribute("aria-label", `OPEN SPOTIFY: ${item.name}`);
    button(row, "[data-play]").onclick = ({ detail }) => {
      if (detail < 2) this.#play(item); // a double click is one press
    };
    const heart = button(row, "[data-heart]");
    heart.hidden = !this.#state?.signed_in;
    heart.onclick = () => void this.#press({ item, row });
    this.#showHeart({ item, row });
    return row;
  }

  /** @param {SpotifyItem} item */
  #play(item) {
    if (this.#state) this.player.press(item, this.#state, this.view.readingId());
  }

  /** @param {Row} row */
  async #press({ item, row }) {
    const step = item.kind === "playlist" ? "follow" : "heart";
    if (!this.#state?.steps[step]) return this.view.onStep(step);
    const heart = button(row, "[data-heart]");
    if (heart.getAttribute("aria-busy") === "true") return;
    const wanted = !this.#saved.has(item.uri);
    heart.setAttribute("aria-busy", "true");
    try {
      await keepInLibrary(item.uri, wanted);
      if (wanted) this.#saved.add(item.uri);
      else this.#saved.delete(item.uri);
      toast(
        wanted ? `“${item.name}” is in your library.` : `“${item.name}” is out of your library.`,
      );
    } catch (error) {
      const problem = problemOf(error, new Date());
      if (problem.step) this.view.onStep(problem.step);
      else toast(problem.words);
    }
    heart.removeAttribute("aria-busy");
    this.#showHeart({ item, row });
  }

  /** @param {Row} row */
  #showHeart({ item, row }) {
    const heart = button(row, "[data-heart]");
    const verb = item.kind === "playlist" || item.kind === "show" ? "Follow" : "Save";
    heart.setAttribute("aria-label", `${verb} “${item.name}”`);
    heart.setAttribute("aria-pressed", String(this.#saved.has(item.uri)));
  }

  #mark() {
    for (const { item, row } of this.#rows) {
      const current = this.player.isCurrent(item);
      if (current) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
      switchIcon(button(row, "[data-play]"), current && this.player.isActive, "playing", "paused", [
        `Pause “${item.name}”`,
        `Play “${item.name}”`,
      ]);
    }
  }
}

/** @param {SpotifyItem} item */
function facts({ kind, by, parent, duration_s, size }) {
  const counted = kind === "show" ? "episodes" : "tracks";
  return [
    by.join(", "),
    parent,
    size === null ? "" : `${size} ${counted}`,
    duration_s === null ? "" : clock(duration_s),
  ]
    .filter(Boolean)
    .join(" · ");
}

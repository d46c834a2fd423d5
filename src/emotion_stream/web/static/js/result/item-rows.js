// @ts-check
// The recommended items as rows, each with its reason and a play button.

import { button, element, fromTemplate, switchIcon } from "../dom.js";
import { clock } from "../time-format.js";

/** @typedef {import("../api.js").Item} Item */
/** @typedef {import("../api.js").Suggestion} Suggestion */

// The `affect_source` of an item begins with this where nobody set its mood.
const GUESSED = "audio estimate";

export class ItemRows {
  /** @type {readonly Item[]} */
  items = [];
  /** @type {string | null} */
  #readingId = null;

  /**
   * @param {HTMLElement} section
   * @param {import("../player/player-bar.js").PlayerBar} bar
   * @param {import("../scope.js").Scope} scope
   */
  constructor(section, bar, scope) {
    this.section = section;
    this.bar = bar;
    this.list = element(section, "[data-items]");
    bar.on(() => this.#mark(), scope);
  }

  /**
   * @param {readonly Suggestion[]} suggestions
   * @param {string | null} readingId
   */
  show(suggestions, readingId) {
    this.items = suggestions.map((each) => each.item);
    this.#readingId = readingId;
    this.list.replaceChildren(...suggestions.map((each, index) => this.#row(each, index)));
    this.#mark();
  }

  /**
   * @param {Suggestion} suggestion
   * @param {number} index
   */
  #row({ item, reason }, index) {
    const row = fromTemplate(this.section, "item");
    element(row, "[data-title]").textContent = item.title;
    element(row, "[data-by]").textContent = [
      item.creators.join(", "),
      item.genre,
      clock(item.duration_s),
    ]
      .filter(Boolean)
      .join(" · ");
    element(row, "[data-reason]").textContent = reason;
    element(row, "[data-guessed]").hidden = !item.affect_source.startsWith(GUESSED);
    button(row, "[data-play]").onclick = () =>
      void this.bar.play(this.items, index, this.#readingId);
    return row;
  }

  #mark() {
    const { player } = this.bar;
    [...this.list.children].forEach((row, index) => {
      const item = this.items[index];
      if (!(row instanceof HTMLElement) || !item) return;
      const current = player.isCurrent(item);
      const playing = current && player.isPlaying;
      if (current) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
      switchIcon(button(row, "[data-play]"), playing, "playing", "paused", [
        `Pause “${item.title}”`,
        `Play “${item.title}”`,
      ]);
    });
  }
}

// @ts-check
// The list behind the queue button: what plays, what comes, jump to one, take one out.

import { button, element, focusHeading, fromTemplate } from "../dom.js";
import { clock } from "../time-format.js";

export class QueuePanel {
  /**
   * @param {HTMLElement} root
   * @param {import("./player.js").Player} player
   * @param {import("../scope.js").Scope} scope
   */
  constructor(root, player, scope) {
    this.root = root;
    this.player = player;
    this.panel = element(root, "[data-queue]");
    this.list = element(root, "[data-queue-list]");
    this.toggle = button(root, "[data-queue-toggle]");
    scope.listen(this.toggle, "click", () => this.#open(this.panel.hidden === true));
    scope.listen(root, "keydown", (event) => {
      if (event.key !== "Escape" || this.panel.hidden) return;
      event.preventDefault(); // the recording under review stays
      this.#open(false);
      this.toggle.focus();
    });
    // What has the focus must not lie under the open panel (WCAG 2.4.11).
    scope.listen(document, "focusin", (event) => {
      if (!root.contains(event.target)) this.#open(false);
    });
    scope.listen(this.list, "click", (event) => this.#pressed(event));
  }

  /** @param {boolean} open */
  #open(open) {
    this.panel.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    if (open) this.#showCurrent();
  }

  /** Scrolls the panel, and only the panel, to what plays. */
  #showCurrent() {
    const row = this.list.children[this.player.queue.index];
    if (!(row instanceof HTMLElement)) return;
    const above_px = row.getBoundingClientRect().top - this.panel.getBoundingClientRect().top;
    this.panel.scrollTop += above_px - (this.panel.clientHeight - row.offsetHeight) / 2;
  }

  /** @param {MouseEvent} event */
  #pressed(event) {
    const target = event.target instanceof Element ? event.target.closest("button") : null;
    const row = target?.closest("li");
    if (!target || !row) return;
    const index = [...this.list.children].indexOf(row);
    if (target.matches("[data-jump]")) void this.player.jump(index);
    else {
      void this.player.remove(index);
      this.#focusNear(index);
    }
  }

  /** @param {number} index */
  #focusNear(index) {
    const rows = this.list.querySelectorAll("[data-remove]");
    const next = rows[Math.min(index, rows.length - 1)];
    if (next instanceof HTMLElement) next.focus();
    else {
      this.#open(false);
      focusHeading(element(document, "main")); // the player is gone
    }
  }

  render() {
    const { items, index } = this.player.queue;
    const key = items.map((item) => item.id).join(" ");
    if (this.list.dataset.key !== key) {
      this.list.dataset.key = key;
      this.list.replaceChildren(...items.map((item) => this.#row(item)));
    }
    [...this.list.children].forEach((row, each) => {
      if (each === index) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    });
  }

  /** @param {import("../api.js").Item} item */
  #row(item) {
    const row = fromTemplate(this.root, "queue-item");
    element(row, "[data-title]").textContent = item.title;
    element(row, "[data-by]").textContent = clock(item.duration_s);
    button(row, "[data-remove]").setAttribute(
      "aria-label",
      `Remove “${item.title}” from the queue`,
    );
    return row;
  }
}

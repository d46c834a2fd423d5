// @ts-check
// Earlier readings of this session, for those who agreed to keep them.

import { note } from "../announce.js";
import { deleteReading, deleteSession, getReading } from "../api.js";
import { confirmed } from "../confirm.js";
import { button, focusHeading, fromTemplate, part } from "../dom.js";
import { section } from "../recording/screens.js";
import { circumstances, summary } from "./headline.js";

/** States in which looking back disturbs nothing. */
const SHOWN_IN = new Set(["ready", "result"]);

export class Earlier {
  #asked = 0;

  /**
   * @param {HTMLElement} root
   * @param {import("../recording/page-state.js").Visit} visit
   * @param {import("../scope.js").Scope} scope
   */
  constructor(root, visit, scope) {
    this.root = root;
    this.visit = visit;
    this.box = part(root, "[data-earlier]");
    this.list = part(root, "[data-earlier-list]");
    scope.listen(button(root, "[data-forget-all]"), "click", async () => {
      if (!(await deleteEverything(root, scope))) return;
      visit.bar.stop();
      visit.forgetEverything();
      visit.flow.send("forgotten");
      note("Everything is deleted.");
    });
    visit.onForgotten = () => this.render();
    const moved = visit.flow.on(() => {
      this.#asked += 1; // what was asked for before is not wanted here any more
      this.render();
    });
    scope.own(moved);
  }

  render() {
    const { flow, readings, memory } = this.visit;
    const shown = flow.state === "result" ? (memory.result?.reading?.id ?? null) : null;
    const others = readings.filter((each) => each.id !== shown);
    this.box.hidden = !SHOWN_IN.has(flow.state) || others.length === 0;
    this.list.replaceChildren(...others.map((reading) => this.#row(reading)));
  }

  /** @param {import("../api.js").KeptReading} reading */
  #row(reading) {
    const row = fromTemplate(this.root, "earlier");
    const words = summary(reading);
    const when = circumstances(reading, new Date());
    part(row, "[data-mark]").dataset.emotion = reading.correction ?? reading.emotion ?? "unsure";
    part(row, "[data-words]").textContent = words;
    part(row, "[data-when]").textContent = when;
    const remove = button(row, "[data-delete]");
    remove.setAttribute("aria-label", `Delete: ${words}, ${when}`);
    remove.onclick = () => void this.#delete(reading, remove);
    button(row, "[data-open]").onclick = () => void this.#open(reading);
    return row;
  }

  /** @param {import("../api.js").KeptReading} kept */
  async #open(kept) {
    if (!kept.id) return;
    const asked = ++this.#asked;
    try {
      const reading = await getReading(kept.id);
      if (asked !== this.#asked) return;
      this.visit.flow.send("opened", { reading, chosen: null, clip: null });
    } catch (error) {
      if (asked === this.#asked) note(error instanceof Error ? error.message : String(error));
    }
  }

  /**
   * @param {import("../api.js").KeptReading} reading
   * @param {HTMLButtonElement} control
   */
  async #delete(reading, control) {
    if (!reading.id) return;
    control.disabled = true;
    const asked = this.#asked;
    try {
      await deleteReading(reading.id);
    } catch (error) {
      control.disabled = false;
      if (asked === this.#asked) control.focus();
      return note(error instanceof Error ? error.message : String(error));
    }
    this.visit.forget(reading.id);
    if (asked !== this.#asked) return;
    const next = this.list.querySelector("[data-delete]");
    if (next instanceof HTMLElement) next.focus();
    else focusHeading(section(this.root, this.visit.flow.state));
  }
}

/**
 * Asks, and deletes the session on the server.
 * @param {HTMLElement} root
 * @param {import("../scope.js").Scope} scope
 * @returns {Promise<boolean>} whether it is gone
 */
export async function deleteEverything(root, scope) {
  if (!(await confirmed(root, "everything", scope))) return false;
  try {
    await deleteSession();
    return true;
  } catch (error) {
    note(error instanceof Error ? error.message : String(error));
    return false;
  }
}

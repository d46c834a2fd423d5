// @ts-check
// Earlier readings of this session, for those who agreed to keep them.

import { toast } from "../announce.js";
import { deleteReading, deleteSession, getReading } from "../api.js";
import { confirmed } from "../confirm.js";
import { button, element, focusHeading, fromTemplate } from "../dom.js";
import { section } from "../recording/screens.js";
import { circumstances, summary } from "./headline.js";

/** States in which looking back disturbs nothing. */
const SHOWN_IN = new Set(["ready", "result"]);

export class ReadingHistory {
  /** An answer that comes after the person has gone on opens nothing and moves no focus. */
  #latestRequest = 0;

  /**
   * @param {HTMLElement} root
   * @param {import("../recording/page-state.js").PageState} page
   * @param {import("../scope.js").Scope} scope
   */
  constructor(root, page, scope) {
    this.root = root;
    this.page = page;
    this.box = element(root, "[data-earlier]");
    this.list = element(root, "[data-earlier-list]");
    scope.listen(button(root, "[data-forget-all]"), "click", async () => {
      if (!(await deleteEverything(root, scope))) return;
      page.bar.stop();
      page.clearEverything();
      page.machine.send("forgotten");
      toast("Everything is deleted.");
    });
    page.onReadingRemoved = () => this.render();
    const moved = page.machine.on(() => {
      this.#latestRequest += 1; // what was asked for before is not wanted here any more
      this.render();
    });
    scope.own(moved);
  }

  render() {
    const { machine, readings, memory } = this.page;
    const shown = machine.state === "result" ? (memory.result?.reading?.id ?? null) : null;
    const others = readings.filter((each) => each.id !== shown);
    this.box.hidden = !SHOWN_IN.has(machine.state) || others.length === 0;
    this.list.replaceChildren(...others.map((reading) => this.#row(reading)));
  }

  /** @param {import("../api.js").ReadingSummary} reading */
  #row(reading) {
    const row = fromTemplate(this.root, "earlier");
    const words = summary(reading);
    const when = circumstances(reading, new Date());
    element(row, "[data-mark]").dataset.emotion = reading.correction ?? reading.emotion ?? "unsure";
    element(row, "[data-words]").textContent = words;
    element(row, "[data-when]").textContent = when;
    const remove = button(row, "[data-delete]");
    remove.setAttribute("aria-label", `Delete: ${words}, ${when}`);
    remove.onclick = () => void this.#delete(reading, remove);
    button(row, "[data-open]").onclick = () => void this.#open(reading);
    return row;
  }

  /** @param {import("../api.js").ReadingSummary} kept */
  async #open(kept) {
    if (!kept.id) return;
    const request = ++this.#latestRequest;
    try {
      const reading = await getReading(kept.id);
      if (request !== this.#latestRequest) return;
      this.page.machine.send("opened", { reading, chosen: null, clip: null });
    } catch (error) {
      if (request === this.#latestRequest)
        toast(error instanceof Error ? error.message : String(error));
    }
  }

  /**
   * @param {import("../api.js").ReadingSummary} reading
   * @param {HTMLButtonElement} control
   */
  async #delete(reading, control) {
    if (!reading.id) return;
    control.disabled = true;
    const request = this.#latestRequest;
    try {
      await deleteReading(reading.id);
    } catch (error) {
      control.disabled = false;
      if (request === this.#latestRequest) control.focus();
      return toast(error instanceof Error ? error.message : String(error));
    }
    this.page.removeReading(reading.id);
    if (request !== this.#latestRequest) return;
    const next = this.list.querySelector("[data-delete]");
    if (next instanceof HTMLElement) next.focus();
    else focusHeading(section(this.root, this.page.machine.state));
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
    toast(error instanceof Error ? error.message : String(error));
    return false;
  }
}

// @ts-check
// The notice and the consents. Nothing is recorded before it.

import { note } from "../announce.js";
import { agree } from "../api.js";
import { button, find } from "../dom.js";

/** @type {(visit: import("./page-state.js").Visit, section: HTMLElement, scope: import("../scope.js").Scope) => import("./page-state.js").Enter} */
export function noticeScreen(visit, section, scope) {
  const history = find(section, "[data-history]", HTMLInputElement);
  const agreeButton = button(section, "[data-agree]");

  scope.listen(agreeButton, "click", async () => {
    agreeButton.disabled = true;
    try {
      visit.adopt(await agree(history.checked));
      if (visit.take) visit.flow.send("kept");
      else visit.flow.send("agreed");
    } catch (error) {
      note(error instanceof Error ? error.message : String(error));
    } finally {
      agreeButton.disabled = false;
    }
  });
  scope.listen(button(section, "[data-by-hand]"), "click", () => visit.flow.send("byHand"));

  return () => {
    history.checked = false;
    visit.line.show({ mode: "rest" });
  };
}

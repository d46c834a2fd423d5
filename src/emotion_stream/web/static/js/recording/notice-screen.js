// @ts-check
// The notice and the consents. Nothing is recorded before it.

import { toast } from "../announce.js";
import { giveConsent } from "../api.js";
import { button, find } from "../dom.js";

/** @type {(page: import("./page-state.js").PageState, section: HTMLElement, scope: import("../scope.js").Scope) => import("./page-state.js").EnterScreen} */
export function noticeScreen(page, section, scope) {
  const history = find(section, "[data-history]", HTMLInputElement);
  const agreeButton = button(section, "[data-agree]");

  scope.listen(agreeButton, "click", async () => {
    agreeButton.disabled = true;
    try {
      page.setSession(await giveConsent(history.checked));
      if (page.take) page.machine.send("kept");
      else page.machine.send("agreed");
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error));
    } finally {
      agreeButton.disabled = false;
    }
  });
  scope.listen(button(section, "[data-by-hand]"), "click", () => page.machine.send("byHand"));

  return () => {
    history.checked = false;
    page.waveformView.show({ mode: "rest" });
  };
}

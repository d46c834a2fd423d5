// @ts-check
// Eight moods to choose from, for those who do not want to speak. Needs no consent: nothing is analysed.

import { button, element, fromTemplate } from "../dom.js";
import { ADJECTIVES, capitalised, EMOTIONS } from "../emotions.js";

/** @type {(page: import("./page-state.js").PageState, section: HTMLElement, scope: import("../scope.js").Scope) => import("./page-state.js").EnterScreen} */
export function moodScreen(page, section, scope) {
  const list = element(section, "[data-moods]");
  for (const emotion of EMOTIONS) {
    const row = fromTemplate(section, "mood");
    const choose = button(row, "button");
    choose.dataset.emotion = emotion;
    element(row, "[data-name]").textContent = capitalised(ADJECTIVES[emotion]);
    scope.listen(choose, "click", () =>
      page.machine.send("chosen", { reading: null, chosen: emotion, clip: null }),
    );
    list.append(row);
  }
  scope.listen(button(section, "[data-back]"), "click", () =>
    page.machine.send(page.consent.analyse ? "back" : "noConsent"),
  );
  return () => page.waveformView.show({ mode: "rest" });
}

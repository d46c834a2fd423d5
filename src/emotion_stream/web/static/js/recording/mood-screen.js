// @ts-check
// Eight moods to choose from, for those who do not want to speak. Needs no consent: nothing is analysed.

import { button, fromTemplate, part } from "../dom.js";
import { ADJECTIVES, capitalised, EMOTIONS } from "../emotions.js";

/** @type {(visit: import("./page-state.js").Visit, section: HTMLElement, scope: import("../scope.js").Scope) => import("./page-state.js").Enter} */
export function moodScreen(visit, section, scope) {
  const list = part(section, "[data-moods]");
  for (const emotion of EMOTIONS) {
    const row = fromTemplate(section, "mood");
    const choose = button(row, "button");
    choose.dataset.emotion = emotion;
    part(row, "[data-name]").textContent = capitalised(ADJECTIVES[emotion]);
    scope.listen(choose, "click", () =>
      visit.flow.send("chosen", { reading: null, chosen: emotion, clip: null }),
    );
    list.append(row);
  }
  scope.listen(button(section, "[data-back]"), "click", () =>
    visit.flow.send(visit.consent.analyse ? "back" : "noConsent"),
  );
  return () => visit.line.show({ mode: "rest" });
}

// @ts-check
// Something failed: what it was, in a sentence, and the ways on.

import { announce } from "../announce.js";
import { button, element } from "../dom.js";

/**
 * @typedef {{ heading?: string, message?: string, detail?: string, retry?: string | null, retryWords?: string,
 *   back?: string | null, backWords?: string, upload?: boolean }} ProblemDetail events to send for "try again" and "back"
 */

/** @type {(page: import("./page-state.js").PageState, section: HTMLElement, scope: import("../scope.js").Scope) => import("./page-state.js").EnterScreen} */
export function problemScreen(page, section, scope) {
  /** @type {ProblemDetail} */
  let problem = {};
  const retry = button(section, "[data-retry]");
  const back = button(section, "[data-back]");
  scope.listen(retry, "click", () => problem.retry && page.machine.send(problem.retry));
  scope.listen(
    back,
    "click",
    () => problem.back && page.machine.send(page.consent.analyse ? problem.back : "noConsent"),
  );
  scope.listen(button(section, "[data-by-hand]"), "click", () => page.machine.send("byHand"));

  return (detail) => {
    problem = {
      heading: "That did not work",
      message: "",
      detail: "",
      retry: null,
      retryWords: "Try again",
      back: "back",
      backWords: "Back",
      upload: true,
      ...detail,
    };
    element(section, "[data-heading]").textContent = problem.heading ?? "";
    element(section, "[data-message]").textContent = problem.message ?? "";
    const small = element(section, "[data-detail]");
    small.textContent = problem.detail ?? "";
    small.hidden = !problem.detail;
    retry.hidden = !problem.retry;
    retry.textContent = problem.retryWords ?? "";
    back.hidden = !problem.back;
    back.textContent = problem.backWords ?? "";
    button(section, "[data-upload]").hidden = !(problem.upload && page.consent.analyse);
    announce(`${problem.heading}. ${problem.message}`);
    page.waveformView.show({ mode: "rest" });
  };
}

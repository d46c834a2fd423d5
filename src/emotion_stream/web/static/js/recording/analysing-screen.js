// @ts-check
// Sends the take and waits for the reading.

import { ApiError, analyse } from "../api.js";
import { button, element } from "../dom.js";

/** The same bytes would fail in the same way: another file is the way out. */
const NOT_RETRYABLE = new Set([400, 413, 415, 422]);

const KEPT = {
  recording: "Your recording is safe in this browser. Nothing is lost.",
  file: "Your file is still here. Nothing is lost.",
};

/** @type {(page: import("./page-state.js").PageState, section: HTMLElement, scope: import("../scope.js").Scope) => import("./page-state.js").EnterScreen} */
export function analysingScreen(page, section, scope) {
  const words = element(section, "[data-progress]");
  scope.listen(button(section, "[data-cancel]"), "click", () =>
    page.machine.send("cancel", { words: "Cancelled. It is still here." }),
  );

  return (_detail, stateScope) => {
    const take = page.take;
    if (!take) return void page.machine.send("cancel");
    words.textContent = "This takes a moment.";
    page.waveformView.show({
      mode: "sweep",
      peaks: take.waveform,
      duration_s: take.duration_s ?? 0,
    });
    const onProgress = (/** @type {number} */ share) => {
      words.textContent = share < 1 ? `${Math.round(share * 100)} % sent.` : "This takes a moment.";
    };
    analyse(take, onProgress, stateScope).then(
      (reading) => {
        page.clearTake();
        if (reading.id) page.readings = [reading, ...page.readings];
        page.machine.send("analysed", { reading, chosen: null, clip: take });
      },
      (error) => failed(page, error),
    );
  };
}

/**
 * @param {import("./page-state.js").PageState} page
 * @param {unknown} error
 */
function failed(page, error) {
  if (!(error instanceof ApiError)) throw error;
  if (error.code === "cancelled") return;
  const lostConsent = error.code === "consent_required";
  const hopeless = NOT_RETRYABLE.has(error.status);
  const wasFile = page.take?.kind === "file";
  const name = wasFile ? page.take?.name : "";
  if (hopeless) page.clearTake();
  page.machine.send("failed", {
    heading: hopeless
      ? wasFile
        ? "That file cannot be used"
        : "That recording cannot be used"
      : "It was not analysed",
    message: name && error.status ? `${name}: ${error.message}` : error.message,
    detail: hopeless ? "" : wasFile ? KEPT.file : KEPT.recording,
    retry: hopeless ? (wasFile ? null : "record") : lostConsent ? "noConsent" : "use",
    retryWords: hopeless ? "Record again" : lostConsent ? "Read the notice again" : "Try again",
    back: hopeless ? "back" : "keep",
    backWords: hopeless ? "Back" : wasFile ? "Back to the file" : "Back to the recording",
  });
}

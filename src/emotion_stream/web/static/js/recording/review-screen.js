// @ts-check
// A take before it is sent: listen, analyse, record again, discard.

import { announce } from "../announce.js";
import { button, element } from "../dom.js";
import { shortcut } from "../player/shortcuts.js";
import { preference } from "../preferences.js";
import { clock } from "../time-format.js";
import { connectReplay } from "./replay.js";

/** @type {(page: import("./page-state.js").PageState, section: HTMLElement, scope: import("../scope.js").Scope) => import("./page-state.js").EnterScreen} */
export function reviewScreen(page, section, scope) {
  const { machine } = page;
  const discard = () => {
    const isFile = page.take?.kind === "file";
    page.clearTake();
    machine.send("discard", {
      words: isFile ? "That file is not used." : "The recording is gone.",
    });
  };
  const again = () => {
    page.clearTake();
    machine.send("again");
  };
  scope.listen(button(section, "[data-use]"), "click", () => {
    performance.mark("analyse-pressed");
    machine.send("use");
  });
  scope.listen(button(section, "[data-again]"), "click", again);
  scope.listen(button(section, "[data-discard]"), "click", discard);

  return ({ words = "" }, stateScope) => {
    const take = page.take;
    if (!take) return void machine.send("discard");
    describe(section, page, words);
    page.onFileQueued = () => showWaiting(section, page);
    page.onWaveform = () => {
      page.waveformView.update({ peaks: take.waveform, duration_s: take.duration_s ?? 0 });
      showFacts(section, take);
    };
    stateScope.own(() => {
      page.onFileQueued = () => {};
      page.onWaveform = () => {};
    });
    page.waveformView.show({
      mode: "still",
      peaks: take.waveform,
      duration_s: take.duration_s ?? 0,
    });
    connectReplay({
      take,
      control: button(section, "[data-play]"),
      words: ["Pause", "Play it"],
      page,
      scope: stateScope,
    });
    connectKeys(stateScope, discard, again);
  };
}

/** @type {(scope: import("../scope.js").Scope, discard: () => void, again: () => void) => void} */
function connectKeys(scope, discard, again) {
  // The Space that ends a recording, pressed twice or held, must not start the music.
  const quiet = (/** @type {KeyboardEvent} */ event) =>
    shortcut(event) === "toggle" && event.preventDefault();
  scope.listen(document, "keydown", quiet, { capture: true });
  scope.listen(document, "keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") discard();
    if (event.key === "r" && preference("shortcuts", "on") === "on") again();
  });
}

/**
 * @param {HTMLElement} section
 * @param {import("./page-state.js").PageState} page
 * @param {string} words
 */
function describe(section, page, words) {
  const { take } = page;
  if (!take) return;
  const note = element(section, "[data-note]");
  note.textContent = words;
  note.hidden = !words;
  announce(words);
  const isFile = take.kind === "file";
  element(section, "[data-heading]").textContent = isFile ? "Use this file?" : "Use this one?";
  showFacts(section, take);
  button(section, "[data-again]").textContent = isFile ? "Record instead" : "Record again";
  showWaiting(section, page);
}

/** @type {(section: HTMLElement, take: import("./recording-buffer.js").Take) => void} */
function showFacts(section, { kind, name, duration_s }) {
  const length = duration_s === null ? "" : lengthWords(duration_s);
  element(section, "[data-facts]").textContent =
    kind === "file" ? [name, length].filter(Boolean).join(", ") : `${length} of your voice.`;
}

/** @type {(section: HTMLElement, page: import("./page-state.js").PageState) => void} */
function showWaiting(section, { waitingFiles }) {
  const more = element(section, "[data-waiting]");
  more.hidden = waitingFiles.length === 0;
  more.textContent =
    waitingFiles.length === 1
      ? "One more file waits its turn."
      : `${waitingFiles.length} more files wait their turn.`;
}

/** @param {number} duration_s */
function lengthWords(duration_s) {
  return duration_s < 60 ? `${duration_s.toFixed(1)} seconds` : `${clock(duration_s)} minutes`;
}

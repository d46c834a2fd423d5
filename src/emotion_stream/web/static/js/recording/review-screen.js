// @ts-check
// A take before it is sent: listen, analyse, record again, discard.

import { announce } from "../announce.js";
import { button, part } from "../dom.js";
import { shortcut } from "../player/shortcuts.js";
import { preference } from "../preferences.js";
import { clock } from "../time-format.js";
import { playClip } from "./replay.js";

/** @type {(visit: import("./page-state.js").Visit, section: HTMLElement, scope: import("../scope.js").Scope) => import("./page-state.js").Enter} */
export function reviewScreen(visit, section, scope) {
  const { flow } = visit;
  const discard = () => {
    const isFile = visit.take?.kind === "file";
    visit.drop();
    flow.send("discard", { words: isFile ? "That file is not used." : "The recording is gone." });
  };
  const again = () => {
    visit.drop();
    flow.send("again");
  };
  scope.listen(button(section, "[data-use]"), "click", () => {
    performance.mark("analyse-pressed");
    flow.send("use");
  });
  scope.listen(button(section, "[data-again]"), "click", again);
  scope.listen(button(section, "[data-discard]"), "click", discard);

  return ({ words = "" }, stateScope) => {
    const take = visit.take;
    if (!take) return void flow.send("discard");
    describe(section, visit, words);
    visit.onWaiting = () => showWaiting(section, visit);
    visit.onOutline = () => {
      visit.line.update({ outline: take.waveform, duration_s: take.duration_s ?? 0 });
      showFacts(section, take);
    };
    stateScope.own(() => {
      visit.onWaiting = () => {};
      visit.onOutline = () => {};
    });
    visit.line.show({ mode: "still", outline: take.waveform, duration_s: take.duration_s ?? 0 });
    playClip({
      take,
      control: button(section, "[data-play]"),
      words: ["Pause", "Play it"],
      visit,
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
 * @param {import("./page-state.js").Visit} visit
 * @param {string} words
 */
function describe(section, visit, words) {
  const { take } = visit;
  if (!take) return;
  const note = part(section, "[data-note]");
  note.textContent = words;
  note.hidden = !words;
  announce(words);
  const isFile = take.kind === "file";
  part(section, "[data-heading]").textContent = isFile ? "Use this file?" : "Use this one?";
  showFacts(section, take);
  button(section, "[data-again]").textContent = isFile ? "Record instead" : "Record again";
  showWaiting(section, visit);
}

/** @type {(section: HTMLElement, take: import("./recording-buffer.js").Take) => void} */
function showFacts(section, { kind, name, duration_s }) {
  const length = duration_s === null ? "" : lengthWords(duration_s);
  part(section, "[data-facts]").textContent =
    kind === "file" ? [name, length].filter(Boolean).join(", ") : `${length} of your voice.`;
}

/** @type {(section: HTMLElement, visit: import("./page-state.js").Visit) => void} */
function showWaiting(section, { waiting }) {
  const more = part(section, "[data-waiting]");
  more.hidden = waiting.length === 0;
  more.textContent =
    waiting.length === 1
      ? "One more file waits its turn."
      : `${waiting.length} more files wait their turn.`;
}

/** @param {number} duration_s */
function lengthWords(duration_s) {
  return duration_s < 60 ? `${duration_s.toFixed(1)} seconds` : `${clock(duration_s)} minutes`;
}

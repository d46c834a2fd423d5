// @ts-check
// The three screens around an open microphone: asking, countdown, recording.

import { announce } from "../announce.js";
import { button, element } from "../dom.js";
import { spoken } from "../time-format.js";
import { dbfs, LEVEL_WORDS } from "./level-meter.js";
import { MAXIMUM_S, MINIMUM_S } from "./recording-buffer.js";

/** @typedef {import("./page-state.js").PageState} PageState */
/** @typedef {import("./page-state.js").EnterScreen} EnterScreen */
/** @typedef {import("../scope.js").Scope} Scope */
/** @typedef {import("./recorder.js").Recorder} Recorder */

const IGNORED_QUESTION_MS = 8000;
const COUNT_MS = 800;
const WARN_BEFORE_END_S = 10;
const METER_FLOOR_DBFS = -60;

/** @type {(page: PageState, section: HTMLElement, scope: Scope, recorder: Recorder) => EnterScreen} */
export function askingScreen(page, section, scope, recorder) {
  const hint = element(section, "[data-hint]");
  const question = hint.textContent ?? "";
  scope.listen(button(section, "[data-cancel]"), "click", () => page.machine.send("cancel"));

  return (_detail, stateScope) => {
    hint.textContent = question;
    page.waveformView.show({ mode: "rest" });
    stateScope.after(() => {
      hint.textContent =
        "Look for the question near the address bar: the browser is waiting for your answer.";
      announce(hint.textContent);
    }, IGNORED_QUESTION_MS);
    void recorder.requestMicrophone();
  };
}

/** @type {(page: PageState, section: HTMLElement, scope: Scope) => EnterScreen} */
export function countdownScreen(page, section, scope) {
  const count = element(section, "[data-count]");
  scope.listen(button(section, "[data-skip]"), "click", () => page.machine.send("start"));
  scope.listen(button(section, "[data-cancel]"), "click", () => page.machine.send("cancel"));

  return ({ words = "" }, stateScope) => {
    let left = 3;
    count.textContent = String(left);
    showPrompt(page, section);
    if (words) announce(words);
    page.waveformView.show({ mode: "rest" });
    stateScope.repeat(() => {
      left -= 1;
      if (left === 0) page.machine.send("start");
      else count.textContent = String(left);
    }, COUNT_MS);
    stateScope.listen(
      document,
      "keydown",
      (event) => event.key === "Escape" && page.machine.send("cancel"),
    );
  };
}

/** @type {(page: PageState, section: HTMLElement, scope: Scope, recorder: Recorder) => EnterScreen} */
export function recordingScreen(page, section, scope, recorder) {
  const show = progressView(page, section);
  const stop = () => {
    if (recorder.isLongEnough) recorder.finish();
    else announce(`${spoken(Math.ceil(MINIMUM_S - recorder.duration_s))} more.`);
  };
  scope.listen(button(section, "[data-stop]"), "click", stop);
  scope.listen(button(section, "[data-cancel]"), "click", () => discard(page));

  return (_detail, stateScope) => {
    showPrompt(page, section);
    page.waveformView.show({ mode: "live" });
    recorder.onProgress = show;
    show({ level: "waiting", loudness: 0, duration_s: 0, peaks: [] });
    recorder.start();
    const keys = (/** @type {KeyboardEvent} */ event) => {
      if (event.defaultPrevented) return;
      const onButton = event.target instanceof Element && event.target.closest("button, a");
      if (event.key === "Escape") discard(page);
      else if (event.key === " " && !onButton) {
        event.preventDefault(); // Space is not for the player now
        if (!event.repeat) stop();
      }
    };
    stateScope.listen(document, "keydown", keys, { capture: true });
  };
}

/** @type {(page: PageState, section: HTMLElement) => void} */
function showPrompt({ prompt }, section) {
  const quote = element(section, "[data-prompt]");
  quote.textContent = prompt.line;
  quote.lang = prompt.language;
}

/** @param {PageState} page */
function discard(page) {
  page.machine.send("cancel", { words: "The recording is gone." });
}

/** A loudness is named once in a recording. @type {(page: PageState, section: HTMLElement) => (progress: import("./recorder.js").RecordingProgress) => void} */
export function progressView(page, section) {
  const elapsed = element(section, "[data-elapsed]");
  const level = element(section, "[data-level]");
  const words = element(section, "[data-level-words]");
  const stop = button(section, "[data-stop]");
  const stopWords = element(section, "[data-stop-words]");
  const remaining = element(section, "[data-remaining]");
  let warned = false;
  /** @type {Set<string>} */
  const told = new Set();

  return (progress) => {
    const { duration_s } = progress;
    if (duration_s === 0) told.clear();
    elapsed.textContent = `${duration_s.toFixed(1)} s`;
    const share = Math.max(0, 1 - dbfs(progress.loudness) / METER_FLOOR_DBFS);
    level.style.setProperty("--level", `${Math.round(share * 100)}%`);
    if (level.dataset.level !== progress.level) {
      level.dataset.level = progress.level;
      words.textContent = LEVEL_WORDS[progress.level];
      const tells = progress.level === "silent" || progress.level === "loud";
      if (tells && !told.has(progress.level)) announce(words.textContent);
      if (tells) told.add(progress.level);
    }
    const missing_s = Math.ceil(MINIMUM_S - duration_s);
    stop.setAttribute("aria-disabled", String(missing_s > 0));
    stopWords.textContent = missing_s > 0 ? `${missing_s} s more` : "Stop";
    const left_s = Math.ceil(MAXIMUM_S - duration_s);
    remaining.textContent = remainingWords(duration_s, left_s);
    if (left_s <= WARN_BEFORE_END_S && !warned && duration_s > 0)
      announce(`${spoken(left_s)} left.`);
    warned = left_s <= WARN_BEFORE_END_S;
    page.waveformView.update({ peaks: progress.peaks });
  };
}

/**
 * @param {number} duration_s
 * @param {number} left_s
 */
function remainingWords(duration_s, left_s) {
  if (left_s <= WARN_BEFORE_END_S) return `${left_s} s left.`;
  if (duration_s < 6) return "Six to ten seconds is plenty.";
  return "That is enough. Stop when you like.";
}

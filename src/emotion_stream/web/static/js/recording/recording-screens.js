// @ts-check
// The three screens around an open microphone: asking, countdown, recording.

import { announce } from "../announce.js";
import { button, part } from "../dom.js";
import { spoken } from "../time-format.js";
import { dbfs, LEVEL_WORDS } from "./level-meter.js";
import { MAXIMUM_S, MINIMUM_S } from "./recording-buffer.js";

/** @typedef {import("./page-state.js").Visit} Visit */
/** @typedef {import("./page-state.js").Enter} Enter */
/** @typedef {import("../scope.js").Scope} Scope */
/** @typedef {import("./recorder.js").Recorder} Recorder */

const IGNORED_QUESTION_MS = 8000;
const COUNT_MS = 800;
const WARN_BEFORE_END_S = 10;
const METER_FLOOR_DBFS = -60;

/** @type {(visit: Visit, section: HTMLElement, scope: Scope, recorder: Recorder) => Enter} */
export function askingScreen(visit, section, scope, recorder) {
  const hint = part(section, "[data-hint]");
  const question = hint.textContent ?? "";
  scope.listen(button(section, "[data-cancel]"), "click", () => visit.flow.send("cancel"));

  return (_detail, stateScope) => {
    hint.textContent = question;
    visit.line.show({ mode: "rest" });
    stateScope.after(() => {
      hint.textContent =
        "Look for the question near the address bar: the browser is waiting for your answer.";
      announce(hint.textContent);
    }, IGNORED_QUESTION_MS);
    void recorder.ask();
  };
}

/** @type {(visit: Visit, section: HTMLElement, scope: Scope) => Enter} */
export function countdownScreen(visit, section, scope) {
  const count = part(section, "[data-count]");
  scope.listen(button(section, "[data-skip]"), "click", () => visit.flow.send("start"));
  scope.listen(button(section, "[data-cancel]"), "click", () => visit.flow.send("cancel"));

  return ({ words = "" }, stateScope) => {
    let left = 3;
    count.textContent = String(left);
    showPrompt(visit, section);
    if (words) announce(words);
    visit.line.show({ mode: "rest" });
    stateScope.repeat(() => {
      left -= 1;
      if (left === 0) visit.flow.send("start");
      else count.textContent = String(left);
    }, COUNT_MS);
    stateScope.listen(
      document,
      "keydown",
      (event) => event.key === "Escape" && visit.flow.send("cancel"),
    );
  };
}

/** @type {(visit: Visit, section: HTMLElement, scope: Scope, recorder: Recorder) => Enter} */
export function recordingScreen(visit, section, scope, recorder) {
  const show = progressView(visit, section);
  const stop = () => {
    if (recorder.isLongEnough) recorder.finish();
    else announce(`${spoken(Math.ceil(MINIMUM_S - recorder.duration_s))} more.`);
  };
  scope.listen(button(section, "[data-stop]"), "click", stop);
  scope.listen(button(section, "[data-cancel]"), "click", () => discard(visit));

  return (_detail, stateScope) => {
    showPrompt(visit, section);
    visit.line.show({ mode: "live" });
    recorder.onProgress = show;
    show({ level: "waiting", loudness: 0, duration_s: 0, outline: [] });
    recorder.begin();
    const keys = (/** @type {KeyboardEvent} */ event) => {
      if (event.defaultPrevented) return;
      const onButton = event.target instanceof Element && event.target.closest("button, a");
      if (event.key === "Escape") discard(visit);
      else if (event.key === " " && !onButton) {
        event.preventDefault(); // Space is not for the player now
        if (!event.repeat) stop();
      }
    };
    stateScope.listen(document, "keydown", keys, { capture: true });
  };
}

/** @type {(visit: Visit, section: HTMLElement) => void} */
function showPrompt({ prompt }, section) {
  const quote = part(section, "[data-prompt]");
  quote.textContent = prompt.line;
  quote.lang = prompt.language;
}

/** @param {Visit} visit */
function discard(visit) {
  visit.flow.send("cancel", { words: "The recording is gone." });
}

/** A loudness is named once in a recording. @type {(visit: Visit, section: HTMLElement) => (progress: import("./recorder.js").Progress) => void} */
export function progressView(visit, section) {
  const elapsed = part(section, "[data-elapsed]");
  const level = part(section, "[data-level]");
  const words = part(section, "[data-level-words]");
  const stop = button(section, "[data-stop]");
  const stopWords = part(section, "[data-stop-words]");
  const remaining = part(section, "[data-remaining]");
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
    visit.line.update({ outline: progress.outline });
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

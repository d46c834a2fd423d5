// @ts-check
// The recording page: builds the state machine, the waveform and the screens, and moves from one to the next.

import { ApiError, getReading, getSession } from "../api.js";
import { element, find } from "../dom.js";
import { analysingScreen } from "../recording/analysing-screen.js";
import { FileQueue } from "../recording/file-queue.js";
import { moodScreen } from "../recording/mood-screen.js";
import { noticeScreen } from "../recording/notice-screen.js";
import { PageState } from "../recording/page-state.js";
import { problemScreen } from "../recording/problem-screen.js";
import { readyScreen } from "../recording/ready-screen.js";
import { Recorder } from "../recording/recorder.js";
import { askingScreen, countdownScreen, recordingScreen } from "../recording/recording-screens.js";
import { reviewScreen } from "../recording/review-screen.js";
import { section, showScreen } from "../recording/screens.js";
import { loadReadingId, takeSignInState } from "../recording/session-storage.js";
import { StateMachine } from "../recording/state-machine.js";
import { loadTake } from "../recording/take-storage.js";
import { WaveformView } from "../recording/waveform.js";
import { ReadingHistory } from "../result/reading-history.js";
import { ResultScreen } from "../result/result-screen.js";

/** @typedef {import("../recording/state-machine.js").State} State */

/** States that do not put an end to the last result: nothing else was chosen yet. */
const KEEP_RESULT = new Set(["loading", "problem", "result"]);

/**
 * @param {HTMLElement} main
 * @param {{ bar: import("../player/player-bar.js").PlayerBar, spotify: import("../spotify/player.js").SpotifyPlayer, memory: import("../recording/page-state.js").Memory, scope: import("../scope.js").Scope, arrived: boolean, fresh: boolean }} page
 *   `arrived`: from another page of ours, so the heading takes the focus; `fresh`: the person asked for the
 *   page while it was open, so it begins anew
 */
export function recordingPage(main, { bar, spotify, memory, scope, arrived, fresh }) {
  const machine = new StateMachine();
  const waveformView = new WaveformView(
    element(main, "[data-line]"),
    find(main, "[data-line] canvas", HTMLCanvasElement),
    scope,
  );
  const page = new PageState(machine, waveformView, bar, spotify, memory);
  const enter = screens(main, page, scope);
  let stateScope = scope.child();
  let moveFocus = arrived;
  scope.own(
    machine.on((state, detail) => {
      stateScope.dispose();
      stateScope = scope.child();
      if (!KEEP_RESULT.has(state)) page.clearResult();
      showScreen(main, state, moveFocus);
      moveFocus = true;
      enter[state](detail, stateScope);
    }),
  );
  new ReadingHistory(main, page, scope);
  if (fresh) memory.result = null;
  void begin(page, fresh);
}

/** @type {(main: HTMLElement, page: PageState, scope: import("../scope.js").Scope) => Record<State, import("../recording/page-state.js").EnterScreen>} */
function screens(main, page, scope) {
  const recorder = new Recorder(page, scope);
  new FileQueue(main, page, scope);
  const at = (/** @type {State} */ state) => section(main, state);
  return {
    loading: () => void begin(page),
    notice: noticeScreen(page, at("notice"), scope),
    ready: readyScreen(page, at("ready"), scope),
    asking: askingScreen(page, at("asking"), scope, recorder),
    countdown: countdownScreen(page, at("countdown"), scope),
    recording: recordingScreen(page, at("recording"), scope, recorder),
    review: reviewScreen(page, at("review"), scope),
    analysing: analysingScreen(page, at("analysing"), scope),
    mood: moodScreen(page, at("mood"), scope),
    problem: problemScreen(page, at("problem"), scope),
    result: new ResultScreen(page, at("result"), scope).enter,
  };
}

/**
 * Finds where the person left off: a take that was not sent, the result on the screen, or the beginning.
 * @param {PageState} page
 * @param {boolean} [fresh] the last result is not wanted back
 */
async function begin(page, fresh = false) {
  const { machine, memory } = page;
  try {
    page.setSession(await getSession());
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    machine.send("failed", {
      heading: "The server cannot be reached",
      message: error.message,
      retry: "again",
      back: null,
      upload: false,
    });
    return;
  }
  restoreSignInState(memory, fresh ? null : takeSignInState(new Date()));
  memory.take ??= await loadTake();
  if (!page.consent.analyse) {
    if (memory.take) page.clearTake();
    if (memory.result && !memory.result.reading) machine.send("restored", memory.result);
    else machine.send("noConsent");
  } else if (memory.take) {
    machine.send("kept", { words: "This one was not analysed yet. It is still in your browser." });
  } else {
    const result = memory.result ?? (fresh ? null : await lastResult());
    if (result) machine.send("restored", result);
    else machine.send("consent");
  }
}

/**
 * The person is back from signing in elsewhere; a reading that is kept comes from the server.
 * @param {import("../recording/page-state.js").Memory} memory
 * @param {import("../recording/session-storage.js").SignInState | null} back
 */
function restoreSignInState(memory, back) {
  if (!back) return;
  memory.wantedMusic = back.music;
  if (back.reading || back.chosen)
    memory.result ??= { reading: back.reading, chosen: back.chosen, clip: null };
}

/** @returns {Promise<import("../recording/page-state.js").Result | null>} what a reload interrupted */
async function lastResult() {
  const id = loadReadingId();
  const reading = id && (await getReading(id).catch(() => null));
  return reading ? { reading, chosen: null, clip: null } : null;
}

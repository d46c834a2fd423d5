// @ts-check
// The recording page: builds the machine, the line and the screens, and moves from one to the next.

import { ApiError, getReading, getSession } from "../api.js";
import { find, part } from "../dom.js";
import { analysingScreen } from "../recording/analysing-screen.js";
import { Intake } from "../recording/file-queue.js";
import { moodScreen } from "../recording/mood-screen.js";
import { noticeScreen } from "../recording/notice-screen.js";
import { Visit } from "../recording/page-state.js";
import { problemScreen } from "../recording/problem-screen.js";
import { readyScreen } from "../recording/ready-screen.js";
import { Recorder } from "../recording/recorder.js";
import { askingScreen, countdownScreen, recordingScreen } from "../recording/recording-screens.js";
import { reviewScreen } from "../recording/review-screen.js";
import { section, showScreen } from "../recording/screens.js";
import { comeBack, lastShown } from "../recording/session-storage.js";
import { Flow } from "../recording/state-machine.js";
import { keptTake } from "../recording/take-storage.js";
import { Line } from "../recording/waveform.js";
import { Earlier } from "../result/reading-history.js";
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
export function listenPage(main, { bar, spotify, memory, scope, arrived, fresh }) {
  const flow = new Flow();
  const line = new Line(
    part(main, "[data-line]"),
    find(main, "[data-line] canvas", HTMLCanvasElement),
    scope,
  );
  const visit = new Visit(flow, line, bar, spotify, memory);
  const enter = screens(main, visit, scope);
  let stateScope = scope.child();
  let moveFocus = arrived;
  scope.own(
    flow.on((state, detail) => {
      stateScope.dispose();
      stateScope = scope.child();
      if (!KEEP_RESULT.has(state)) visit.leaveResult();
      showScreen(main, state, moveFocus);
      moveFocus = true;
      enter[state](detail, stateScope);
    }),
  );
  new Earlier(main, visit, scope);
  if (fresh) memory.result = null;
  void begin(visit, fresh);
}

/** @type {(main: HTMLElement, visit: Visit, scope: import("../scope.js").Scope) => Record<State, import("../recording/page-state.js").Enter>} */
function screens(main, visit, scope) {
  const recorder = new Recorder(visit, scope);
  new Intake(main, visit, scope);
  const at = (/** @type {State} */ state) => section(main, state);
  return {
    loading: () => void begin(visit),
    notice: noticeScreen(visit, at("notice"), scope),
    ready: readyScreen(visit, at("ready"), scope),
    asking: askingScreen(visit, at("asking"), scope, recorder),
    countdown: countdownScreen(visit, at("countdown"), scope),
    recording: recordingScreen(visit, at("recording"), scope, recorder),
    review: reviewScreen(visit, at("review"), scope),
    analysing: analysingScreen(visit, at("analysing"), scope),
    mood: moodScreen(visit, at("mood"), scope),
    problem: problemScreen(visit, at("problem"), scope),
    result: new ResultScreen(visit, at("result"), scope).enter,
  };
}

/**
 * Finds where the person left off: a take that was not sent, the result on the screen, or the beginning.
 * @param {Visit} visit
 * @param {boolean} [fresh] the last result is not wanted back
 */
async function begin(visit, fresh = false) {
  const { flow, memory } = visit;
  try {
    visit.adopt(await getSession());
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    flow.send("failed", {
      heading: "The server cannot be reached",
      message: error.message,
      retry: "again",
      back: null,
      upload: false,
    });
    return;
  }
  takeUp(memory, fresh ? null : comeBack(new Date()));
  memory.take ??= await keptTake();
  if (!visit.consent.analyse) {
    if (memory.take) visit.drop();
    if (memory.result && !memory.result.reading) flow.send("restored", memory.result);
    else flow.send("noConsent");
  } else if (memory.take) {
    flow.send("kept", { words: "This one was not analysed yet. It is still in your browser." });
  } else {
    const result = memory.result ?? (fresh ? null : await lastResult());
    if (result) flow.send("restored", result);
    else flow.send("consent");
  }
}

/**
 * The person is back from signing in elsewhere; a reading that is kept comes from the server.
 * @param {import("../recording/page-state.js").Memory} memory
 * @param {import("../recording/session-storage.js").Return | null} back
 */
function takeUp(memory, back) {
  if (!back) return;
  memory.wanted = back.music;
  if (back.reading || back.chosen)
    memory.result ??= { reading: back.reading, chosen: back.chosen, clip: null };
}

/** @returns {Promise<import("../recording/page-state.js").Result | null>} what a reload interrupted */
async function lastResult() {
  const id = lastShown();
  const reading = id && (await getReading(id).catch(() => null));
  return reading ? { reading, chosen: null, clip: null } : null;
}

// @ts-check
// The recording page: builds the machine, the line and the screens, and moves from one to the next.

import { ApiError, getReading, getSession } from "../api.js";
import { find, part } from "../find.js";
import { analysingScreen } from "../flow/analysing-screen.js";
import { Intake } from "../flow/intake.js";
import { lastShown } from "../flow/last-shown.js";
import { Flow } from "../flow/machine.js";
import { moodScreen } from "../flow/mood-screen.js";
import { noticeScreen } from "../flow/notice-screen.js";
import { problemScreen } from "../flow/problem-screen.js";
import { readyScreen } from "../flow/ready-screen.js";
import { Recorder } from "../flow/recorder.js";
import { askingScreen, countdownScreen, recordingScreen } from "../flow/recording-screens.js";
import { comeBack } from "../flow/return.js";
import { reviewScreen } from "../flow/review-screen.js";
import { section, showScreen } from "../flow/screens.js";
import { Visit } from "../flow/visit.js";
import { Line } from "../line.js";
import { ResultScreen } from "../result/result-screen.js";
import { keptTake } from "../voice/draft.js";
import { Earlier } from "./earlier.js";

/** @typedef {import("../flow/machine.js").State} State */

/** States that do not put an end to the last result: nothing else was chosen yet. */
const KEEP_RESULT = new Set(["loading", "problem", "result"]);

/**
 * @param {HTMLElement} main
 * @param {{ bar: import("../player/player-bar.js").PlayerBar, spotify: import("../spotify/player.js").SpotifyPlayer, memory: import("../flow/visit.js").Memory, scope: import("../scope.js").Scope, arrived: boolean, fresh: boolean }} page
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

/** @type {(main: HTMLElement, visit: Visit, scope: import("../scope.js").Scope) => Record<State, import("../flow/visit.js").Enter>} */
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
 * @param {import("../flow/visit.js").Memory} memory
 * @param {import("../flow/return.js").Return | null} back
 */
function takeUp(memory, back) {
  if (!back) return;
  memory.wanted = back.music;
  if (back.reading || back.chosen)
    memory.result ??= { reading: back.reading, chosen: back.chosen, clip: null };
}

/** @returns {Promise<import("../flow/visit.js").Result | null>} what a reload interrupted */
async function lastResult() {
  const id = lastShown();
  const reading = id && (await getReading(id).catch(() => null));
  return reading ? { reading, chosen: null, clip: null } : null;
}

// @ts-check
// What the recording page knows while it is open: consents, the take, files that wait, the result.

import { note } from "../announce.js";
import { forgetReturn, rememberShown } from "./session-storage.js";
import { forgetTake, keepTake } from "./take-storage.js";

/** @typedef {import("../api.js").Reading} Reading */
/** @typedef {import("../api.js").KeptReading} KeptReading */
/** @typedef {import("../emotions.js").Emotion} Emotion */
/** @typedef {import("./recording-buffer.js").Take} Take */
/** A reading, or an emotion chosen by hand; `clip` is the sound it was made from, while the page is open. @typedef {{ reading: Reading | null, chosen: Emotion | null, clip: Take | null }} Result */
/** Where the music comes from and where it leads; of Spotify's also which kind is looked at, and the permission that is being asked for. @typedef {{ source: string | null, goal: string | null, kind?: import("../spotify/api.js").Kind, step?: import("../spotify/api.js").Step }} Music */
/** What outlives a look at another page; `music` is what is shown, where it is Spotify's, `wanted` what to show again. @typedef {{ result: Result | null, take: Take | null, waiting: File[], music: Music | null, wanted: Music | null }} Memory */
/** Connects a screen once; the function it returns runs each time the screen is entered. @typedef {(detail: import("./state-machine.js").Detail, scope: import("../scope.js").Scope) => void} Enter */

export class Visit {
  consent = { analyse: false, history: false };
  /** @type {readonly KeptReading[]} */
  readings = [];
  /** Called when a kept reading is gone. */
  onForgotten = () => {};
  /** Called when a file joins those that wait. */
  onWaiting = () => {};
  /** Called when the take under review has been drawn. */
  onOutline = () => {};
  prompt = { line: "", language: "en" };
  deviceId = "";

  /**
   * @param {import("./state-machine.js").Flow} flow
   * @param {import("./waveform.js").Line} line
   * @param {import("../player/player-bar.js").PlayerBar} bar
   * @param {import("../spotify/player.js").SpotifyPlayer} spotify
   * @param {Memory} memory
   */
  constructor(flow, line, bar, spotify, memory) {
    this.flow = flow;
    this.line = line;
    this.bar = bar;
    this.spotify = spotify;
    this.memory = memory;
  }

  /** What is under review or being analysed. */
  get take() {
    return this.memory.take;
  }

  /** Files that wait until the person asks for them. */
  get waiting() {
    return this.memory.waiting;
  }

  set waiting(files) {
    this.memory.waiting = files;
  }

  /** @param {import("../api.js").Session} session */
  adopt(session) {
    this.consent = session.consent;
    this.readings = session.readings;
  }

  /**
   * Only a screen that still shows the reading is left.
   * @param {string} id of a reading that is deleted
   */
  forget(id) {
    const { memory, flow } = this;
    const words = "That reading is deleted.";
    this.readings = this.readings.filter((each) => each.id !== id);
    const shown = memory.result?.reading?.id === id;
    if (shown) memory.result = null;
    if (shown && flow.send("deleted", { words })) return;
    this.onForgotten();
    note(words);
  }

  /** @param {Take} take */
  keep(take) {
    this.memory.take = take;
    void keepTake(take);
  }

  /** @param {Result} result on the screen from now on */
  show(result) {
    this.memory.result = result;
    rememberShown(result.reading?.id ?? null);
  }

  leaveResult() {
    Object.assign(this.memory, { result: null, music: null });
    rememberShown(null);
  }

  drop() {
    this.memory.take = null;
    void forgetTake();
  }

  forgetEverything() {
    forgetAll(this.memory);
    this.consent = { analyse: false, history: false };
    this.readings = [];
  }
}

/** @returns {Memory} */
export function emptyMemory() {
  return { result: null, take: null, waiting: [], music: null, wanted: null };
}

/** @param {Memory} memory nothing of the person stays, in the browser's storage neither */
export function forgetAll(memory) {
  Object.assign(memory, emptyMemory());
  rememberShown(null);
  forgetReturn();
  void forgetTake();
}

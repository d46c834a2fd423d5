// @ts-check
// What the recording page knows while it is open: consents, the take, files that wait, the result.

import { toast } from "../announce.js";
import { deleteSignInState, saveReadingId } from "./session-storage.js";
import { deleteTake, saveTake } from "./take-storage.js";

/** @typedef {import("../api.js").Reading} Reading */
/** @typedef {import("../api.js").ReadingSummary} ReadingSummary */
/** @typedef {import("../emotions.js").Emotion} Emotion */
/** @typedef {import("./recording-buffer.js").Take} Take */
/** A reading, or an emotion chosen by hand; `clip` is the sound it was made from, while the page is open. @typedef {{ reading: Reading | null, chosen: Emotion | null, clip: Take | null }} Result */
/** Where the music comes from and where it leads; of Spotify's also which kind is looked at, and the permission that is being asked for. @typedef {{ source: string | null, goal: string | null, kind?: import("../spotify/api.js").Kind, step?: import("../spotify/api.js").Step }} MusicChoice */
/** What outlives a look at another page; `music` is what is shown, where it is Spotify's, `wantedMusic` what to show again. @typedef {{ result: Result | null, take: Take | null, waitingFiles: File[], music: MusicChoice | null, wantedMusic: MusicChoice | null }} Memory */
/** Connects a screen once; the function it returns runs each time the screen is entered. @typedef {(detail: import("./state-machine.js").Detail, scope: import("../scope.js").Scope) => void} EnterScreen */

export class PageState {
  consent = { analyse: false, history: false };
  /** @type {readonly ReadingSummary[]} */
  readings = [];
  /** Called when a kept reading is gone. */
  onReadingRemoved = () => {};
  /** Called when a file joins those that wait. */
  onFileQueued = () => {};
  /** Called when the take under review has been drawn. */
  onWaveform = () => {};
  prompt = { line: "", language: "en" };
  deviceId = "";

  /**
   * @param {import("./state-machine.js").StateMachine} machine
   * @param {import("./waveform.js").WaveformView} waveformView
   * @param {import("../player/player-bar.js").PlayerBar} bar
   * @param {import("../spotify/player.js").SpotifyPlayer} spotify
   * @param {Memory} memory
   */
  constructor(machine, waveformView, bar, spotify, memory) {
    this.machine = machine;
    this.waveformView = waveformView;
    this.bar = bar;
    this.spotify = spotify;
    this.memory = memory;
  }

  /** What is under review or being analysed. */
  get take() {
    return this.memory.take;
  }

  /** Files that wait until the person asks for them. */
  get waitingFiles() {
    return this.memory.waitingFiles;
  }

  set waitingFiles(files) {
    this.memory.waitingFiles = files;
  }

  /** @param {import("../api.js").Session} session */
  setSession(session) {
    this.consent = session.consent;
    this.readings = session.readings;
  }

  /**
   * Only a screen that still shows the reading is left.
   * @param {string} id of a reading that is deleted
   */
  removeReading(id) {
    const { memory, machine } = this;
    const words = "That reading is deleted.";
    this.readings = this.readings.filter((each) => each.id !== id);
    const shown = memory.result?.reading?.id === id;
    if (shown) memory.result = null;
    if (shown && machine.send("deleted", { words })) return;
    this.onReadingRemoved();
    toast(words);
  }

  /** @param {Take} take */
  setTake(take) {
    this.memory.take = take;
    void saveTake(take);
  }

  /** @param {Result} result on the screen from now on */
  setResult(result) {
    this.memory.result = result;
    saveReadingId(result.reading?.id ?? null);
  }

  clearResult() {
    Object.assign(this.memory, { result: null, music: null });
    saveReadingId(null);
  }

  clearTake() {
    this.memory.take = null;
    void deleteTake();
  }

  clearEverything() {
    clearMemory(this.memory);
    this.consent = { analyse: false, history: false };
    this.readings = [];
  }
}

/** @returns {Memory} */
export function emptyMemory() {
  return { result: null, take: null, waitingFiles: [], music: null, wantedMusic: null };
}

/** @param {Memory} memory nothing of the person stays, in the browser's storage neither */
export function clearMemory(memory) {
  Object.assign(memory, emptyMemory());
  saveReadingId(null);
  deleteSignInState();
  void deleteTake();
}

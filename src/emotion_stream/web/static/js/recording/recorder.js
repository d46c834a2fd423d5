// @ts-check
// From the question for the microphone to a take; the microphone is let go in every other state.

import { announce, toast } from "../announce.js";
import { preference } from "../preferences.js";
import { LevelMeter, loudness } from "./level-meter.js";
import { browserOf, describeMicrophoneError, Microphone } from "./microphone.js";
import { RecordingBuffer } from "./recording-buffer.js";

/** A shorter piece cannot be told from a click of the mouse. */
const SHORTEST_RESCUED_S = 1;
const LIVE = new Set(["asking", "countdown", "recording"]);
/** @type {Readonly<Record<import("./microphone.js").EndReason, string>>} */
const ENDED = {
  unplugged: "The microphone was unplugged or taken away.",
  muted: "Another program or a call took the microphone.",
  interrupted: "The system interrupted the sound.",
  hidden: "The page was left, and the microphone with it.",
};

/** @typedef {{ level: import("./level-meter.js").Level, loudness: number, duration_s: number, peaks: readonly number[] }} RecordingProgress */

export class Recorder {
  /** @type {import("../scope.js").Scope | null} */
  #scope = null;
  /** @type {Microphone | null} */
  #microphone = null;
  /** @type {RecordingBuffer | null} */
  #buffer = null;
  #meter = new LevelMeter();
  /** @type {number[]} */
  #peaks = [];
  /** @type {(progress: RecordingProgress) => void} */
  onProgress = () => {};

  /**
   * @param {import("./page-state.js").PageState} page
   * @param {import("../scope.js").Scope} scope
   */
  constructor(page, scope) {
    this.page = page;
    this.scope = scope;
    scope.own(page.machine.on((state) => void (LIVE.has(state) || this.release())));
    scope.own(() => this.#keepUnfinished());
  }

  /** Opens the microphone, and goes on to the countdown or the recording. */
  async requestMicrophone() {
    this.release();
    const { machine, bar, deviceId } = this.page;
    bar.silence();
    const scope = this.scope.child();
    this.#scope = scope;
    bar.on(() => this.#pauseMusic(), scope);
    const events = { onChunk: this.#chunk.bind(this), onEnded: this.#ended.bind(this) };
    this.#microphone = new Microphone(events, scope);
    try {
      await this.#microphone.open({ deviceId, noisy: preference("noisy", "off") === "on" });
    } catch (error) {
      if (scope.disposed) return;
      const problem = describeMicrophoneError(error, browserOf(navigator.userAgent));
      machine.send("failed", { ...problem, retry: problem.retry ? "record" : null });
      return;
    }
    if (scope.disposed) return;
    if (this.#microphone.usedDefaultDevice) this.page.deviceId = "";
    machine.send(preference("countdown", "on") === "on" ? "granted" : "grantedAtOnce", {
      words: this.#microphone.usedDefaultDevice
        ? "The chosen microphone is gone; this is the default one."
        : "",
    });
  }

  /** Music would be heard by the microphone. */
  #pauseMusic() {
    const { bar } = this.page;
    if (!bar.isSounding) return;
    bar.pause();
    toast("The music waits until the recording is over.");
  }

  /** From now on what is heard goes into the buffer. */
  start() {
    this.#peaks = [];
    this.#meter = new LevelMeter();
    this.#buffer = new RecordingBuffer(this.#microphone?.sample_rate_hz ?? 0);
  }

  get duration_s() {
    return this.#buffer?.duration_s ?? 0;
  }

  get isLongEnough() {
    return this.#buffer?.isLongEnough ?? false;
  }

  /** @param {string} [words] why it ended, where the person did not end it */
  finish(words = "") {
    const buffer = this.#buffer;
    if (!buffer) return;
    this.#buffer = null;
    this.page.setTake(buffer.toTake());
    this.page.machine.send("stop", { words });
    if (!words) announce("Recording stopped.");
  }

  /** Another page is opened: what was said until then waits for its review. */
  #keepUnfinished() {
    const buffer = this.#buffer;
    this.#buffer = null;
    if (!buffer || buffer.duration_s < SHORTEST_RESCUED_S) return;
    this.page.setTake(buffer.toTake());
    toast("The recording has ended. It waits on the first page.");
  }

  release() {
    this.#buffer = null;
    this.#microphone = null;
    this.#scope?.dispose();
    this.#scope = null;
  }

  /** @param {Float32Array} samples */
  #chunk(samples) {
    const buffer = this.#buffer;
    if (!buffer) return;
    buffer.add(samples);
    const value = loudness(samples);
    const half = samples.length >> 1;
    this.#peaks.push(
      loudness(samples.subarray(0, half)).peak,
      loudness(samples.subarray(half)).peak,
    );
    this.onProgress({
      level: this.#meter.add(value, buffer.duration_s * 1000),
      loudness: value.rms,
      duration_s: buffer.duration_s,
      peaks: this.#peaks,
    });
    if (buffer.isFull) this.finish("Thirty seconds are the most. The recording stopped by itself.");
  }

  /** @param {import("./microphone.js").EndReason} why */
  #ended(why) {
    if (this.#buffer && this.#buffer.duration_s >= SHORTEST_RESCUED_S) {
      this.finish(`${ENDED[why]} This is what was recorded until then.`);
      return;
    }
    this.page.machine.send("failed", {
      heading: "The recording stopped",
      message: ENDED[why],
      detail: "",
      retry: "record",
    });
  }
}

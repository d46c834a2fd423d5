// @ts-check
// From the question for the microphone to a take; the microphone is let go in every other state.

import { announce, note } from "../announce.js";
import { preference } from "../preferences.js";
import { LevelMeter, loudness } from "./level-meter.js";
import { browserOf, Capture, describeMicrophoneError } from "./microphone.js";
import { Tape } from "./recording-buffer.js";

/** A shorter piece cannot be told from a click of the mouse. */
const SHORTEST_RESCUED_S = 1;
const LIVE = new Set(["asking", "countdown", "recording"]);
/** @type {Readonly<Record<import("./microphone.js").Ending, string>>} */
const ENDED = {
  unplugged: "The microphone was unplugged or taken away.",
  muted: "Another program or a call took the microphone.",
  interrupted: "The system interrupted the sound.",
  hidden: "The page was left, and the microphone with it.",
};

/** @typedef {{ level: import("./level-meter.js").Level, loudness: number, duration_s: number, outline: readonly number[] }} Progress */

export class Recorder {
  /** @type {import("../scope.js").Scope | null} */
  #scope = null;
  /** @type {Capture | null} */
  #capture = null;
  /** @type {Tape | null} */
  #tape = null;
  #meter = new LevelMeter();
  /** @type {number[]} */
  #outline = [];
  /** @type {(progress: Progress) => void} */
  onProgress = () => {};

  /**
   * @param {import("./page-state.js").Visit} visit
   * @param {import("../scope.js").Scope} scope
   */
  constructor(visit, scope) {
    this.visit = visit;
    this.scope = scope;
    scope.own(visit.flow.on((state) => void (LIVE.has(state) || this.release())));
    scope.own(() => this.#rescue());
  }

  /** Opens the microphone, and goes on to the countdown or the recording. */
  async ask() {
    this.release();
    const { flow, bar, deviceId } = this.visit;
    bar.silence();
    const scope = this.scope.child();
    this.#scope = scope;
    bar.on(() => this.#hush(), scope);
    const events = { onChunk: this.#chunk.bind(this), onEnded: this.#ended.bind(this) };
    this.#capture = new Capture(events, scope);
    try {
      await this.#capture.open({ deviceId, noisy: preference("noisy", "off") === "on" });
    } catch (error) {
      if (scope.disposed) return;
      const problem = describeMicrophoneError(error, browserOf(navigator.userAgent));
      flow.send("failed", { ...problem, retry: problem.retry ? "record" : null });
      return;
    }
    if (scope.disposed) return;
    if (this.#capture.usedDefaultDevice) this.visit.deviceId = "";
    flow.send(preference("countdown", "on") === "on" ? "granted" : "grantedAtOnce", {
      words: this.#capture.usedDefaultDevice
        ? "The chosen microphone is gone; this is the default one."
        : "",
    });
  }

  /** Music would be heard by the microphone. */
  #hush() {
    const { bar } = this.visit;
    if (!bar.isSounding) return;
    bar.pause();
    note("The music waits until the recording is over.");
  }

  /** From now on what is heard goes on the tape. */
  begin() {
    this.#outline = [];
    this.#meter = new LevelMeter();
    this.#tape = new Tape(this.#capture?.sample_rate_hz ?? 0);
  }

  get duration_s() {
    return this.#tape?.duration_s ?? 0;
  }

  get isLongEnough() {
    return this.#tape?.isLongEnough ?? false;
  }

  /** @param {string} [words] why it ended, where the person did not end it */
  finish(words = "") {
    const tape = this.#tape;
    if (!tape) return;
    this.#tape = null;
    this.visit.keep(tape.take());
    this.visit.flow.send("stop", { words });
    if (!words) announce("Recording stopped.");
  }

  /** Another page is opened: what was said until then waits for its review. */
  #rescue() {
    const tape = this.#tape;
    this.#tape = null;
    if (!tape || tape.duration_s < SHORTEST_RESCUED_S) return;
    this.visit.keep(tape.take());
    note("The recording has ended. It waits on the first page.");
  }

  release() {
    this.#tape = null;
    this.#capture = null;
    this.#scope?.dispose();
    this.#scope = null;
  }

  /** @param {Float32Array} samples */
  #chunk(samples) {
    const tape = this.#tape;
    if (!tape) return;
    tape.add(samples);
    const value = loudness(samples);
    const half = samples.length >> 1;
    this.#outline.push(
      loudness(samples.subarray(0, half)).peak,
      loudness(samples.subarray(half)).peak,
    );
    this.onProgress({
      level: this.#meter.add(value, tape.duration_s * 1000),
      loudness: value.rms,
      duration_s: tape.duration_s,
      outline: this.#outline,
    });
    if (tape.isFull) this.finish("Thirty seconds are the most. The recording stopped by itself.");
  }

  /** @param {import("./microphone.js").Ending} why */
  #ended(why) {
    if (this.#tape && this.#tape.duration_s >= SHORTEST_RESCUED_S) {
      this.finish(`${ENDED[why]} This is what was recorded until then.`);
      return;
    }
    this.visit.flow.send("failed", {
      heading: "The recording stopped",
      message: ENDED[why],
      detail: "",
      retry: "record",
    });
  }
}

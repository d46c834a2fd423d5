// @ts-check
// How loud a microphone is, in words.

/** @typedef {{ rms: number, peak: number, clipped: boolean }} Loudness */
/** @typedef {"waiting"|"silent"|"quiet"|"good"|"loud"} Level */

/** Full scale less half a decibel: what a converter that overloads delivers. */
const CLIP = 0.944;
const SILENT_DBFS = -55;
const QUIET_DBFS = -40;
const HOLD_LOUD_MS = 1500;
const SILENCE_HINT_MS = 2500;
const QUIET_HINT_MS = 1200;

/** @type {Readonly<Record<Level, string>>} */
export const LEVEL_WORDS = {
  waiting: "Listening",
  silent: "I hear nothing. Is this the right microphone, and is it on?",
  quiet: "Too quiet: come a little closer",
  good: "Good",
  loud: "Too loud: move back a little",
};

/**
 * @param {Float32Array} samples
 * @returns {Loudness} `rms` and `peak` from 0 to 1
 */
export function loudness(samples) {
  let sum = 0;
  let peak = 0;
  let clipped = 0;
  for (const sample of samples) {
    const size = Math.abs(sample);
    sum += sample * sample;
    if (size > peak) peak = size;
    if (size >= CLIP) clipped++;
  }
  return { rms: Math.sqrt(sum / Math.max(1, samples.length)), peak, clipped: clipped >= 3 };
}

/** @param {number} amplitude 0 to 1 */
export function dbfs(amplitude) {
  return 20 * Math.log10(Math.max(amplitude, 1e-6));
}

/** Turns a stream of loudness values into one word that does not flicker. */
export class LevelMeter {
  #loudUntil_ms = 0;
  #heardAt_ms = 0;
  #goodAt_ms = 0;
  #heard = false;

  /**
   * @param {Loudness} value
   * @param {number} time_ms since the recording began
   * @returns {Level}
   */
  add(value, time_ms) {
    const level_dbfs = dbfs(value.rms);
    if (value.clipped) this.#loudUntil_ms = time_ms + HOLD_LOUD_MS;
    if (level_dbfs > SILENT_DBFS) {
      this.#heardAt_ms = time_ms;
      this.#heard = true;
    }
    if (level_dbfs > QUIET_DBFS) this.#goodAt_ms = time_ms;
    if (time_ms < this.#loudUntil_ms) return "loud";
    if (time_ms - this.#heardAt_ms > SILENCE_HINT_MS) return "silent";
    if (!this.#heard) return "waiting";
    return time_ms - this.#goodAt_ms > QUIET_HINT_MS ? "quiet" : "good";
  }
}

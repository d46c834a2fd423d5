// @ts-check
// What has been recorded so far, and the take that is made of it.

import { resample } from "./resample.js";
import { toInt16, wavFile } from "./wav.js";
import { computePeaks } from "./waveform-peaks.js";

/**
 * Something to analyse: a recording or a file the person chose. `duration_s` is null and `waveform`
 * empty where the browser cannot read the file.
 * @typedef {{ kind: "recording" | "file", blob: Blob, name: string, duration_s: number | null, waveform: number[] }} Take
 */

export const MINIMUM_S = 3;
export const MAXIMUM_S = 30;
/** What the recogniser hears (docs/http-api.md, model metadata). */
const MODEL_RATE_HZ = 16_000;
/** What a recording of one's own voice is called on its way to the server. */
export const RECORDING_NAME = "recording.wav";
const PEAK_COUNT = 600;

export class RecordingBuffer {
  /** @type {Float32Array[]} */
  #chunks = [];
  #length = 0;

  /** @param {number} sample_rate_hz */
  constructor(sample_rate_hz) {
    this.sample_rate_hz = sample_rate_hz;
  }

  get duration_s() {
    return this.#length / this.sample_rate_hz;
  }

  get isLongEnough() {
    return this.duration_s >= MINIMUM_S;
  }

  get isFull() {
    return this.duration_s >= MAXIMUM_S;
  }

  /** @param {Float32Array} chunk */
  add(chunk) {
    if (this.isFull) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** @returns {Float32Array} */
  get samples() {
    const whole = new Float32Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }

  /** A 16 kHz, 16-bit WAV of everything in it. @returns {Take} */
  toTake() {
    const samples = resample(this.samples, this.sample_rate_hz, MODEL_RATE_HZ);
    return {
      kind: "recording",
      blob: new Blob([wavFile(toInt16(samples), MODEL_RATE_HZ)], { type: "audio/wav" }),
      name: RECORDING_NAME,
      duration_s: this.duration_s,
      waveform: computePeaks(samples, Math.min(PEAK_COUNT, samples.length)),
    };
  }
}

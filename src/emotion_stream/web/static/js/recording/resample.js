// @ts-check
// Changes the sample rate with a Kaiser-windowed sinc filter (Smith, "Digital Audio Resampling").
// Not left to the browser: each one resamples in its own way, or refuses a microphone at another rate than its own.

/** Zero crossings of the sinc on each side: the steepness of the low-pass. Too few, and what lies above 8 kHz folds back into the voice. */
const ZERO_CROSSINGS = 32;
/** About 80 dB of stop-band attenuation (Kaiser & Schafer 1980). */
const KAISER_BETA = 8;
/** The pass band ends at this share of the lower Nyquist frequency; the rest is where the filter falls. */
const PASS_BAND = 0.94;

/**
 * @param {Float32Array} samples mono
 * @param {number} from_hz
 * @param {number} to_hz
 * @returns {Float32Array} mono at `to_hz`, as long in time as the input
 */
export function resample(samples, from_hz, to_hz) {
  if (!(from_hz > 0 && to_hz > 0))
    throw new RangeError(`cannot resample ${from_hz} Hz to ${to_hz} Hz`);
  if (from_hz === to_hz) return samples.slice();
  const common = greatestCommonDivisor(Math.round(from_hz), Math.round(to_hz));
  const up = Math.round(to_hz) / common;
  const down = Math.round(from_hz) / common;
  const bank = filterBank(up, down);
  const output = new Float32Array(Math.floor((samples.length * up) / down));
  for (let index = 0; index < output.length; index++) {
    const position = index * down;
    const first = Math.floor(position / up) - bank.half + 1;
    output[index] = dot(samples, first, bank.taps[position % up]);
  }
  return output;
}

/**
 * One filter per fraction of an input sample at which an output sample can fall.
 * @param {number} up
 * @param {number} down
 */
function filterBank(up, down) {
  const cutoff = Math.min(1, up / down) * PASS_BAND;
  const half = Math.ceil(ZERO_CROSSINGS / cutoff);
  /** @type {Float32Array[]} */
  const taps = [];
  for (let phase = 0; phase < up; phase++) taps.push(filterAt(phase / up, half, cutoff));
  return { half, taps };
}

/**
 * @param {number} fraction where the output sample falls between two input samples
 * @param {number} half taps on each side
 * @param {number} cutoff as a share of the input's Nyquist frequency
 */
function filterAt(fraction, half, cutoff) {
  const taps = new Float32Array(2 * half);
  let sum = 0;
  for (let tap = 0; tap < taps.length; tap++) {
    const distance = tap - half + 1 - fraction;
    taps[tap] = sinc(cutoff * distance) * kaiser(distance / half);
    sum += taps[tap];
  }
  // Each phase weighs the same, else a steady sound would ripple with the phase.
  for (let tap = 0; tap < taps.length; tap++) taps[tap] /= sum;
  return taps;
}

/**
 * @param {Float32Array} samples zero outside its bounds
 * @param {number} first
 * @param {Float32Array} taps
 */
function dot(samples, first, taps) {
  const from = Math.max(0, -first);
  const until = Math.min(taps.length, samples.length - first);
  let sum = 0;
  for (let tap = from; tap < until; tap++) sum += samples[first + tap] * taps[tap];
  return sum;
}

/** @param {number} x */
function sinc(x) {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** @param {number} x -1 to 1, 0 outside */
function kaiser(x) {
  return x < -1 || x > 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel(KAISER_BETA);
}

/** The modified Bessel function of order 0, by its series. @param {number} x */
function bessel(x) {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/**
 * @param {number} a
 * @param {number} b
 * @returns {number}
 */
function greatestCommonDivisor(a, b) {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

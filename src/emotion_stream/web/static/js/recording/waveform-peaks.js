// @ts-check
// The peaks of a sound and the heights of the bars they are drawn as.

/**
 * The largest absolute sample of each of `count` equal slices, 0 to 1.
 * @param {Float32Array} samples
 * @param {number} count
 * @returns {number[]}
 */
export function computePeaks(samples, count) {
  const peaks = [];
  for (let slice = 0; slice < count; slice++) {
    const from = Math.floor((slice * samples.length) / count);
    const until = Math.floor(((slice + 1) * samples.length) / count);
    let peak = 0;
    for (let index = from; index < until; index++) peak = Math.max(peak, Math.abs(samples[index]));
    peaks.push(Math.min(1, peak));
  }
  return peaks;
}

/**
 * Fits peaks to `count` bars and stretches them to full height, so that a quiet voice is seen.
 * @param {readonly number[]} peaks
 * @param {number} count
 */
export function barHeights(peaks, count) {
  if (peaks.length === 0 || count <= 0) return [];
  const bars = [];
  for (let bar = 0; bar < count; bar++) {
    const from = Math.floor((bar * peaks.length) / count);
    const until = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / count));
    bars.push(Math.max(...peaks.slice(from, until)));
  }
  const top = Math.max(...bars, 0.02);
  return bars.map((bar) => (bar / top) ** 0.8);
}

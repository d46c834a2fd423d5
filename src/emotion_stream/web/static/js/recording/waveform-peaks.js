// @ts-check
// The outline of a sound for drawing.

/**
 * The largest absolute sample of each of `count` equal slices, 0 to 1.
 * @param {Float32Array} samples
 * @param {number} count
 * @returns {number[]}
 */
export function peaks(samples, count) {
  const outline = [];
  for (let slice = 0; slice < count; slice++) {
    const from = Math.floor((slice * samples.length) / count);
    const until = Math.floor(((slice + 1) * samples.length) / count);
    let peak = 0;
    for (let index = from; index < until; index++) peak = Math.max(peak, Math.abs(samples[index]));
    outline.push(Math.min(1, peak));
  }
  return outline;
}

/**
 * Fits an outline to `count` bars and stretches it to full height, so that a quiet voice is seen.
 * @param {readonly number[]} outline
 * @param {number} count
 */
export function fit(outline, count) {
  if (outline.length === 0 || count <= 0) return [];
  const bars = [];
  for (let bar = 0; bar < count; bar++) {
    const from = Math.floor((bar * outline.length) / count);
    const until = Math.max(from + 1, Math.floor(((bar + 1) * outline.length) / count));
    bars.push(Math.max(...outline.slice(from, until)));
  }
  const top = Math.max(...bars, 0.02);
  return bars.map((bar) => (bar / top) ** 0.8);
}

// @ts-check
// Floating-point samples as 16-bit integers.

/**
 * @param {Float32Array} samples -1 to 1; what lies outside is clipped, what is no number is silence
 * @returns {Int16Array}
 */
export function toInt16(samples) {
  const pcm = new Int16Array(samples.length);
  for (let index = 0; index < samples.length; index++) {
    const sample = Number.isNaN(samples[index]) ? 0 : Math.max(-1, Math.min(1, samples[index]));
    pcm[index] = Math.round(sample < 0 ? sample * 0x8000 : sample * 0x7fff);
  }
  return pcm;
}

// @ts-check
// A WAV file: the RIFF header and 16-bit mono PCM, made from floating-point samples.

const HEADER_BYTES = 44;

/**
 * @param {Int16Array} pcm mono
 * @param {number} sample_rate_hz
 * @returns {ArrayBuffer}
 */
export function wavFile(pcm, sample_rate_hz) {
  const file = new ArrayBuffer(HEADER_BYTES + pcm.length * 2);
  const view = new DataView(file);
  const text = (/** @type {number} */ at, /** @type {string} */ word) => {
    for (let index = 0; index < word.length; index++)
      view.setUint8(at + index, word.charCodeAt(index));
  };
  text(0, "RIFF");
  view.setUint32(4, file.byteLength - 8, true);
  text(8, "WAVE");
  text(12, "fmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // integer PCM
  view.setUint16(22, 1, true); // mono
  view.setUint32(24, sample_rate_hz, true);
  view.setUint32(28, sample_rate_hz * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, pcm.length * 2, true);
  for (let index = 0; index < pcm.length; index++)
    view.setInt16(HEADER_BYTES + index * 2, pcm[index], true);
  return file;
}

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

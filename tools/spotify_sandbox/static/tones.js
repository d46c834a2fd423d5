// @ts-check
// Gentle tunes made from a number: what the stand-in plays instead of music.

const SAMPLE_RATE_HZ = 8000;
const NOTE_S = 0.5;
const LOUDNESS = 0.15;
const FADE_S = 0.06;
const LOWEST_HZ = 196;
const STEPS = [0, 2, 4, 7, 9, 12, 14, 16];

/** @typedef {{ tune: number, duration_s: number }} Piece */

/**
 * @param {number} seed
 * @returns {() => number} whole numbers from a linear congruential generator (Numerical Recipes)
 */
function numbersFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}

/**
 * @param {BaseAudioContext} context
 * @param {Piece} piece
 * @returns {AudioBuffer}
 */
function rendered(context, piece) {
  const buffer = context.createBuffer(1, piece.duration_s * SAMPLE_RATE_HZ, SAMPLE_RATE_HZ);
  const samples = buffer.getChannelData(0);
  const next = numbersFrom(piece.tune);
  const noteSamples = NOTE_S * SAMPLE_RATE_HZ;
  for (let start = 0; start < samples.length; start += noteSamples) {
    const pitchHz = LOWEST_HZ * 2 ** (STEPS[next() % STEPS.length] / 12);
    for (let place = 0; place < noteSamples && start + place < samples.length; place += 1) {
      const at = place / SAMPLE_RATE_HZ;
      const edge = Math.min(1, at / FADE_S, (NOTE_S - at) / FADE_S);
      samples[start + place] = LOUDNESS * edge * Math.sin(2 * Math.PI * pitchHz * at);
    }
  }
  return buffer;
}

/** One piece at a time, from any position, until its end. */
export class Tone {
  /** @param {() => void} ended called at the natural end of a piece, never after a pause */
  constructor(ended) {
    this.ended = ended;
    this.context = new AudioContext();
    this.gain = this.context.createGain();
    this.gain.connect(this.context.destination);
    /** @type {AudioBuffer | null} */
    this.buffer = null;
    /** @type {AudioBufferSourceNode | null} */
    this.source = null;
    this.startedAt = 0;
    this.offsetS = 0;
  }

  get playing() {
    return this.source !== null;
  }

  /** Seconds into the piece. */
  get positionS() {
    const running = this.source === null ? 0 : this.context.currentTime - this.startedAt;
    return Math.min(this.offsetS + running, this.buffer?.duration ?? 0);
  }

  /** @param {number} volume 0 to 1 */
  setVolume(volume) {
    this.gain.gain.value = volume;
  }

  /** @param {Piece} piece */
  load(piece) {
    this.pause();
    this.buffer = rendered(this.context, piece);
    this.offsetS = 0;
  }

  /** @returns {Promise<boolean>} false where the browser wants a click first */
  async play() {
    if (this.buffer === null) return false;
    if (!(await this.allowed())) return false;
    if (this.source !== null) return true;
    const source = this.context.createBufferSource();
    source.buffer = this.buffer;
    source.connect(this.gain);
    source.onended = () => {
      if (this.source !== source) return;
      this.source = null;
      this.offsetS = 0;
      this.ended();
    };
    source.start(0, this.offsetS);
    this.startedAt = this.context.currentTime;
    this.source = source;
    return true;
  }

  pause() {
    if (this.source === null) return;
    this.offsetS = this.positionS;
    const { source } = this;
    this.source = null;
    source.stop();
    source.disconnect();
  }

  /** @param {number} positionS */
  async seek(positionS) {
    const wasPlaying = this.playing;
    this.pause();
    this.offsetS = Math.max(0, Math.min(positionS, this.buffer?.duration ?? 0));
    if (wasPlaying) await this.play();
  }

  /** @returns {Promise<boolean>} */
  async allowed() {
    if (this.context.state === "running") return true;
    // Without a click in the page, `resume` waits for one and never answers.
    await Promise.race([this.context.resume(), new Promise((done) => setTimeout(done, 300))]);
    return /** @type {string} */ (this.context.state) === "running";
  }

  async close() {
    this.pause();
    await this.context.close();
  }
}

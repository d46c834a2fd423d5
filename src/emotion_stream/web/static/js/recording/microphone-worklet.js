// @ts-check
// Runs on the audio thread: collects 100 ms of mono samples at a time and posts them. Nothing else happens here,
// because what takes longer than one block of 128 samples is heard as a gap.

class Collector extends AudioWorkletProcessor {
  #chunk = new Float32Array(Math.round(sampleRate / 10));
  #filled = 0;

  /**
   * @param {Float32Array[][]} inputs
   * @returns {boolean}
   */
  process(inputs) {
    const channels = inputs[0] ?? [];
    const frames = channels[0]?.length ?? 0;
    for (let frame = 0; frame < frames; frame++) {
      let sum = 0;
      for (const channel of channels) sum += channel[frame];
      this.#chunk[this.#filled++] = sum / channels.length;
      if (this.#filled === this.#chunk.length) this.#post();
    }
    return true;
  }

  #post() {
    const full = this.#chunk;
    this.#chunk = new Float32Array(full.length);
    this.#filled = 0;
    this.port.postMessage(full, [full.buffer]); // handed over, not copied
  }
}

registerProcessor("collector", Collector);

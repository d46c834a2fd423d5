// @ts-check
// The microphone as chunks of samples; everything it opens ends with its scope.

/** @typedef {"unplugged" | "muted" | "interrupted" | "hidden"} Ending */
/** @typedef {{ onChunk: (samples: Float32Array) => void, onEnded: (why: Ending) => void }} CaptureEvents */
/** @typedef {{ deviceId?: string, noisy?: boolean }} CaptureWishes */

/** A muted track may come back (a phone call that is refused); after this it is over. */
const MUTE_PATIENCE_MS = 1500;
/** A phone stops or mutes the microphone of a page that is left; a computer goes on. */
const PHONE = "(hover: none) and (pointer: coarse)";

export class Capture {
  /** The context's real rate: browsers may refuse the one that is asked for. */
  sample_rate_hz = 0;
  /** The device that was asked for had gone, and the default one took its place. */
  usedDefaultDevice = false;

  /**
   * @param {CaptureEvents} events
   * @param {import("../scope.js").Scope} scope
   */
  constructor(events, scope) {
    this.events = events;
    this.scope = scope;
  }

  /**
   * Asks for the microphone and starts delivering chunks. Call it from a click.
   * @param {CaptureWishes} wishes
   * @throws {DOMException} as getUserMedia does
   */
  async open(wishes) {
    if (!navigator.mediaDevices?.getUserMedia) {
      throw new DOMException("microphones need a secure page", "SecurityError");
    }
    const stream = await this.#stream(wishes);
    this.scope.own(() => {
      for (const track of stream.getTracks()) track.stop();
    });
    if (this.scope.disposed) return;
    this.#watch(stream.getAudioTracks()[0]);
    await this.#connect(stream);
  }

  /** @param {CaptureWishes} wishes */
  async #stream(wishes) {
    try {
      return await navigator.mediaDevices.getUserMedia({ audio: constraints(wishes) });
    } catch (error) {
      if (
        !(error instanceof DOMException && error.name === "OverconstrainedError" && wishes.deviceId)
      ) {
        throw error;
      }
      this.usedDefaultDevice = true;
      return navigator.mediaDevices.getUserMedia({ audio: constraints({ noisy: wishes.noisy }) });
    }
  }

  /** @param {MediaStreamTrack} track */
  #watch(track) {
    let cancelMute = () => {};
    this.scope.listen(track, "ended", () => this.events.onEnded("unplugged"));
    this.scope.listen(track, "mute", () => {
      cancelMute = this.scope.after(() => this.events.onEnded("muted"), MUTE_PATIENCE_MS);
    });
    this.scope.listen(track, "unmute", () => cancelMute());
  }

  /** @param {AudioContext} context that has begun to run */
  #watchContext(context) {
    this.scope.listen(context, "statechange", () => {
      if (context.state !== "running") this.events.onEnded("interrupted");
    });
    this.scope.listen(document, "visibilitychange", () => {
      if (document.hidden && matchMedia(PHONE).matches) this.events.onEnded("hidden");
    });
  }

  /** @param {MediaStream} stream */
  async #connect(stream) {
    const context = new AudioContext();
    this.scope.own(() => void context.close());
    this.sample_rate_hz = context.sampleRate;
    await context.audioWorklet.addModule(new URL("./microphone-worklet.js", import.meta.url));
    await context.resume();
    if (this.scope.disposed) return;
    this.#watchContext(context);
    const source = context.createMediaStreamSource(stream);
    const collector = new AudioWorkletNode(context, "collector", { numberOfOutputs: 0 });
    collector.port.onmessage = (event) => this.events.onChunk(event.data);
    source.connect(collector);
    this.scope.own(() => {
      collector.port.onmessage = null;
      source.disconnect();
    });
  }
}

/**
 * Gain control would flatten the loudness that carries arousal, so all processing is off.
 * @param {CaptureWishes} wishes
 * @returns {MediaTrackConstraints}
 */
function constraints({ deviceId, noisy = false }) {
  return {
    echoCancellation: false,
    noiseSuppression: noisy,
    autoGainControl: false,
    ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
  };
}

// @ts-check
// The microphone as chunks of samples (all it opens ends with its scope), and what to say where it does not open.

/** @typedef {"unplugged" | "muted" | "interrupted" | "hidden"} EndReason */
/** @typedef {{ onChunk: (samples: Float32Array) => void, onEnded: (why: EndReason) => void }} MicrophoneEvents */
/** @typedef {{ deviceId?: string, noisy?: boolean }} MicrophoneOptions */
/** @typedef {{ heading: string, message: string, detail: string, retry: boolean }} MicrophoneProblem */
/** @typedef {"chrome" | "edge" | "firefox" | "safari" | "ios" | "other"} Browser */

/** A muted track may come back (a phone call that is refused); after this it is over. */
const MUTE_PATIENCE_MS = 1500;
/** A phone stops or mutes the microphone of a page that is left; a computer goes on. */
const PHONE = "(hover: none) and (pointer: coarse)";

/** @type {Readonly<Record<Browser, string>>} */
const HOW_TO_ALLOW = {
  chrome: "In Chrome, press the icon left of the address, set Microphone to Allow, then try again.",
  edge: "In Edge, press the lock left of the address, set Microphone to Allow, then try again.",
  firefox:
    "In Firefox, press the crossed-out microphone left of the address, remove the block, then try again.",
  safari:
    "In Safari, open Safari > Settings for This Website, set Microphone to Allow, then try again.",
  ios: "On an iPhone or iPad, press aA in the address bar, open Website Settings and allow the microphone.",
  other:
    "Look for the microphone near the address bar, or in the browser's settings, and allow it for this page.",
};

/** @type {Readonly<Record<string, (browser: Browser) => MicrophoneProblem>>} */
const PROBLEMS = {
  NotAllowedError: (browser) => ({
    heading: "The microphone is blocked",
    message: HOW_TO_ALLOW[browser],
    detail:
      "If the browser allows it and it still fails, the system may block it: look under Privacy > Microphone in the system settings.",
    retry: true,
  }),
  NotFoundError: () => ({
    heading: "No microphone was found",
    message: "Plug one in and try again, or choose a sound file instead.",
    detail: "On a Mac, Firefox also says this when the system blocks the microphone.",
    retry: true,
  }),
  NotReadableError: () => ({
    heading: "The microphone is busy",
    message: "Another program is using it. Close that program, then try again.",
    detail: "On Windows this can also mean that the system blocks microphones for browsers.",
    retry: true,
  }),
  OverconstrainedError: () => ({
    heading: "That microphone is gone",
    message: "The microphone you chose is no longer there. Try again with the default one.",
    detail: "",
    retry: true,
  }),
  SecurityError: () => ({
    heading: "Recording needs a secure page",
    message:
      "Browsers open the microphone only over https, or on this computer at http://127.0.0.1. You can choose a sound file instead.",
    detail: "",
    retry: false,
  }),
};

export class Microphone {
  /** The context's real rate: browsers may refuse the one that is asked for. */
  sample_rate_hz = 0;
  /** The device that was asked for had gone, and the default one took its place. */
  usedDefaultDevice = false;

  /**
   * @param {MicrophoneEvents} events
   * @param {import("../scope.js").Scope} scope
   */
  constructor(events, scope) {
    this.events = events;
    this.scope = scope;
  }

  /**
   * Asks for the microphone and starts delivering chunks. Call it from a click.
   * @param {MicrophoneOptions} options
   * @throws {DOMException} as getUserMedia does
   */
  async open(options) {
    if (!navigator.mediaDevices?.getUserMedia) {
      throw new DOMException("microphones need a secure page", "SecurityError");
    }
    const stream = await this.#stream(options);
    this.scope.own(() => {
      for (const track of stream.getTracks()) track.stop();
    });
    if (this.scope.disposed) return; // cancelled while the browser asked: the tracks are stopped already
    this.#watch(stream.getAudioTracks()[0]);
    await this.#connect(stream);
  }

  /** @param {MicrophoneOptions} options */
  async #stream(options) {
    try {
      return await navigator.mediaDevices.getUserMedia({ audio: constraints(options) });
    } catch (error) {
      if (
        !(
          error instanceof DOMException &&
          error.name === "OverconstrainedError" &&
          options.deviceId
        )
      ) {
        throw error;
      }
      this.usedDefaultDevice = true;
      return navigator.mediaDevices.getUserMedia({ audio: constraints({ noisy: options.noisy }) });
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
    await context.resume(); // the press lies before the question, so the context may begin suspended
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
 * @param {MicrophoneOptions} options
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

/**
 * @param {unknown} error what getUserMedia threw
 * @param {Browser} browser
 * @returns {MicrophoneProblem}
 */
export function describeMicrophoneError(error, browser) {
  const name = error instanceof DOMException ? error.name : "";
  const known = PROBLEMS[name];
  if (known) return known(browser);
  return {
    heading: "The microphone did not open",
    message: "Something unexpected happened. Try again, or choose a sound file instead.",
    detail: error instanceof Error ? error.message : "",
    retry: true,
  };
}

/**
 * @param {string} userAgent
 * @returns {Browser}
 */
export function browserOf(userAgent) {
  if (/iPhone|iPad|iPod/.test(userAgent)) return "ios";
  if (/Edg\//.test(userAgent)) return "edge";
  if (/Firefox\//.test(userAgent)) return "firefox";
  if (/Chrome\//.test(userAgent)) return "chrome";
  if (/Safari\//.test(userAgent)) return "safari";
  return "other";
}

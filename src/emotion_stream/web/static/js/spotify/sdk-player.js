// @ts-check
// Spotify's player in this page (Web Playback SDK): whole pieces, for Premium accounts.

import { loadScript } from "./script-loader.js";

/** @typedef {NonNullable<Window["Spotify"]>} Sdk */
/**
 * `state` is null where playback moved to another device.
 * @typedef {{ getToken: () => Promise<string>, onToken: (error: unknown) => void, onReady: (deviceId: string) => void,
 *   onNotReady: () => void, onState: (state: SpotifySdkState | null) => void, onAutoplayFailed: () => void,
 *   onError: (kind: "initialization" | "authentication" | "account" | "playback") => void }} SdkEvents
 */

const NAME = "Emotion Stream";

export class SdkPlayer {
  /** @type {SpotifySdkPlayer | null} */
  #player = null;
  /** A player that was let go still sends events; those of an older generation are not heard. */
  #generation = 0;
  #volume = 0.8;

  /** @param {SdkEvents} events */
  constructor(events) {
    this.events = events;
  }

  /**
   * Rejects where the script does not come.
   * @param {string} address of the script
   */
  async connect(address) {
    const generation = this.#generation;
    const sdk = await loadSdk(address);
    if (generation !== this.#generation) return;
    this.#player ??= this.#make(sdk, generation);
    await this.#player.connect();
  }

  disconnect() {
    this.#generation += 1;
    this.#player?.disconnect();
    this.#player = null;
  }

  /** Must run while a press is handled: browsers let sound begin only then. */
  activate() {
    void this.#player?.activateElement();
  }

  pause() {
    void this.#player?.pause();
  }

  resume() {
    void this.#player?.resume();
  }

  next() {
    void this.#player?.nextTrack();
  }

  previous() {
    void this.#player?.previousTrack();
  }

  /** @param {number} position_s */
  seek(position_s) {
    void this.#player?.seek(Math.round(position_s * 1000));
  }

  /** @param {number} volume 0 to 1, kept for a player that is made later */
  setVolume(volume) {
    this.#volume = volume;
    void this.#player?.setVolume(volume);
  }

  /** @param {Sdk} sdk @param {number} generation */
  #make(sdk, generation) {
    const { events } = this;
    const player = new sdk.Player({
      name: NAME,
      volume: this.#volume,
      enableMediaSession: true,
      // Asked for at the beginning and again whenever a token ends, also in the middle of a song.
      getOAuthToken: (callback) => void events.getToken().then(callback, events.onToken),
    });
    const on = (/** @type {string} */ name, /** @type {(detail: any) => void} */ listener) =>
      player.addListener(name, (detail) => {
        if (generation === this.#generation) listener(detail);
      });
    on("ready", ({ device_id }) => events.onReady(device_id));
    on("not_ready", () => events.onNotReady());
    on("player_state_changed", (state) => events.onState(state));
    on("autoplay_failed", () => events.onAutoplayFailed());
    for (const kind of /** @type {const} */ ([
      "initialization",
      "authentication",
      "account",
      "playback",
    ]))
      on(`${kind}_error`, () => events.onError(kind));
    return player;
  }
}

/** @param {string} address @returns {Promise<Sdk>} */
function loadSdk(address) {
  return loadScript(address, (ready) => {
    window.onSpotifyWebPlaybackSDKReady = () => {
      if (window.Spotify) ready(window.Spotify);
    };
  });
}

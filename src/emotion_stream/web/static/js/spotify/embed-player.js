// @ts-check
// Spotify's own small player in a frame: no sign-in, no Premium; often previews only.

import { loadScript } from "./script-loader.js";

/** @typedef {{ onProgress: (progress: import("./playback.js").PlaybackProgress) => void, onFailed: () => void }} EmbedEvents */

const TALL_PX = 352;
const LOW_PX = 152;
const LONG = new Set(["playlist", "show"]);

export class EmbedPlayer {
  /** @type {SpotifyEmbedController | null} */
  #controller = null;
  #begun = false;
  /** The script and the frame answer late; what an older generation says is not heard. */
  #generation = 0;

  /**
   * @param {HTMLElement} frame the element that holds the player
   * @param {EmbedEvents} events
   */
  constructor(frame, events) {
    this.frame = frame;
    this.events = events;
  }

  /**
   * Shows the player of an item and starts it: it was pressed.
   * @param {string} address of the script
   * @param {import("./api.js").SpotifyItem} item
   * @param {boolean} start false where silence was asked for meanwhile
   */
  async open(address, item, start) {
    this.close();
    const generation = this.#generation;
    this.frame.hidden = false;
    try {
      const api = await loadApi(address);
      if (generation !== this.#generation) return;
      this.#make(api, item, start, generation);
    } catch {
      if (generation === this.#generation) this.events.onFailed();
    }
  }

  pause() {
    this.#controller?.pause();
  }

  /** Goes on; begins where it has not begun yet. */
  resume() {
    if (this.#begun) this.#controller?.resume();
    else this.#controller?.play();
  }

  close() {
    this.#generation += 1;
    this.#begun = false;
    this.#controller?.destroy();
    this.#controller = null;
    this.frame.replaceChildren();
    this.frame.hidden = true;
  }

  /**
   * @param {SpotifyIframeApi} api
   * @param {import("./api.js").SpotifyItem} item
   * @param {boolean} start
   * @param {number} generation
   */
  #make(api, item, start, generation) {
    const holder = document.createElement("div");
    this.frame.replaceChildren(holder);
    const height = String(LONG.has(item.kind) ? TALL_PX : LOW_PX);
    api.createController(holder, { uri: item.uri, width: "100%", height }, (controller) => {
      if (generation !== this.#generation) return controller.destroy();
      this.#controller = controller;
      controller.addListener("ready", () => {
        this.frame.querySelector("iframe")?.setAttribute("title", `Spotify: ${item.name}`);
        if (start && generation === this.#generation) controller.play();
      });
      controller.addListener("playback_update", ({ data }) => {
        if (generation !== this.#generation) return;
        this.#begun ||= !data.isPaused;
        this.events.onProgress(progressOf(data));
      });
      controller.addListener(
        "error",
        () => generation === this.#generation && this.events.onFailed(),
      );
    });
  }
}

/** @param {{ isPaused: boolean, position: number, duration: number }} data in milliseconds */
function progressOf({ isPaused, position, duration }) {
  return { paused: isPaused, position_s: position / 1000, duration_s: duration / 1000 };
}

/** @param {string} address @returns {Promise<SpotifyIframeApi>} */
function loadApi(address) {
  return loadScript(address, (ready) => {
    window.onSpotifyIframeApiReady = ready;
  });
}

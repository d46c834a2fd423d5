// @ts-check
// The bar at the foot of every page: shows the player and takes its commands.

import { toast } from "../announce.js";
import { ApiError, reportPlay, serverAnswers } from "../api.js";
import { button, element, find, switchIcon } from "../dom.js";
import { preference, remember } from "../preferences.js";
import { clock, spoken } from "../time-format.js";
import { connectMediaSession, updateMediaPosition, updateMediaSession } from "./media-session.js";
import { OneTab } from "./one-tab.js";
import { Player } from "./player.js";
import { QueuePanel } from "./queue-panel.js";
import { actionsOf, connectShortcuts } from "./shortcuts.js";

/** @typedef {import("../api.js").Item} Item */
/** Another player of this page; of all of them only one sounds. @typedef {{ isOpen: boolean, isPlaying: boolean, pause: () => void, close: () => void }} OtherPlayer */

export class PlayerBar {
  /** @type {OtherPlayer | null} */
  #other = null;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {Set<() => void>} */
  #silencers = new Set();
  /** The reading the list in the queue was made for. @type {string | null} */
  readingId = null;

  /**
   * @param {HTMLElement} root
   * @param {import("../scope.js").Scope} scope
   */
  constructor(root, scope) {
    this.root = root;
    this.seek = find(root, "[data-seek]", HTMLInputElement);
    this.volume = find(root, "[data-volume]", HTMLInputElement);
    const audio = find(root, "[data-audio]", HTMLAudioElement);
    this.player = new Player(audio, this.#events(), scope);
    this.panel = new QueuePanel(root, this.player, scope);
    this.tab = new OneTab(() => this.#hush(), scope);
    scope.listen(audio, "play", () => {
      this.#other?.close();
      this.tab.claim();
    });
    this.player.setVolume(Number(preference("volume", "0.8")));
    connectMediaSession(this.player);
    connectShortcuts(() => this.#actions(), scope);
    this.#connect(scope);
  }

  /**
   * Hears of every change of what plays.
   * @param {() => void} listener
   * @param {import("../scope.js").Scope} scope
   */
  on(listener, scope) {
    this.#listeners.add(listener);
    scope.own(() => this.#listeners.delete(listener));
  }

  get isSounding() {
    return this.player.isPlaying || Boolean(this.#other?.isPlaying);
  }

  /** Whatever plays on this page. */
  pause() {
    this.player.pause();
    this.#other?.pause();
  }

  /** Ends what plays on this page and forgets the queue. */
  stop() {
    this.#other?.close();
    this.player.stop();
  }

  /** @param {OtherPlayer} other that gives way to this one, as this one does to it */
  join(other) {
    this.#other = other;
  }

  /** The other player changed; where it sounds, nothing else does. */
  otherChanged() {
    if (this.#other?.isPlaying) {
      this.player.pause();
      this.tab.claim();
    }
    for (const listener of this.#listeners) listener();
  }

  /** Before something else is heard or recorded: no music, here or in another tab. */
  silence() {
    this.pause();
    this.tab.claim();
  }

  /**
   * Hears when something else takes the sound: the music here, or another tab.
   * @param {() => void} listener
   * @param {import("../scope.js").Scope} scope
   */
  onSilence(listener, scope) {
    this.#silencers.add(listener);
    scope.own(() => this.#silencers.delete(listener));
    this.on(() => this.isSounding && listener(), scope);
  }

  #hush() {
    this.pause();
    for (const listener of this.#silencers) listener();
  }

  /**
   * @param {readonly Item[]} items
   * @param {number} index
   * @param {string | null} readingId
   */
  async play(items, index, readingId) {
    if (this.player.isCurrent(items[index])) return this.player.toggle();
    this.readingId = readingId;
    await this.player.playFrom(items, index);
  }

  #actions() {
    return this.player.queue.current && !this.#other?.isOpen ? actionsOf(this.player) : null;
  }

  #events() {
    return {
      onChange: () => this.#render(),
      onTime: () => this.#renderTime(),
      onFailed: (/** @type {Item} */ item, /** @type {boolean} */ last) =>
        toast(
          `“${item.title}” could not be played. ${last ? "There is nothing after it." : "Going on with the next one."}`,
        ),
      serverAnswers,
      onUnreachable: () => toast("The server does not answer. Press play to try again."),
      onPlay: (
        /** @type {Item} */ item,
        /** @type {string} */ event,
        /** @type {number} */ position_s,
      ) => {
        const play = {
          provider: item.provider,
          item_id: item.id,
          event,
          position_s,
          reading_id: this.readingId,
        };
        void reportPlayAnyway(play);
      },
    };
  }

  /** @param {import("../scope.js").Scope} scope */
  #connect(scope) {
    const { player } = this;
    scope.listen(button(this.root, "[data-toggle]"), "click", () => player.toggle());
    scope.listen(button(this.root, "[data-next]"), "click", () => player.next());
    scope.listen(button(this.root, "[data-previous]"), "click", () => player.previous());
    scope.listen(button(this.root, "[data-mute]"), "click", () => player.toggleMute());
    scope.listen(this.seek, "input", () => player.seek(Number(this.seek.value)));
    scope.listen(this.volume, "input", () => player.setVolume(Number(this.volume.value) / 100));
    scope.listen(player.audio, "volumechange", () =>
      remember("volume", String(player.audio.volume)),
    );
  }

  #render() {
    const { player, root } = this;
    const item = player.queue.current;
    root.hidden = !item;
    document.body.classList.toggle("has-player", Boolean(item));
    element(root, ".player-title [data-title]").textContent = item?.title ?? "";
    element(root, ".player-title [data-by]").textContent = item?.creators.join(", ") ?? "";
    switchIcon(button(root, "[data-toggle]"), player.isPlaying, "playing", "paused", [
      "Pause",
      "Play",
    ]);
    switchIcon(button(root, "[data-mute]"), player.audio.muted, "muted", "sounding", [
      "Mute",
      "Mute",
    ]);
    button(root, "[data-mute]").setAttribute("aria-pressed", String(player.audio.muted));
    button(root, "[data-next]").setAttribute("aria-disabled", String(!player.queue.hasNext));
    this.volume.value = String(Math.round(player.audio.volume * 100));
    this.volume.style.setProperty("--done", `${this.volume.value}%`);
    updateMediaSession(player);
    this.#renderTime();
    this.panel.render();
    for (const listener of this.#listeners) listener();
  }

  #renderTime() {
    const { duration_s, position_s } = this.player;
    this.seek.max = String(Math.max(1, Math.floor(duration_s)));
    this.seek.value = String(Math.floor(position_s));
    this.seek.style.setProperty("--done", `${duration_s ? (100 * position_s) / duration_s : 0}%`);
    this.seek.setAttribute("aria-valuetext", `${spoken(position_s)} of ${spoken(duration_s)}`);
    element(this.root, "[data-elapsed]").textContent = clock(position_s);
    element(this.root, "[data-length]").textContent = clock(duration_s);
    updateMediaPosition(this.player);
  }
}

/**
 * The reading may have been deleted meanwhile; that the piece was played is still so.
 * @param {{ reading_id: string | null } & Record<string, unknown>} play
 */
async function reportPlayAnyway(play) {
  try {
    await reportPlay(play);
  } catch (error) {
    const lostReading = error instanceof ApiError && error.status === 404 && play.reading_id;
    if (lostReading) await reportPlayAnyway({ ...play, reading_id: null });
    // Else: a play that is not noted must not disturb the music.
  }
}

// @ts-check
// Plays a queue on one audio element. It starts only when a person asks, and goes on by itself.

import { Queue, sameItem } from "./queue.js";

/** @typedef {import("../api.js").Item} Item */
/** @typedef {"started" | "finished" | "skipped"} PlayEvent */
/**
 * `serverAnswers` tells a piece that is refused from a server that is gone.
 * @typedef {{ onChange: () => void, onTime: () => void, onFailed: (item: Item, last: boolean) => void,
 *   onPlay: (item: Item, event: PlayEvent, position_s: number) => void,
 *   serverAnswers: () => Promise<boolean>, onUnreachable: () => void }} PlayerEvents
 */

/** Pressing "previous" later than this goes back to the beginning of the piece. */
const RESTART_AFTER_S = 3;

export class Player {
  queue = new Queue();
  #counted = false;
  #failuresInARow = 0;
  /** How many pieces were loaded: the answer about one that failed may come when another one plays. */
  #loads = 0;

  /**
   * @param {HTMLAudioElement} audio
   * @param {PlayerEvents} events
   * @param {import("../scope.js").Scope} scope
   */
  constructor(audio, events, scope) {
    this.audio = audio;
    this.events = events;
    for (const type of ["play", "pause", "durationchange", "volumechange", "emptied"]) {
      scope.listen(audio, type, () => events.onChange());
    }
    for (const type of ["timeupdate", "seeked"]) scope.listen(audio, type, () => events.onTime());
    scope.listen(audio, "playing", () => this.#playing());
    scope.listen(audio, "ended", () => this.#ended());
    scope.listen(audio, "error", () => this.#failed());
  }

  get isPlaying() {
    return !this.audio.paused && !this.audio.ended;
  }

  get duration_s() {
    const known = this.audio.duration;
    return Number.isFinite(known) && known > 0 ? known : (this.queue.current?.duration_s ?? 0);
  }

  get position_s() {
    return this.audio.currentTime;
  }

  /** @param {Item} item */
  isCurrent(item) {
    return sameItem(this.queue.current, item);
  }

  /**
   * @param {readonly Item[]} items
   * @param {number} index
   */
  async playFrom(items, index) {
    this.#leave();
    this.queue.replace(items, index);
    await this.#load();
  }

  async toggle() {
    if (this.isPlaying) return this.pause();
    await this.resume();
  }

  /** Plays on from where it is; nothing changes where it plays already. */
  async resume() {
    if (!this.queue.current || this.isPlaying) return;
    if (this.audio.error) this.#reload();
    await this.#play();
  }

  pause() {
    this.audio.pause();
  }

  async next() {
    if (!this.queue.hasNext) return;
    this.#leave();
    this.queue.next();
    await this.#load();
  }

  async previous() {
    if (this.position_s > RESTART_AFTER_S || !this.queue.hasPrevious) {
      this.seek(0);
      return;
    }
    this.#leave();
    this.queue.previous();
    await this.#load();
  }

  /** @param {number} index */
  async jump(index) {
    this.#leave();
    this.queue.jump(index);
    await this.#load();
  }

  /** @param {number} index */
  async remove(index) {
    const wasPlaying = this.isPlaying;
    const wasLast = !this.queue.hasNext;
    if (index === this.queue.index) this.#leave();
    if (!this.queue.remove(index)) this.events.onChange();
    else if (this.queue.current && wasPlaying && !wasLast) await this.#load();
    else if (this.queue.current) this.#prepare();
    else this.stop();
  }

  /** @param {number} position_s */
  seek(position_s) {
    this.audio.currentTime = Math.max(0, Math.min(position_s, this.duration_s));
    this.events.onTime();
  }

  /** @param {number} volume 0 to 1 */
  setVolume(volume) {
    this.audio.volume = Math.max(0, Math.min(1, volume));
    if (volume > 0) this.audio.muted = false;
  }

  toggleMute() {
    this.audio.muted = !this.audio.muted;
  }

  /** Ends playing and forgets the queue. */
  stop() {
    this.#leave();
    this.queue.clear();
    this.audio.pause();
    this.audio.removeAttribute("src");
    this.audio.load();
    this.events.onChange();
  }

  /** A piece that is left before its end was skipped. */
  #leave() {
    const item = this.queue.current;
    if (item && this.#counted) this.events.onPlay(item, "skipped", this.position_s);
    this.#counted = false;
  }

  #prepare() {
    const item = this.queue.current;
    if (!item) return;
    this.#counted = false;
    this.#loads += 1;
    this.audio.src = item.audio_url;
    this.events.onChange();
  }

  /** Asks for the piece again, at the place where it failed: the server may be back. */
  #reload() {
    const counted = this.#counted;
    const place_s = this.position_s;
    this.#prepare();
    this.#counted = counted;
    this.audio.currentTime = place_s;
  }

  async #load() {
    this.#prepare();
    await this.#play();
  }

  async #play() {
    try {
      await this.audio.play();
    } catch (error) {
      // A newer piece took over, or the source failed (its "error" event follows).
      if (!(error instanceof DOMException)) throw error;
      this.events.onChange();
    }
  }

  #playing() {
    this.#failuresInARow = 0;
    const item = this.queue.current;
    if (!item || this.#counted) return;
    this.#counted = true;
    this.events.onPlay(item, "started", this.position_s);
  }

  async #ended() {
    const item = this.queue.current;
    if (item && this.#counted) this.events.onPlay(item, "finished", this.position_s);
    this.#counted = false;
    if (this.queue.next()) await this.#load();
    else this.events.onChange();
  }

  async #failed() {
    const item = this.queue.current;
    if (!item || !this.audio.getAttribute("src")) return;
    const load = this.#loads;
    const answers = await this.events.serverAnswers();
    if (load !== this.#loads || !this.queue.current) return;
    if (answers) return this.#skipRefused(item);
    this.audio.pause();
    this.events.onUnreachable();
    this.events.onChange();
  }

  /** @param {Item} item */
  async #skipRefused(item) {
    this.#failuresInARow += 1;
    this.#counted = false;
    const last = !this.queue.hasNext || this.#failuresInARow >= this.queue.items.length;
    this.events.onFailed(item, last);
    if (last) {
      this.audio.pause();
      this.events.onChange();
      return;
    }
    this.queue.next();
    await this.#load();
  }
}

// @ts-check
// Carries out what the playback decides, with Spotify's two players; shown at the foot of every page.

import { announce } from "../announce.js";
import { ApiError } from "../api.js";
import { element } from "../dom.js";
import { actionsOf, connectShortcuts, SEEK_S } from "../player/shortcuts.js";
import { getToken, reportSpotifyPlay, startPlaying } from "./api.js";
import { EmbedPlayer } from "./embed-player.js";
import { Playback } from "./playback.js";
import { SpotifyPlayerView } from "./player-view.js";
import { SdkPlayer } from "./sdk-player.js";

/** @typedef {import("./api.js").SpotifyItem} SpotifyItem */
/** @typedef {import("./api.js").SpotifyState} SpotifyState */
/** @typedef {import("./playback.js").Command} Command */

/** Without sound after this, the person is asked for one more press. */
const LATE_MS = 15_000;
/** Between two news of Spotify's player the place is counted on. */
const TICK_MS = 500;

export class SpotifyPlayer {
  playback = new Playback();
  /** What is known of the piece inside a playlist. @type {SpotifySdkState | null} */
  #sdkState = null;
  #sdkStateAt_ms = 0;
  /** @type {SpotifyState | null} */
  #state = null;
  /** @type {string | null} */
  #readingId = null;
  #counted = false;
  #said = "";
  #cancelLate = () => {};

  /**
   * @param {HTMLElement} root
   * @param {import("../player/player-bar.js").PlayerBar} bar
   * @param {import("../scope.js").Scope} scope
   */
  constructor(root, bar, scope) {
    this.bar = bar;
    this.scope = scope;
    this.view = new SpotifyPlayerView(root, this, scope);
    this.sdk = new SdkPlayer(this.#sdkEvents());
    this.embed = new EmbedPlayer(element(root, "[data-frame]"), {
      onProgress: (progress) => this.#run(this.playback.stateChanged(progress)),
      onFailed: () => this.#run(this.playback.embedFailed()),
    });
    bar.join(this);
    this.#follow(bar.player, scope);
    connectShortcuts(() => this.#actions(), scope);
    scope.repeat(() => this.isPlaying && this.view.showTime(), TICK_MS);
  }

  get isOpen() {
    return this.playback.isOpen;
  }

  get isPlaying() {
    return this.playback.isPlaying;
  }

  /** It sounds, or will: a press now pauses it. */
  get isActive() {
    return this.isPlaying || this.playback.isPending;
  }

  /** The piece that sounds, where it is known, or what was pressed. */
  get track() {
    return this.playback.way === "sdk"
      ? (this.#sdkState?.track_window.current_track ?? null)
      : null;
  }

  get disallows() {
    return this.#sdkState?.disallows ?? {};
  }

  get position_s() {
    const { progress, way } = this.playback;
    const since_s =
      this.isPlaying && way === "sdk" ? (performance.now() - this.#sdkStateAt_ms) / 1000 : 0;
    return Math.min(progress.position_s + since_s, progress.duration_s || Number.POSITIVE_INFINITY);
  }

  /** @param {SpotifyItem} item */
  isCurrent(item) {
    return this.playback.item?.uri === item.uri;
  }

  /**
   * Plays an item that was pressed, or pauses it.
   * @param {SpotifyItem} item
   * @param {SpotifyState} state
   * @param {string | null} readingId
   */
  press(item, state, readingId) {
    this.sdk.activate();
    const { phase, way } = this.playback;
    if (this.isCurrent(item) && phase !== "failed" && phase !== "signin" && way !== "link")
      return this.toggle();
    this.#leave();
    this.#state = state;
    this.#readingId = readingId;
    this.#sdkState = null;
    const mayStream = state.signed_in && state.steps.listen;
    this.bar.player.pause();
    this.#run(this.playback.press({ item, mayStream, mayEmbed: Boolean(state.embed_script) }));
  }

  toggle() {
    this.sdk.activate();
    this.#run(this.playback.toggle());
  }

  pause() {
    this.#run(this.playback.silence());
  }

  /** Nothing of it is left on the page. */
  close() {
    if (!this.isOpen) return;
    this.#leave();
    this.#run(this.playback.close());
  }

  /** The sign-in is gone: nothing of it plays on. */
  forget() {
    this.close();
    this.sdk.disconnect();
    this.playback = new Playback();
  }

  next() {
    this.sdk.next();
  }

  previous() {
    this.sdk.previous();
  }

  /** @param {number} position_s */
  seek(position_s) {
    if (this.playback.way === "sdk") this.sdk.seek(Math.max(0, position_s));
  }

  /** Both players have one volume, which the bar keeps. @param {import("../player/player.js").Player} own @param {import("../scope.js").Scope} scope */
  #follow({ audio }, scope) {
    const take = () => {
      this.sdk.setVolume(audio.muted ? 0 : audio.volume);
      this.view.showVolume(audio.volume, audio.muted);
    };
    scope.listen(audio, "volumechange", take);
    take();
  }

  #actions() {
    if (!this.isOpen) return null;
    const { mute, louder, quieter } = actionsOf(this.bar.player);
    return {
      ...(this.playback.way === "sdk" ? { mute, louder, quieter } : {}),
      toggle: () => this.toggle(),
      next: () => this.next(),
      previous: () => this.previous(),
      forward: () => this.seek(this.position_s + SEEK_S),
      back: () => this.seek(this.position_s - SEEK_S),
    };
  }

  /** @returns {import("./sdk-player.js").SdkEvents} */
  #sdkEvents() {
    const run = (/** @type {(playback: Playback) => Command[]} */ event) =>
      this.#run(event(this.playback));
    return {
      getToken,
      onToken: (error) => {
        const gone = error instanceof ApiError && error.code.startsWith("spotify_");
        run((playback) => (gone ? playback.signedOut() : playback.refused(codeOf(error))));
      },
      onReady: (deviceId) => run((playback) => playback.ready(deviceId)),
      onNotReady: () => run((playback) => playback.notReady()),
      onState: (state) => this.#onSdkState(state),
      onAutoplayFailed: () => run((playback) => playback.autoplayFailed()),
      onError: (kind) =>
        run((playback) => {
          if (kind === "initialization") return playback.initializationError();
          if (kind === "authentication") return playback.authenticationError();
          return kind === "account" ? playback.accountError() : playback.playbackError();
        }),
    };
  }

  /** @param {SpotifySdkState | null} state */
  #onSdkState(state) {
    if (!state) return this.#run(this.playback.elsewhere());
    this.#sdkState = state;
    this.#sdkStateAt_ms = performance.now();
    const { paused, position, duration } = state;
    this.#run(
      this.playback.stateChanged({
        paused,
        position_s: position / 1000,
        duration_s: duration / 1000,
      }),
    );
  }

  /** @param {Command[]} commands */
  #run(commands) {
    for (const command of commands) this.#do(command);
    this.#awaitSound();
    this.#countPlay();
    this.view.render();
    this.bar.otherChanged();
    if (this.playback.words !== this.#said) announce(this.playback.words);
    this.#said = this.playback.words;
  }

  /** @param {Command} command */
  #do(command) {
    const { playback, sdk, embed } = this;
    const item = playback.item;
    const player = playback.way === "embed" ? embed : sdk;
    if (command === "reconnect") sdk.disconnect();
    if (command === "connect" || command === "reconnect") this.#connect();
    if (command === "start") void this.#start();
    if (command === "pause") player.pause();
    if (command === "resume") player.resume();
    if (command === "activate") sdk.activate();
    if (command === "disconnect") sdk.disconnect();
    if (command === "unembed") embed.close();
    if (command === "embed" && item && this.#state)
      void embed.open(this.#state.embed_script, item, playback.phase === "starting");
  }

  #connect() {
    this.sdk
      .connect(this.#state?.sdk_script ?? "")
      .catch(() => this.#run(this.playback.scriptFailed()));
  }

  /** The SDK is only a device of Spotify Connect: a piece is started on it through the Web API, by the server. */
  async #start() {
    const { item, deviceId } = this.playback;
    if (!item || deviceId === null) return;
    try {
      await startPlaying(deviceId, item.uri);
    } catch (error) {
      if (this.playback.item === item) this.#run(this.playback.refused(codeOf(error)));
    }
  }

  #awaitSound() {
    const { phase, way } = this.playback;
    this.#cancelLate();
    this.#cancelLate = () => {};
    if (way === "sdk" && (phase === "connecting" || phase === "starting"))
      this.#cancelLate = this.scope.after(() => this.#run(this.playback.late()), LATE_MS);
  }

  /** Keeps that the item was played, where a history was agreed to. */
  #countPlay() {
    const { playback } = this;
    if (playback.isPlaying && !this.#counted) {
      this.#counted = true;
      this.#reportPlay("started");
    }
    if (playback.finished && this.#counted) {
      this.#counted = false;
      this.#reportPlay("finished");
    }
  }

  /** An item that is left before its end was skipped. */
  #leave() {
    if (this.#counted) this.#reportPlay("skipped");
    this.#counted = false;
  }

  /** @param {string} event */
  #reportPlay(event) {
    const uri = this.playback.item?.uri;
    if (!uri) return;
    const play = { uri, event, position_s: this.position_s, reading_id: this.#readingId };
    reportSpotifyPlay(play).catch(() => {}); // what is not noted must not disturb the music
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof ApiError ? error.code : "unexpected";
}

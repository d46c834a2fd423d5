// @ts-check
// How a Spotify item is played: in the page, in Spotify's own small player, or by its link; and why.

/** @typedef {"sdk" | "embed" | "link"} Way */
/** `blocked` waits for one more press; `gone` lost its device; `elsewhere` plays on another one. @typedef {"idle" | "connecting" | "starting" | "playing" | "paused" | "blocked" | "gone" | "elsewhere" | "signin" | "failed" | "linked"} Phase */
/** @typedef {"connect" | "reconnect" | "start" | "pause" | "resume" | "activate" | "disconnect" | "embed" | "unembed"} Command what the players are to do, in this order */
/** @typedef {import("./api.js").SpotifyItem} SpotifyItem */
/** `mayStream`: signed in, with the permission to play in the page. @typedef {{ item: SpotifyItem, mayStream: boolean, mayEmbed: boolean }} Press */
/** @typedef {{ paused: boolean, position_s: number, duration_s: number }} PlaybackProgress */

export const REASONS = {
  account:
    "Spotify plays whole pieces in this page only for Premium accounts. This is Spotify's small player instead.",
  initialization:
    "This browser cannot play protected sound. This is Spotify's small player instead.",
  script: "The player of Spotify did not load. This is Spotify's small player instead.",
  device: "Spotify does not find the player of this page. This is Spotify's small player instead.",
  scope: "You have not allowed playing in this page. This is Spotify's small player instead.",
  paused: "Spotify lets this server rest for a while. Its small player works all the same.",
  away: "Spotify did not take the command. This is Spotify's small player instead.",
  link: "Neither player of Spotify works here. Open it in Spotify.",
  autoplay: "The browser wants one more press before there is sound.",
  gone: "The player of this page lost its connection to Spotify. Press play to connect again.",
  elsewhere: "Spotify plays on another device now. Press play to bring it back here.",
  signin: "The sign-in to Spotify has ended. Sign in again to play here.",
  playback: "Spotify could not play this one. Try another, or open it in Spotify.",
};

/** An answer of the server to the wish to play, and the reason it leads to. @type {Readonly<Record<string, keyof typeof REASONS>>} */
const EMBED_AFTER = {
  spotify_scope_missing: "scope",
  spotify_paused: "paused",
  spotify_owner_needs_premium: "away",
  spotify_not_on_list: "away",
  spotify_not_set_up: "away",
};
/** Asking again changes nothing. */
const NOT_RETRYABLE = new Set(["spotify_refused", "spotify_not_found"]);
const ALIVE = new Set(["starting", "playing", "paused", "blocked", "elsewhere"]);
/** A piece that stops this close to its end has been heard. */
const END_S = 1.5;

export class Playback {
  /** @type {Way} */
  way = "link";
  /** @type {Phase} */
  phase = "idle";
  /** @type {SpotifyItem | null} */
  item = null;
  /** Why it is played this way, or not. */
  words = "";
  /** @type {string | null} */
  deviceId = null;
  /** @type {PlaybackProgress} */
  progress = { paused: true, position_s: 0, duration_s: 0 };
  /** Set when the item came to its end. */
  finished = false;
  #mayEmbed = true;
  /** Why the player in the page is not tried again. @type {string | null} */
  #noSdk = null;
  #triedToken = false;
  #triedDevice = false;
  /** Silence was asked for before the sound began. */
  #silenced = false;
  /** The item has sounded. */
  #begun = false;

  get isPlaying() {
    return this.phase === "playing";
  }

  /** A press asked for sound that is not there yet. */
  get isPending() {
    return this.phase === "connecting" || this.phase === "starting";
  }

  get isOpen() {
    return this.item !== null;
  }

  /** @param {Press} press @returns {Command[]} */
  press({ item, mayStream, mayEmbed }) {
    const embedded = this.way === "embed" && this.item !== null;
    Object.assign(this, { item, words: "", finished: false });
    this.progress = { paused: true, position_s: 0, duration_s: item.duration_s ?? 0 };
    this.#mayEmbed = mayEmbed;
    this.#silenced = false;
    this.#triedDevice = false;
    this.#begun = false;
    if (mayStream && this.#noSdk === null) {
      return [...(embedded ? /** @type {Command[]} */ (["unembed"]) : []), ...this.#playInPage()];
    }
    return this.#embed(mayStream ? (this.#noSdk ?? "") : "");
  }

  /** @returns {Command[]} what the one button of the player asks for */
  toggle() {
    this.#silenced = this.isPending;
    if (this.isPlaying || this.#silenced) return this.#to("paused", "pause");
    if (this.phase === "paused" && this.way === "sdk" && !this.#begun) return this.#playInPage();
    if (this.phase === "paused") return ["resume"];
    if (this.phase === "blocked") return ["activate", "resume"];
    if (this.phase === "elsewhere") return this.#to("starting", "start");
    if ((this.phase === "gone" || this.phase === "failed") && this.way === "sdk")
      return this.#playInPage();
    return [];
  }

  /** Something else is heard or recorded. @returns {Command[]} */
  silence() {
    if (this.isPending) this.#silenced = true;
    if (this.phase !== "playing" && !this.#silenced) return [];
    return this.#to("paused", "pause");
  }

  /** @returns {Command[]} */
  close() {
    const commands = this.way === "embed" ? "unembed" : "pause";
    this.item = null;
    this.words = "";
    return this.#to("idle", commands);
  }

  /** @param {string} deviceId @returns {Command[]} */
  ready(deviceId) {
    this.deviceId = deviceId;
    if (this.way !== "sdk" || this.phase !== "connecting" || this.#silenced) return [];
    return this.#to("starting", "start");
  }

  /** @returns {Command[]} */
  notReady() {
    this.deviceId = null;
    if (this.way === "sdk" && ALIVE.has(this.phase)) this.#say("gone", "gone");
    return [];
  }

  /** @param {PlaybackProgress} progress @returns {Command[]} */
  stateChanged(progress) {
    if (this.item === null || this.phase === "signin") return [];
    const before = this.progress;
    this.progress = progress;
    if (!progress.paused && this.#silenced) {
      this.#begun = true;
      return ["pause"];
    }
    if (!progress.paused) {
      this.#triedToken = false;
      this.#begun = true;
      if (this.way === "sdk") this.words = "";
      return this.#to("playing");
    }
    // What stops first may be the piece before this one, which is yet to come.
    if (this.#begun || this.way === "embed") this.#silenced = false;
    if (this.phase === "starting" || this.phase === "blocked") return [];
    this.finished = this.isPlaying && endsAfter(before, progress);
    return this.phase === "playing" ? this.#to("paused") : [];
  }

  /** Spotify plays on another device. @returns {Command[]} */
  elsewhere() {
    if (this.way === "sdk" && (this.phase === "playing" || this.phase === "paused"))
      this.#say("elsewhere", "elsewhere");
    return [];
  }

  /** @returns {Command[]} */
  autoplayFailed() {
    if (this.item) this.#say("blocked", "autoplay");
    return [];
  }

  /** The sound does not come. @returns {Command[]} */
  late() {
    if (this.way !== "sdk") return [];
    if (this.phase === "starting") return this.autoplayFailed();
    return this.phase === "connecting" ? this.#fallBack("script") : [];
  }

  /** No Premium. @returns {Command[]} */
  accountError() {
    this.#noSdk = REASONS.account;
    return this.#fallBack("account");
  }

  /** No protected sound in this browser. @returns {Command[]} */
  initializationError() {
    this.#noSdk = REASONS.initialization;
    return this.#fallBack("initialization");
  }

  /** @returns {Command[]} */
  scriptFailed() {
    return this.#fallBack("script");
  }

  /** The token was refused: one new one, then the person signs in again. @returns {Command[]} */
  authenticationError() {
    if (this.#triedToken) return this.signedOut();
    this.#triedToken = true;
    this.deviceId = null;
    return this.#to("connecting", "reconnect");
  }

  /** @returns {Command[]} */
  signedOut() {
    this.deviceId = null;
    this.#triedToken = false;
    this.#say("signin", "signin");
    return ["disconnect"];
  }

  /** @returns {Command[]} */
  playbackError() {
    if (this.item) this.#say("failed", "playback");
    return [];
  }

  /** The server did not start it. @param {string} code @returns {Command[]} */
  refused(code) {
    if (code === "spotify_premium_required") return this.accountError();
    if (code === "spotify_sign_in_required") return this.signedOut();
    if (NOT_RETRYABLE.has(code)) return this.playbackError();
    if (code === "spotify_no_device" && !this.#triedDevice) {
      this.#triedDevice = true;
      this.deviceId = null;
      return this.#to("connecting", "reconnect");
    }
    if (code === "spotify_no_device") return this.#fallBack("device");
    return this.#fallBack(EMBED_AFTER[code] ?? "away");
  }

  /** @returns {Command[]} */
  embedFailed() {
    if (this.way !== "embed") return [];
    this.way = "link";
    this.#say("linked", "link");
    return ["unembed"];
  }

  /** @returns {Command[]} */
  #playInPage() {
    this.way = "sdk";
    this.words = "";
    return this.deviceId === null
      ? this.#to("connecting", "connect")
      : this.#to("starting", "start");
  }

  /** The small player takes over what the player in the page could not. @param {keyof typeof REASONS} reason @returns {Command[]} */
  #fallBack(reason) {
    this.deviceId = null;
    if (this.item === null || this.way !== "sdk") return ["disconnect"];
    return ["disconnect", ...this.#embed(REASONS[reason])];
  }

  /** @param {string} words @returns {Command[]} */
  #embed(words) {
    this.words = words;
    if (this.#mayEmbed) {
      this.way = "embed";
      return this.#to(this.#silenced ? "paused" : "starting", "embed");
    }
    this.way = "link";
    this.#say("linked", "link");
    return [];
  }

  /** @param {Phase} phase @param {Command[]} commands @returns {Command[]} */
  #to(phase, ...commands) {
    this.phase = phase;
    return commands;
  }

  /** @param {Phase} phase @param {keyof typeof REASONS} reason */
  #say(phase, reason) {
    this.phase = phase;
    this.words = REASONS[reason];
  }
}

/**
 * Spotify's player goes back to the beginning when a piece is over.
 * @param {PlaybackProgress} before
 * @param {PlaybackProgress} now
 */
function endsAfter(before, now) {
  const length_s = now.duration_s || before.duration_s;
  return length_s > 0 && Math.max(before.position_s, now.position_s) >= length_s - END_S;
}

// @ts-check
// What a failure of Spotify means for the person, in a sentence, and the step that leads on.

import { timeOfDay } from "../time-format.js";

/** `source` leads to music from elsewhere, `again` asks once more, `signin` and `setup` are addresses, `step` asks for a permission. @typedef {"source" | "again" | "signin" | "setup" | "step" | "none"} Next */
/** @typedef {{ words: string, next: Next, step: import("./api.js").Step | null }} SpotifyProblem */

/** @type {Readonly<Record<string, [string, Next]>>} */
const KNOWN = {
  spotify_not_set_up: ["Spotify is not set up on this server yet.", "setup"],
  spotify_setup_not_allowed: [
    "Spotify can be set up only on the computer that runs the server.",
    "none",
  ],
  spotify_sign_in_required: [
    "You are not signed in to Spotify, or the sign-in has ended.",
    "signin",
  ],
  spotify_sign_in_failed: [
    "The sign-in did not work: it was refused, took too long, or belongs to another browser.",
    "signin",
  ],
  spotify_owner_needs_premium: [
    "Spotify answers only while the owner of this server's Spotify app has Premium. Please tell them; after they renew it takes some hours.",
    "source",
  ],
  spotify_not_on_list: [
    "This Spotify account is not among the five people of this server's Spotify app. Ask its owner to add the e-mail address of your Spotify account under “User Management”.",
    "setup",
  ],
  spotify_premium_required: [
    "Whole songs in this page need Spotify Premium. Spotify's small player works without it.",
    "none",
  ],
  spotify_refused: ["Spotify does not allow that. Open it in Spotify instead.", "none"],
  spotify_no_device: ["Spotify found nothing to play on. Press play once more.", "again"],
  spotify_not_found: ["Spotify does not have this any more, or does not show it to apps.", "again"],
  spotify_curated_invalid: [
    "The list of the owner of this server cannot be read. Please tell them.",
    "source",
  ],
  spotify_unavailable: ["Spotify does not answer just now.", "again"],
};
/** The permission that brings a scope. @type {Readonly<Record<string, import("./api.js").Step>>} */
const STEP_OF_SCOPE = {
  streaming: "listen",
  "user-read-email": "listen",
  "user-read-private": "listen",
  "user-modify-playback-state": "listen",
  "user-read-playback-state": "listen",
  "user-top-read": "personal",
  "playlist-modify-private": "keep",
  "user-library-modify": "heart",
  "user-library-read": "heart",
  "playlist-modify-public": "follow",
};

/**
 * @param {unknown} error
 * @param {Date} now
 * @returns {SpotifyProblem}
 */
export function problemOf(error, now) {
  const { code, message, details } = facts(error);
  if (code === "spotify_paused") return paused(details.until ?? null, now);
  if (code === "spotify_scope_missing") {
    const steps = (details.scopes ?? []).map((scope) => STEP_OF_SCOPE[scope]).filter(Boolean);
    // Following needs what the heart needs, too, and asks for both.
    const step = steps.includes("follow") ? "follow" : (steps[0] ?? "listen");
    return { words: "You have not allowed this yet.", next: "step", step };
  }
  const [words, next] = KNOWN[code] ?? [message, "again"];
  return { words, next, step: null };
}

/**
 * @param {string | null} until ISO 8601
 * @param {Date} now
 * @returns {SpotifyProblem}
 */
export function paused(until, now) {
  const words = until
    ? `Spotify lets this server rest until ${timeOfDay(until, now)}. Other music goes on.`
    : "Spotify lets this server rest for a while. Other music goes on.";
  return { words, next: "source", step: null };
}

/** @param {unknown} error @returns {{ code: string, message: string, details: { until?: string, scopes?: string[] } }} */
function facts(error) {
  if (!error || typeof error !== "object" || !("code" in error))
    return {
      code: "",
      message: error instanceof Error ? error.message : String(error),
      details: {},
    };
  const message = "message" in error ? String(error.message) : "";
  const details = "details" in error && error.details ? error.details : {};
  return { code: String(error.code), message, details };
}

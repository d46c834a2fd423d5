// @ts-check
// Spotify in the settings: since when, until when, whether it rests, and the way out.

import { toast } from "../announce.js";
import { confirmed } from "../confirm.js";
import { button, element, find } from "../dom.js";
import { disconnect, getSpotify } from "../spotify/api.js";
import { timeOfDay } from "../time-format.js";

/** @typedef {import("../spotify/api.js").SpotifyState} SpotifyState */

/**
 * @param {HTMLElement} main
 * @param {import("../scope.js").Scope} scope
 * @param {import("../spotify/player.js").SpotifyPlayer} player
 * @param {() => void} onDisconnected
 * @returns {() => Promise<void>} shows anew how Spotify stands
 */
export function connectSpotifySettings(main, scope, player, onDisconnected) {
  const section = element(main, "[data-spotify-settings]");
  const load = () =>
    getSpotify().then(
      (state) => show(section, state, new Date()),
      () => {}, // the other settings stay usable
    );
  const leave = button(section, "[data-disconnect]");
  scope.listen(leave, "click", async () => {
    if (!(await confirmed(main, "spotify", scope))) return;
    leave.disabled = true;
    try {
      await disconnect();
      player.forget();
      onDisconnected();
      toast("Spotify is disconnected. What was kept for it is deleted.");
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error));
    }
    leave.disabled = false;
    await load();
    if (leave.hidden) element(section, "#spotify").focus(); // the button is gone
  });
  void load();
  return load;
}

/** @param {HTMLElement} section @param {SpotifyState} state @param {Date} now */
function show(section, state, now) {
  section.hidden = false;
  element(section, "[data-spotify-words]").textContent = words(state);
  element(section, "[data-spotify-ends]").hidden = !(state.signed_in && state.ends_soon);
  const paused = element(section, "[data-spotify-paused]");
  paused.hidden = !state.paused_until;
  paused.textContent = state.paused_until
    ? `Spotify lets this server rest until ${timeOfDay(state.paused_until, now)}. ${state.pause_reason ?? ""}`.trim()
    : "";
  element(section, "[data-spotify-privacy]").hidden = state.signed_in || !state.set_up;
  const link = find(section, "[data-spotify-in]", HTMLAnchorElement);
  link.hidden = !state.set_up || (state.signed_in && !state.ends_soon);
  link.textContent = state.signed_in ? "Sign in again" : "Sign in with Spotify";
  button(section, "[data-disconnect]").hidden = !state.signed_in;
}

/** @param {SpotifyState} state */
function words({ set_up, signed_in, ends_at }) {
  if (!set_up) return "Spotify is not set up on this server.";
  if (!signed_in || !ends_at)
    return signed_in ? "You are signed in to Spotify." : "You are not signed in to Spotify.";
  const ends = new Date(ends_at);
  const since = sixMonthsBefore(ends);
  return `You have been signed in to Spotify since ${day(since)}. The sign-in ends on ${day(ends)}.`;
}

/** A sign-in lasts six months. @param {Date} ends */
function sixMonthsBefore(ends) {
  const since = new Date(ends);
  since.setUTCDate(1);
  since.setUTCMonth(since.getUTCMonth() - 6);
  const last = new Date(Date.UTC(since.getUTCFullYear(), since.getUTCMonth() + 1, 0)).getUTCDate();
  since.setUTCDate(Math.min(ends.getUTCDate(), last));
  return since;
}

/** @param {Date} date */
function day(date) {
  return date.toLocaleDateString([], { day: "numeric", month: "long", year: "numeric" });
}

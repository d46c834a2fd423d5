// @ts-check
// The part of the HTTP API that is about Spotify (docs/http-api.md, "Spotify").

import { call } from "../api.js";

/** @typedef {import("../emotions.js").Emotion} Emotion */
/** @typedef {import("../emotions.js").Goal} Goal */
/** @typedef {"playlist" | "track" | "show" | "episode"} Kind */
/** @typedef {"listen" | "personal" | "keep" | "heart" | "follow"} Step */
/**
 * @typedef {{ uri: string, id: string, kind: Kind, name: string, by: string[], parent: string | null, description: string,
 *   duration_s: number | null, size: number | null, explicit: boolean, languages: string[],
 *   cover: { url: string, width_px: number | null, height_px: number | null } | null, link: string, reason: string }} SpotifyItem
 */
/**
 * @typedef {{ set_up: boolean, client_id: string | null, editable: boolean, redirect_uri: string | null, problem: string | null,
 *   signed_in: boolean, scopes: string[], steps: Record<Step, boolean>, ends_at: string | null, ends_soon: boolean,
 *   paused_until: string | null, pause_reason: string | null, searches_left: number, curated: number, stand_in: boolean,
 *   sdk_script: string, embed_script: string, embed: string }} SpotifyState
 */
/** @typedef {{ goal: Goal, emotion: Emotion, message: string, recipe: string, asked_at: string, personal: boolean, tabs: Record<Kind, SpotifyItem[]> }} SpotifyRecommendations */

/** The order of the tabs. @type {readonly Kind[]} */
export const KINDS = ["playlist", "track", "show", "episode"];
/** The server takes no more of them at once (docs/http-api.md). */
const MOST_URIS = 40;

/** @returns {Promise<SpotifyState>} */
export const getSpotify = () => call("GET", "/spotify");

/** @param {string} clientId @returns {Promise<SpotifyState>} */
export const setClient = (clientId) => call("PUT", "/spotify/client", { client_id: clientId });

/** @returns {Promise<SpotifyState>} */
export const forgetClient = () => call("DELETE", "/spotify/client");

/** @returns {Promise<null>} */
export const disconnect = () => call("DELETE", "/spotify");

/** @returns {Promise<string>} what Spotify's player in the page asks for again and again */
export const getToken = () => call("GET", "/spotify/token").then((answer) => answer.access_token);

/** @param {string} emotion @returns {Promise<SpotifyItem[]>} */
export const getCurated = (emotion) =>
  call("GET", `/spotify/curated?emotion=${encodeURIComponent(emotion)}`).then(
    (answer) => answer.items,
  );

/** @param {Record<string, unknown>} wish @returns {Promise<SpotifyRecommendations>} */
export const recommendFromSpotify = (wish) => call("POST", "/spotify/recommendations", wish);

/** @param {string} deviceId @param {string} uri @returns {Promise<null>} */
export const startPlaying = (deviceId, uri) =>
  call("POST", "/spotify/play", { device_id: deviceId, uri });

/** @param {string} uri @param {boolean} wanted @returns {Promise<null>} */
export const keepInLibrary = (uri, wanted) =>
  call(wanted ? "PUT" : "DELETE", "/spotify/library", { uri });

/** @param {readonly string[]} uris @returns {Promise<Record<string, boolean>>} */
export const inLibrary = (uris) =>
  call(
    "GET",
    `/spotify/library?uris=${uris.slice(0, MOST_URIS).map(encodeURIComponent).join(",")}`,
  ).then((answer) => answer.saved);

/** @param {string} name @param {readonly string[]} uris @returns {Promise<{ uri: string, link: string }>} */
export const makePlaylist = (name, uris) => call("POST", "/spotify/playlists", { name, uris });

/** @param {{ uri: string, event: string, position_s: number, reading_id: string | null }} play @returns {Promise<unknown>} */
export const reportSpotifyPlay = (play) => call("POST", "/spotify/plays", play);

/** The page that sends the browser to Spotify. @param {Step} step @param {string} back */
export const signInAddress = (step, back) =>
  `/auth/spotify?step=${step}&back=${encodeURIComponent(back)}`;

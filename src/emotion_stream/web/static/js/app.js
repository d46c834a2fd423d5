// @ts-check
// Starts the page: the player that outlives every page, and the page that is open.

import { element } from "./dom.js";
import { blockFileDrop } from "./pages/block-drop.js";
import { connectNavigation, dropSignInQuery, markCurrent } from "./pages/navigation.js";
import { recordingPage } from "./pages/recording.js";
import { settingsPage } from "./pages/settings.js";
import { spotifySetupPage } from "./pages/spotify-setup.js";
import { PlayerBar } from "./player/player-bar.js";
import { emptyMemory } from "./recording/page-state.js";
import { saveBeforeSignIn } from "./recording/session-storage.js";
import { Scope } from "./scope.js";
import { SpotifyPlayer } from "./spotify/player.js";

dropSignInQuery();

const forEver = new Scope();
const bar = new PlayerBar(element(document, "[data-player]"), forEver);
const spotify = new SpotifyPlayer(element(document, "[data-spotify-player]"), bar, forEver);
const memory = emptyMemory();
let scope = new Scope();

/**
 * @param {HTMLElement} main
 * @param {boolean} arrived from another page
 * @param {boolean} fresh from this very page
 */
function mount(main, arrived, fresh) {
  scope.dispose();
  scope = new Scope();
  const page = { bar, spotify, memory, scope, arrived, fresh };
  if (main.dataset.page === "index") recordingPage(main, page);
  if (main.dataset.page === "settings") settingsPage(main, page);
  if (main.dataset.page === "spotify") spotifySetupPage(main, page);
}

saveBeforeSignIn(memory, forEver);
connectNavigation(mount, forEver);
blockFileDrop(forEver);
markCurrent();
mount(element(document, "main"), false, false);
document.documentElement.dataset.ready = "true";

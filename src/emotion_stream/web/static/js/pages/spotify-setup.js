// @ts-check
// Setting Spotify up: the redirect address to copy, the client id to enter.

import { announce, toast } from "../announce.js";
import { button, element, find } from "../dom.js";
import { forgetClient, getSpotify, setClient } from "../spotify/api.js";

/** @typedef {import("../spotify/api.js").SpotifyState} SpotifyState */

/**
 * @param {HTMLElement} main
 * @param {{ scope: import("../scope.js").Scope, spotify: import("../spotify/player.js").SpotifyPlayer }} page
 */
export function spotifySetupPage(main, { scope, spotify }) {
  const field = find(main, "[data-client]", HTMLInputElement);
  const words = element(main, "[data-client-words]");
  const say = (/** @type {string} */ sentence) => {
    words.textContent = sentence;
    announce(sentence);
  };
  const store = async (
    /** @type {() => Promise<SpotifyState>} */ change,
    /** @type {string} */ done,
  ) => {
    const controls = [button(main, "[data-use-client]"), button(main, "[data-forget-client]")];
    for (const control of controls) control.disabled = true;
    try {
      show(main, await change());
      say(done);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
    for (const control of controls) control.disabled = false;
    if (document.activeElement === document.body) field.focus();
  };
  scope.listen(element(main, "[data-client-form]"), "submit", (event) => {
    event.preventDefault();
    void store(
      () => setClient(field.value.trim()),
      "Spotify is set up. You find it among the sources of music under a result.",
    );
  });
  scope.listen(button(main, "[data-forget-client]"), "click", () => {
    spotify.forget();
    void store(forgetClient, "The client id is forgotten, and every sign-in with it.");
  });
  scope.listen(button(main, "[data-copy]"), "click", () => void copyAddress(main));
  getSpotify().then(
    (state) => show(main, state),
    (error) => say(error instanceof Error ? error.message : String(error)),
  );
}

/** @param {HTMLElement} main */
async function copyAddress(main) {
  const address = element(main, "[data-redirect]");
  try {
    await navigator.clipboard.writeText(address.textContent ?? "");
    toast("The address is copied.");
  } catch {
    window.getSelection()?.selectAllChildren(address);
    toast("This browser does not copy here. The address is selected.");
  }
}

/** @param {HTMLElement} main @param {SpotifyState} state */
function show(main, state) {
  const problem = element(main, "[data-setup-problem]");
  problem.textContent = state.problem ?? "";
  problem.hidden = !state.problem;
  element(main, "[data-redirect]").textContent = state.redirect_uri ?? "not known yet";
  button(main, "[data-copy]").hidden = !state.redirect_uri;
  element(main, "[data-set-up]").textContent = state.set_up
    ? "Spotify is set up on this server."
    : "Spotify is not set up on this server yet.";
  const field = find(main, "[data-client]", HTMLInputElement);
  field.value = state.client_id ?? "";
  field.readOnly = !state.editable;
  button(main, "[data-use-client]").hidden = !state.editable;
  button(main, "[data-forget-client]").hidden = !(state.editable && state.set_up);
  element(main, "[data-client-fixed]").hidden = state.editable;
  element(main, "[data-try]").hidden = !state.set_up;
}

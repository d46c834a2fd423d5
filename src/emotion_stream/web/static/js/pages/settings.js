// @ts-check
// Settings: the music folder, what is kept, the colours, the keys.

import { find } from "../dom.js";
import { preference, remember } from "../preferences.js";
import { clearMemory } from "../recording/page-state.js";
import { MusicFolder } from "./music-folder.js";
import { connectPrivacySettings } from "./privacy-settings.js";
import { connectSpotifySettings } from "./spotify-settings.js";

/** @typedef {import("../scope.js").Scope} Scope */

/**
 * @param {HTMLElement} main
 * @param {{ bar: import("../player/player-bar.js").PlayerBar, spotify: import("../spotify/player.js").SpotifyPlayer, memory: import("../recording/page-state.js").Memory, scope: Scope }} page
 */
export function settingsPage(main, { bar, spotify, memory, scope }) {
  new MusicFolder(main, scope);
  let showKept = () => {};
  const showSpotify = connectSpotifySettings(main, scope, spotify, () => showKept());
  const onForgotten = () => {
    bar.stop();
    spotify.forget();
    clearMemory(memory);
    void showSpotify();
  };
  const onHistoryEnded = () => {
    const { result } = memory;
    if (result?.reading) result.reading = { ...result.reading, id: null };
  };
  showKept = connectPrivacySettings(main, scope, onForgotten, onHistoryEnded);
  connectChoices(main, scope);
}

/**
 * @param {HTMLElement} main
 * @param {Scope} scope
 */
function connectChoices(main, scope) {
  for (const choice of main.querySelectorAll("[name=theme]")) {
    if (!(choice instanceof HTMLInputElement)) continue;
    choice.checked = choice.value === preference("theme", "system");
    scope.listen(choice, "change", () => {
      remember("theme", choice.value);
      if (choice.value === "system") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = choice.value;
    });
  }
  const keys = find(main, "[data-shortcuts]", HTMLInputElement);
  keys.checked = preference("shortcuts", "on") === "on";
  scope.listen(keys, "change", () => remember("shortcuts", keys.checked ? "on" : "off"));
}

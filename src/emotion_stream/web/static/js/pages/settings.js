// @ts-check
// Settings: the music folder, what is kept, the colours, the keys.

import { announce } from "../announce.js";
import { forgetFolder, getLibrary, scanFolder, setFolder } from "../api.js";
import { button, find, fromTemplate, part } from "../find.js";
import { forgetAll } from "../flow/visit.js";
import { preference, remember } from "../preferences.js";
import { connectConsents } from "./consents.js";

/** @typedef {import("../scope.js").Scope} Scope */
/** @typedef {import("../api.js").Library} Library */

const POLL_MS = 1000;

/**
 * @param {HTMLElement} main
 * @param {{ bar: import("../player/player-bar.js").PlayerBar, memory: import("../flow/visit.js").Memory, scope: Scope }} page
 */
export function settingsPage(main, { bar, memory, scope }) {
  connectMusic(main, scope);
  const onForgotten = () => {
    bar.player.stop();
    forgetAll(memory);
  };
  const onHistoryEnded = () => {
    const { result } = memory;
    if (result?.reading) result.reading = { ...result.reading, id: null };
  };
  connectConsents(main, scope, onForgotten, onHistoryEnded);
  connectChoices(main, scope);
}

/**
 * @param {HTMLElement} main
 * @param {Scope} scope
 */
function connectMusic(main, scope) {
  const path = find(main, "[data-folder]", HTMLInputElement);
  const words = part(main, "[data-folder-words]");
  let cancelPoll = () => {};
  const show = (/** @type {Library} */ library) => {
    showLibrary(main, library);
    cancelPoll();
    const scanning = library.providers.some((each) => each.state === "scanning");
    if (scanning) cancelPoll = scope.after(() => attempt(getLibrary), POLL_MS);
  };
  const attempt = async (/** @type {() => Promise<Library>} */ work, done = "") => {
    words.textContent = "";
    try {
      const library = await work();
      if (!scope.disposed) show(library);
      if (done) announce(done);
    } catch (error) {
      words.textContent = error instanceof Error ? error.message : String(error);
      announce(words.textContent);
    }
  };
  scope.listen(find(main, "[data-folder-form]", HTMLFormElement), "submit", (event) => {
    event.preventDefault();
    void attempt(() => setFolder(path.value.trim()), "Looking through the folder.");
  });
  scope.listen(button(main, "[data-scan]"), "click", () =>
    attempt(scanFolder, "Looking for changes."),
  );
  scope.listen(button(main, "[data-forget-folder]"), "click", () =>
    attempt(forgetFolder, "The folder is forgotten. Nothing in it was touched."),
  );
  void attempt(getLibrary);
}

/**
 * @param {HTMLElement} main
 * @param {Library} library
 */
function showLibrary(main, { providers, folder, folder_editable }) {
  const rows = providers.map((provider) => {
    const row = fromTemplate(main, "provider");
    part(row, "[data-name]").textContent = provider.name;
    part(row, "[data-message]").textContent = provider.message;
    const bar = find(row, "progress", HTMLProgressElement);
    bar.hidden = provider.state !== "scanning";
    bar.max = Math.max(1, provider.total);
    bar.value = provider.done;
    bar.setAttribute(
      "aria-label",
      `${provider.name}: ${provider.done} of ${provider.total} files looked at`,
    );
    return row;
  });
  part(main, "[data-providers]").replaceChildren(...rows);
  const path = find(main, "[data-folder]", HTMLInputElement);
  if (document.activeElement !== path) path.value = folder ?? "";
  path.disabled = !folder_editable;
  button(main, "[data-use-folder]").hidden = !folder_editable;
  button(main, "[data-scan]").hidden = !folder;
  button(main, "[data-forget-folder]").hidden = !folder || !folder_editable;
  part(main, "[data-folder-fixed]").hidden = folder_editable;
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

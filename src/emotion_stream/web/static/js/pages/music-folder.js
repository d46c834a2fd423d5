// @ts-check
// The folder of the person's own music, and how far the server is in looking through it.

import { announce } from "../announce.js";
import { forgetFolder, getLibrary, scanFolder, setFolder } from "../api.js";
import { button, element, find, fromTemplate } from "../dom.js";

/** @typedef {import("../api.js").Library} Library */

const POLL_MS = 1000;

export class MusicFolder {
  /** Of the newest question; the answer to an older one is not shown. */
  #latestRequest = 0;
  /** The folder the server has, as far as this page knows. */
  #known = "";
  #loaded = false;
  #cancelPoll = () => {};

  /**
   * @param {HTMLElement} main
   * @param {import("../scope.js").Scope} scope
   */
  constructor(main, scope) {
    this.main = main;
    this.scope = scope;
    this.path = find(main, "[data-folder]", HTMLInputElement);
    this.words = element(main, "[data-folder-words]");
    scope.listen(find(main, "[data-folder-form]", HTMLFormElement), "submit", (event) => {
      event.preventDefault();
      const wanted = this.path.value.trim();
      void this.#ask(() => this.#settle(setFolder(wanted)), "Looking through the folder.");
    });
    scope.listen(button(main, "[data-scan]"), "click", () =>
      this.#ask(scanFolder, "Looking for changes."),
    );
    scope.listen(button(main, "[data-forget-folder]"), "click", async () => {
      const done = "The folder is forgotten. Nothing in it was touched.";
      await this.#ask(() => this.#settle(forgetFolder()), done);
      if (button(main, "[data-forget-folder]").hidden) this.path.focus();
    });
    void this.#ask(getLibrary);
  }

  /** What is typed is settled: the field shows the answer. @param {Promise<Library>} work */
  async #settle(work) {
    const library = await work;
    this.#known = this.path.value;
    return library;
  }

  /**
   * @param {() => Promise<Library>} work
   * @param {string} [done] what to say when it is
   */
  async #ask(work, done = "") {
    const request = ++this.#latestRequest;
    this.#cancelPoll();
    this.words.textContent = "";
    try {
      const library = await work();
      if (request !== this.#latestRequest) return;
      this.#show(library);
      announce(done);
    } catch (error) {
      if (request !== this.#latestRequest) return;
      this.words.textContent = error instanceof Error ? error.message : String(error);
      this.#pollLater();
    }
  }

  /** How the scan goes on. Its failures are nobody's question, so nothing is said of them. */
  async #poll() {
    const request = this.#latestRequest;
    const library = await getLibrary().catch(() => null);
    if (request !== this.#latestRequest) return;
    if (library) this.#show(library);
    else this.#pollLater();
  }

  #pollLater() {
    this.#cancelPoll = this.scope.after(() => void this.#poll(), POLL_MS);
  }

  /** @param {Library} library */
  #show(library) {
    if (this.scope.disposed) return;
    if (!this.#loaded) this.words.textContent = ""; // the server is there after all
    this.#loaded = true;
    const typed = this.path.value !== this.#known;
    this.#known = library.folder ?? "";
    if (!typed) this.path.value = this.#known;
    showLibrary(this.main, library);
    if (library.providers.some((each) => each.state === "scanning")) this.#pollLater();
  }
}

/**
 * @param {HTMLElement} main
 * @param {Library} library
 */
function showLibrary(main, { providers, folder, folder_editable }) {
  const rows = providers.map((provider) => {
    const row = fromTemplate(main, "provider");
    element(row, "[data-name]").textContent = provider.name;
    element(row, "[data-message]").textContent = provider.message;
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
  element(main, "[data-providers]").replaceChildren(...rows);
  find(main, "[data-folder]", HTMLInputElement).disabled = !folder_editable;
  button(main, "[data-use-folder]").hidden = !folder_editable;
  button(main, "[data-scan]").hidden = !folder;
  button(main, "[data-forget-folder]").hidden = !folder || !folder_editable;
  element(main, "[data-folder-fixed]").hidden = folder_editable;
}

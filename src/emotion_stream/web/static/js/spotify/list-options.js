// @ts-check
// Around a list from Spotify: languages, the person's artists, saving it, and the question before a new permission.

import { toast } from "../announce.js";
import { button, element, find } from "../dom.js";
import { preference, remember } from "../preferences.js";
import { makePlaylist, signInAddress } from "./api.js";
import { problemOf } from "./problems.js";

/** @typedef {import("./api.js").Step} Step */
/** @typedef {import("./api.js").SpotifyState} SpotifyState */

const KEEP = "Save the tracks as a private playlist";
/** The server takes no more of them at once (docs/http-api.md). */
const MOST_SAVED = 100;

/** What each permission is for, said before Spotify asks. @type {Readonly<Record<Step, { heading: string, reason: string }>>} */
const STEP_TEXTS = {
  listen: {
    heading: "Play in this page?",
    reason:
      "Spotify's player needs to know that it is you and that you have Premium, and for that asks for your name and e-mail address. This page reads neither.",
  },
  personal: {
    heading: "Use your top artists?",
    reason:
      "The list of artists you hear most puts them first where they fit. It is asked for with each list, used for it, and not kept.",
  },
  keep: {
    heading: "Save a playlist?",
    reason:
      "Saving these tracks makes one private playlist in your Spotify account. Nothing else is changed.",
  },
  heart: {
    heading: "Change your library?",
    reason:
      "The heart adds a piece to your Spotify library or takes it out, and shows what is there already. Nothing is done without a press.",
  },
  follow: {
    heading: "Follow playlists?",
    reason:
      "Following adds a playlist to your library. Spotify calls this permission “manage your public playlists”; no playlist of yours is changed.",
  },
};

export class ListOptions {
  /** @type {SpotifyState | null} */
  #state = null;
  /** The permission the person went to Spotify for. @type {Step | null} */
  #wanted = null;
  /** What the dialog asks about. @type {Step | null} */
  #asking = null;
  /** Called before the browser goes to Spotify for a permission. */
  onLeave = (/** @type {Step} */ _step) => {};
  /** @type {{ name: string, uris: string[] }} */
  #playlist = { name: "", uris: [] };

  /**
   * @param {HTMLElement} root
   * @param {import("../scope.js").Scope} scope
   * @param {() => void} onChange another list is wanted
   */
  constructor(root, scope, onChange) {
    this.root = root;
    this.personalTick = find(root, "[data-personal]", HTMLInputElement);
    this.keep = button(root, "[data-keep]");
    this.dialog = find(root, "[data-step]", HTMLDialogElement);
    for (const box of this.#boxes()) {
      scope.listen(box, "change", () => {
        remember("spotify-languages", this.languages.join(" "));
        this.#sayLanguages();
        onChange();
      });
    }
    const chosen = preference("spotify-languages", "en").split(" ");
    for (const box of this.#boxes()) box.checked = chosen.includes(box.value);
    this.#sayLanguages();
    scope.listen(this.personalTick, "change", () => {
      if (this.#state?.steps.personal) return onChange();
      this.personalTick.checked = false;
      this.ask("personal");
    });
    scope.listen(element(this.dialog, "[data-step-go]"), "click", () => {
      if (this.#asking) this.onLeave(this.#asking);
    });
    scope.listen(this.keep, "click", () => void this.#save());
    scope.own(() => this.dialog.open && this.dialog.close());
  }

  /** @returns {string[]} */
  get languages() {
    return this.#boxes()
      .filter((box) => box.checked)
      .map((box) => box.value);
  }

  get personal() {
    return this.personalTick.checked && Boolean(this.#state?.steps.personal);
  }

  /** @param {SpotifyState} state */
  show(state) {
    if (this.#wanted === "personal") this.personalTick.checked = true;
    if (!state.steps.personal) this.personalTick.checked = false;
    this.#wanted = null;
    this.#state = state;
  }

  /** What was ticked before the permission was there is ticked now. @param {Step | null} step */
  restore(step) {
    this.#wanted = step;
  }

  /**
   * @param {string} name of the playlist it would become
   * @param {readonly string[]} uris
   */
  setPlaylist(name, uris) {
    this.#playlist = { name, uris: uris.slice(0, MOST_SAVED) };
    this.keep.hidden = uris.length === 0;
    this.#mayKeep(true, KEEP);
  }

  /** Says what a permission is for, before Spotify asks for it. @param {Step} step */
  ask(step) {
    this.#asking = step;
    const { heading, reason } = STEP_TEXTS[step];
    element(this.dialog, "[data-step-heading]").textContent = heading;
    element(this.dialog, "[data-step-reason]").textContent = reason;
    find(this.dialog, "[data-step-go]", HTMLAnchorElement).href = signInAddress(step, "/");
    this.dialog.showModal();
  }

  async #save() {
    if (!this.#state?.steps.keep) return this.ask("keep");
    if (this.keep.getAttribute("aria-disabled") === "true") return;
    this.#mayKeep(false, KEEP);
    const kept = this.#playlist;
    try {
      const made = await makePlaylist(kept.name, kept.uris);
      const words = `“${kept.name}” is in your Spotify, for you alone. `;
      toast(words);
      if (kept !== this.#playlist) return;
      element(this.root, "[data-kept-words]").textContent = words;
      find(this.root, "[data-kept-link]", HTMLAnchorElement).href = made.link;
      element(this.root, "[data-kept]").hidden = false;
      this.#mayKeep(false, "Saved as a private playlist");
    } catch (error) {
      const problem = problemOf(error, new Date());
      if (problem.step) this.ask(problem.step);
      else toast(problem.words);
      if (kept === this.#playlist) this.#mayKeep(true, KEEP);
    }
  }

  /** A list is saved once. @param {boolean} may @param {string} words */
  #mayKeep(may, words) {
    this.keep.setAttribute("aria-disabled", String(!may));
    this.keep.textContent = words;
  }

  #boxes() {
    return /** @type {HTMLInputElement[]} */ ([
      ...this.root.querySelectorAll("input[name=language]"),
    ]);
  }

  #sayLanguages() {
    const named = this.#boxes()
      .filter((box) => box.checked)
      .map((box) => box.parentElement?.textContent?.trim() ?? box.value);
    element(this.root, "[data-languages]").textContent = named.length
      ? `Languages: ${named.join(", ")}`
      : "Languages: any";
  }
}

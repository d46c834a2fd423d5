// @ts-check
// Spotify among the sources: signing in, the owner's own list, and what fits, in four tabs. Nothing but Spotify is in it.

import { announce } from "../announce.js";
import { button, element, find } from "../dom.js";
import { ADJECTIVES, capitalised } from "../emotions.js";
import { getCurated, getSpotify, KINDS, recommendFromSpotify, signInAddress } from "./api.js";
import { SpotifyItemRows } from "./item-rows.js";
import { KindTabs } from "./kind-tabs.js";
import { ListOptions } from "./list-options.js";
import { paused, problemOf } from "./problems.js";

/** @typedef {import("./api.js").SpotifyState} SpotifyState */
/** @typedef {import("./api.js").SpotifyRecommendations} SpotifyRecommendations */
/** @typedef {import("./api.js").SpotifyItem} SpotifyItem */
/** @typedef {import("../result/music-list.js").Basis} Basis */
/** @typedef {{ onGoal: (goal: string) => void, onOtherSource: () => void }} PanelEvents */

/** An answer that takes longer is waited for with words. */
const SLOW_MS = 500;
const HOME = "https://open.spotify.com";

export class SpotifyPanel {
  /** @type {Basis} */
  #basis = { reading: null, chosen: null };
  /** @type {string | null} */
  #goal = null;
  /** An answer to an older request, or one that comes after the person has gone on, is dropped. */
  #latestRequest = 0;
  /** @type {SpotifyState | null} */
  #state = null;

  /**
   * @param {import("../recording/page-state.js").PageState} page
   * @param {HTMLElement} section
   * @param {import("../scope.js").Scope} scope
   * @param {PanelEvents} events
   */
  constructor(page, section, scope, events) {
    this.root = element(section, "[data-spotify]");
    this.events = events;
    this.scope = scope;
    this.asking = element(this.root, "[data-asking]");
    this.heading = element(this.root, "#spotify-heading");
    this.message = element(this.root, "[data-offer-message]");
    this.options = new ListOptions(this.root, scope, () => void this.#ask(false));
    this.tabs = new KindTabs(element(this.root, "[data-tabs]"), scope);
    this.rows = new SpotifyItemRows(section, page.spotify, scope, {
      readingId: () => this.#basis.reading?.id ?? null,
      onStep: (step) => this.options.ask(step),
    });
    this.options.onLeave = (step) => {
      const { music } = page.memory;
      if (music) page.memory.music = { ...music, kind: this.tabs.kind, step };
    };
    this.more = button(this.root, "[data-more]");
    find(this.root, "[data-home]", HTMLAnchorElement).href = HOME;
    find(this.root, "[data-sign-in]", HTMLAnchorElement).href = signInAddress("listen", "/");
    scope.listen(this.more, "click", () => void this.#ask(true));
    scope.listen(button(this.root, "[data-again]"), "click", () => void this.#ask(false));
    scope.listen(button(this.root, "[data-other-source]"), "click", () => events.onOtherSource());
  }

  /**
   * @param {Basis} basis
   * @param {string | null} goal null for the one that fits
   */
  show(basis, goal) {
    this.#basis = basis;
    this.#goal = goal;
    this.root.hidden = false;
    void this.#ask(false);
  }

  /** The person is back from Spotify. @param {import("../recording/page-state.js").MusicChoice} wanted */
  restore({ kind, step }) {
    if (kind) this.tabs.select(kind);
    this.options.restore(step ?? null);
  }

  /** News of a list that nobody looks at any more is not told. */
  leave() {
    this.#latestRequest += 1;
  }

  hide() {
    this.leave();
    this.root.hidden = true;
  }

  /** @param {boolean} another */
  async #ask(another) {
    const request = ++this.#latestRequest;
    this.#state = null;
    this.root.setAttribute("aria-busy", "true");
    const answered = this.scope.after(() => this.#sayAsking(request), SLOW_MS);
    try {
      const state = await getSpotify();
      if (request !== this.#latestRequest) return;
      this.#state = state;
      this.#showState(state);
      if (state.signed_in && !state.paused_until)
        await this.#showRecommendations(state, another, request);
      else await this.#showCurated(state, request);
    } catch (error) {
      if (request !== this.#latestRequest) return;
      this.#showProblem(problemOf(error, new Date()));
      await this.#showCuratedInstead(request);
    }
    answered();
    if (request !== this.#latestRequest) return;
    this.asking.hidden = true;
    this.root.removeAttribute("aria-busy");
    if (another) this.#lookAtList();
  }

  /** @param {number} request */
  #sayAsking(request) {
    if (request !== this.#latestRequest) return;
    this.asking.hidden = false;
    announce(this.asking.textContent ?? "");
  }

  /** @param {SpotifyState} state */
  #showState(state) {
    this.options.show(state);
    element(this.root, "[data-problem]").hidden = true;
    element(this.root, "[data-card]").hidden = state.signed_in || !state.set_up;
    element(this.root, "[data-stand-in]").hidden = !state.stand_in;
    element(this.root, "[data-ends-soon]").hidden = !(state.signed_in && state.ends_soon);
    if (state.paused_until) this.#showProblem(paused(state.paused_until, new Date()));
  }

  /**
   * @param {SpotifyState} state
   * @param {boolean} another
   * @param {number} request
   */
  async #showRecommendations(state, another, request) {
    const { reading, chosen } = this.#basis;
    const recommendations = await recommendFromSpotify({
      ...(chosen ? { emotion: chosen } : { scores: reading?.scores }),
      ...(this.#goal ? { goal: this.#goal } : {}),
      languages: this.options.languages,
      personal: this.options.personal,
      another,
    });
    if (request !== this.#latestRequest) return;
    this.events.onGoal(recommendations.goal);
    this.#showTabs(recommendations, state);
    this.#say(recommendations.message);
  }

  /** @param {SpotifyRecommendations} recommendations @param {SpotifyState} state */
  #showTabs(recommendations, state) {
    this.rows.clear();
    const counts = Object.fromEntries(
      KINDS.map((kind) => [kind, recommendations.tabs[kind].length]),
    );
    for (const kind of KINDS) {
      const panel = this.tabs.panel(kind);
      this.rows.fill(element(panel, "ol"), recommendations.tabs[kind], state);
      element(panel, "[data-empty]").hidden = counts[kind] > 0;
    }
    this.tabs.count(/** @type {Record<import("./api.js").Kind, number>} */ (counts));
    const name = `${capitalised(ADJECTIVES[recommendations.emotion])}: ${recommendations.recipe}`;
    this.options.setPlaylist(
      name,
      recommendations.tabs.track.map((track) => track.uri),
    );
    element(this.root, "[data-kept]").hidden = true;
    element(this.root, "[data-recipe]").textContent =
      `Searched for “${recommendations.recipe}”${recommendations.personal ? ", with your top artists first" : ""}. A list from Spotify has no way on the map: its pieces carry no mood that could be measured.`;
    this.#showParts(true, false);
    void this.rows.markSaved();
  }

  /**
   * The owner's own list needs no sign-in.
   * @param {SpotifyState} state
   * @param {number} request
   */
  async #showCurated(state, request) {
    const items = state.curated > 0 ? await getCurated(this.#emotion()) : [];
    if (request !== this.#latestRequest) return;
    this.rows.clear();
    this.rows.fill(element(this.root, "[data-curated-items]"), items, state);
    this.#showParts(false, items.length > 0);
    if (!element(this.root, "[data-problem]").hidden) return;
    this.#say(items.length ? "Chosen by whoever runs this server." : "");
  }

  /** Where Spotify fails, its small player still works. @param {number} request */
  async #showCuratedInstead(request) {
    const state = this.#state;
    if (state) await this.#showCurated(state, request).catch(() => {});
  }

  /** @param {boolean} recommendations @param {boolean} curated */
  #showParts(recommendations, curated) {
    element(this.root, "[data-offer]").hidden = !recommendations;
    element(this.root, "[data-curated]").hidden = !curated;
  }

  #emotion() {
    const { reading, chosen } = this.#basis;
    return chosen ?? reading?.emotion ?? reading?.likely[0] ?? "neutral";
  }

  /** @param {string} words */
  #say(words) {
    this.message.textContent = words;
    this.message.hidden = !words;
    announce(words);
  }

  /** @param {import("./problems.js").SpotifyProblem} problem */
  #showProblem({ words, next, step }) {
    const box = element(this.root, "[data-problem]");
    box.hidden = false;
    element(box, "[data-problem-words]").textContent = words;
    const link = find(box, "[data-problem-link]", HTMLAnchorElement);
    link.hidden = !["signin", "setup", "step"].includes(next);
    link.textContent =
      next === "setup" ? "How Spotify is set up" : next === "step" ? "Allow it" : "Sign in again";
    link.href = next === "setup" ? "/spotify" : signInAddress(step ?? "listen", "/");
    button(box, "[data-again]").hidden = next !== "again";
    this.#say("");
    this.#showParts(false, false);
    announce(words);
  }

  /** The new list is read from its heading, unless the person has gone on meanwhile. */
  #lookAtList() {
    const { activeElement } = document;
    if (activeElement !== document.body && activeElement !== this.more) return;
    this.heading.focus({ preventScroll: true });
    this.heading.scrollIntoView({ block: "start" });
  }
}

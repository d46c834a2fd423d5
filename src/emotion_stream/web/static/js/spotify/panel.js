// @ts-check
// Spotify among the sources: signing in, the owner's own list, and what fits, in four tabs. Nothing but Spotify is in it.

import { announce } from "../announce.js";
import { button, find, part } from "../dom.js";
import { ADJECTIVES, capitalised } from "../emotions.js";
import { askSpotify, getCurated, getSpotify, KINDS, signInAddress } from "./api.js";
import { OfferRows } from "./item-rows.js";
import { OfferTabs } from "./kind-tabs.js";
import { OfferTools } from "./list-options.js";
import { paused, problemOf } from "./problems.js";

/** @typedef {import("./api.js").SpotifyState} SpotifyState */
/** @typedef {import("./api.js").SpotifyOffer} SpotifyOffer */
/** @typedef {import("./api.js").SpotifyItem} SpotifyItem */
/** @typedef {import("../result/music-list.js").Basis} Basis */
/** @typedef {{ onGoal: (goal: string) => void, onOtherSource: () => void }} OfferEvents */

/** An answer that takes longer is waited for with words. */
const SLOW_MS = 500;
const HOME = "https://open.spotify.com";

export class OfferView {
  /** @type {Basis} */
  #basis = { reading: null, chosen: null };
  /** @type {string | null} */
  #goal = null;
  #asked = 0;
  /** @type {SpotifyState | null} */
  #state = null;

  /**
   * @param {import("../recording/page-state.js").Visit} visit
   * @param {HTMLElement} section
   * @param {import("../scope.js").Scope} scope
   * @param {OfferEvents} events
   */
  constructor(visit, section, scope, events) {
    this.root = part(section, "[data-spotify]");
    this.events = events;
    this.scope = scope;
    this.asking = part(this.root, "[data-asking]");
    this.heading = part(this.root, "#spotify-heading");
    this.message = part(this.root, "[data-offer-message]");
    this.tools = new OfferTools(this.root, scope, () => void this.#ask(false));
    this.tabs = new OfferTabs(part(this.root, "[data-tabs]"), scope);
    this.rows = new OfferRows(section, visit.spotify, scope, {
      readingId: () => this.#basis.reading?.id ?? null,
      onStep: (step) => this.tools.ask(step),
    });
    this.tools.onLeave = (step) => {
      const { music } = visit.memory;
      if (music) visit.memory.music = { ...music, kind: this.tabs.kind, step };
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

  /** The person is back from Spotify. @param {import("../recording/page-state.js").Music} wanted */
  takeUp({ kind, step }) {
    if (kind) this.tabs.select(kind);
    this.tools.takeUp(step ?? null);
  }

  /** News of a list that nobody looks at any more is not told. */
  leave() {
    this.#asked += 1;
  }

  hide() {
    this.leave();
    this.root.hidden = true;
  }

  /** @param {boolean} another */
  async #ask(another) {
    const asked = ++this.#asked;
    this.#state = null;
    this.root.setAttribute("aria-busy", "true");
    const answered = this.scope.after(() => this.#sayAsking(asked), SLOW_MS);
    try {
      const state = await getSpotify();
      if (asked !== this.#asked) return;
      this.#state = state;
      this.#showState(state);
      if (state.signed_in && !state.paused_until) await this.#showOffer(state, another, asked);
      else await this.#showCurated(state, asked);
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#showProblem(problemOf(error, new Date()));
      await this.#showCuratedInstead(asked);
    }
    answered();
    if (asked !== this.#asked) return;
    this.asking.hidden = true;
    this.root.removeAttribute("aria-busy");
    if (another) this.#lookAtList();
  }

  /** @param {number} asked */
  #sayAsking(asked) {
    if (asked !== this.#asked) return;
    this.asking.hidden = false;
    announce(this.asking.textContent ?? "");
  }

  /** @param {SpotifyState} state */
  #showState(state) {
    this.tools.show(state);
    part(this.root, "[data-problem]").hidden = true;
    part(this.root, "[data-card]").hidden = state.signed_in || !state.set_up;
    part(this.root, "[data-stand-in]").hidden = !state.stand_in;
    part(this.root, "[data-ends-soon]").hidden = !(state.signed_in && state.ends_soon);
    if (state.paused_until) this.#showProblem(paused(state.paused_until, new Date()));
  }

  /**
   * @param {SpotifyState} state
   * @param {boolean} another
   * @param {number} asked
   */
  async #showOffer(state, another, asked) {
    const { reading, chosen } = this.#basis;
    const offer = await askSpotify({
      ...(chosen ? { emotion: chosen } : { scores: reading?.scores }),
      ...(this.#goal ? { goal: this.#goal } : {}),
      languages: this.tools.languages,
      personal: this.tools.personal,
      another,
    });
    if (asked !== this.#asked) return;
    this.events.onGoal(offer.goal);
    this.#showTabs(offer, state);
    this.#say(offer.message);
  }

  /** @param {SpotifyOffer} offer @param {SpotifyState} state */
  #showTabs(offer, state) {
    this.rows.clear();
    const counts = Object.fromEntries(KINDS.map((kind) => [kind, offer.tabs[kind].length]));
    for (const kind of KINDS) {
      const panel = this.tabs.panel(kind);
      this.rows.fill(part(panel, "ol"), offer.tabs[kind], state);
      part(panel, "[data-empty]").hidden = counts[kind] > 0;
    }
    this.tabs.count(/** @type {Record<import("./api.js").Kind, number>} */ (counts));
    const name = `${capitalised(ADJECTIVES[offer.emotion])}: ${offer.recipe}`;
    this.tools.offerToKeep(
      name,
      offer.tabs.track.map((track) => track.uri),
    );
    part(this.root, "[data-kept]").hidden = true;
    part(this.root, "[data-recipe]").textContent =
      `Searched for “${offer.recipe}”${offer.personal ? ", with your top artists first" : ""}. A list from Spotify has no way on the map: its pieces carry no mood that could be measured.`;
    this.#showParts(true, false);
    void this.rows.markSaved();
  }

  /**
   * The owner's own list needs no sign-in.
   * @param {SpotifyState} state
   * @param {number} asked
   */
  async #showCurated(state, asked) {
    const items = state.curated > 0 ? await getCurated(this.#emotion()) : [];
    if (asked !== this.#asked) return;
    this.rows.clear();
    this.rows.fill(part(this.root, "[data-curated-items]"), items, state);
    this.#showParts(false, items.length > 0);
    if (!part(this.root, "[data-problem]").hidden) return;
    this.#say(items.length ? "Chosen by whoever runs this server." : "");
  }

  /** Where Spotify fails, its small player still works. @param {number} asked */
  async #showCuratedInstead(asked) {
    const state = this.#state;
    if (state) await this.#showCurated(state, asked).catch(() => {});
  }

  /** @param {boolean} offer @param {boolean} curated */
  #showParts(offer, curated) {
    part(this.root, "[data-offer]").hidden = !offer;
    part(this.root, "[data-curated]").hidden = !curated;
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

  /** @param {import("./problems.js").Problem} problem */
  #showProblem({ words, next, step }) {
    const box = part(this.root, "[data-problem]");
    box.hidden = false;
    part(box, "[data-problem-words]").textContent = words;
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

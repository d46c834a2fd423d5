// @ts-check
// Goal, map and the recommended list. Nothing here plays before it is pressed.

import { announce } from "../announce.js";
import { getLibrary, recommend } from "../api.js";
import { button, element, find } from "../dom.js";
import { GOAL_WORDS, GOALS } from "../emotions.js";
import { getSpotify } from "../spotify/api.js";
import { SpotifyPanel } from "../spotify/panel.js";
import { affectWords, drawAffectMap, mapWords } from "./affect-map.js";
import { fillChips, press } from "./chips.js";
import { ItemRows } from "./item-rows.js";

/** @typedef {import("../api.js").Recommendation} Recommendation */
/** @typedef {{ reading: import("../api.js").Reading | null, chosen: import("../emotions.js").Emotion | null }} Basis */

const LIMIT = 10;
/** Stands beside the sources of the library, with a list of its own. */
const SPOTIFY = "spotify";
/** The server takes no more of them (docs/http-api.md). */
const MOST_EXCLUDED = 500;

export class MusicList {
  /** @type {Basis} */
  #basis = { reading: null, chosen: null };
  /** @type {string | null} */
  #goal = null;
  /** @type {string | null} */
  #provider = null;
  /** @type {string[]} */
  #seen = [];
  /** An answer to an older request, or one that comes after the person has gone on, is dropped. */
  #latestRequest = 0;
  #beganAgain = false;
  /** The first source of the library, to go back to from Spotify. @type {string | null} */
  #first = null;

  /**
   * @param {import("../recording/page-state.js").PageState} page
   * @param {HTMLElement} section
   * @param {import("../scope.js").Scope} scope
   */
  constructor(page, section, scope) {
    this.section = section;
    this.memory = page.memory;
    this.spotify = new SpotifyPanel(page, section, scope, {
      onGoal: (goal) => press(this.goals, goal),
      onOtherSource: () => this.#chooseSource(this.#first),
    });
    this.list = element(section, "[data-list]");
    this.goals = element(section, "[data-goals]");
    this.sources = element(section, "[data-sources]");
    this.message = element(section, "[data-list-message]");
    this.heading = element(section, "#list-heading");
    this.heading.tabIndex = -1;
    this.more = button(section, "[data-another]");
    this.again = button(section, "[data-try-list]");
    this.rows = new ItemRows(section, page.bar, scope);
    fillChips(
      section,
      this.goals,
      GOALS.map((goal) => ({ value: goal, words: GOAL_WORDS[goal] })),
      (goal) => this.#chooseGoal(goal),
    );
    scope.listen(this.more, "click", () => this.#showMore());
    scope.listen(this.again, "click", () => void this.#askAndLook());
  }

  /** A goal that was pressed stays; without one comes the goal that fits. @param {Basis} basis */
  show(basis) {
    const { wantedMusic: wanted } = this.memory;
    this.memory.wantedMusic = null;
    this.#basis = basis;
    this.#goal = wanted?.goal ?? this.#goal;
    this.#provider = wanted?.source ?? this.#provider;
    if (wanted) this.spotify.restore(wanted);
    this.#resetSeen();
    void this.#showSources();
    void this.#ask();
  }

  /** @param {string} goal */
  #chooseGoal(goal) {
    this.#goal = goal;
    this.#resetSeen();
    press(this.goals, goal);
    void this.#ask();
  }

  /** @param {string | null} provider */
  #chooseSource(provider) {
    this.#provider = provider;
    this.#resetSeen();
    press(this.sources, provider);
    void this.#ask();
  }

  /** Spotify's list stands alone; the map belongs to the others. @param {number} request */
  #showSpotify(request) {
    const { goal, source } = { goal: this.#goal, source: SPOTIFY };
    this.memory.music = { goal, source };
    element(this.section, "[data-own-list]").hidden = true;
    element(this.section, "[data-map]").hidden = true;
    this.list.removeAttribute("aria-busy");
    press(this.goals, goal);
    this.spotify.show(this.#basis, goal);
    return request === this.#latestRequest;
  }

  #resetSeen() {
    this.#seen = [];
    this.#beganAgain = false;
  }

  #showMore() {
    this.#seen = [...this.#seen, ...this.rows.items.map((item) => item.id)];
    void this.#askAndLook();
  }

  /** The new list is read from its heading, unless the person has gone on meanwhile. */
  async #askAndLook() {
    if (!(await this.#ask())) return;
    const { activeElement } = document;
    if (activeElement !== document.body && activeElement !== this.more) return;
    this.heading.focus({ preventScroll: true });
    this.heading.scrollIntoView({ block: "start" });
  }

  #wish() {
    const { reading, chosen } = this.#basis;
    return {
      ...(chosen ? { emotion: chosen } : { scores: reading?.scores }),
      ...(this.#goal ? { goal: this.#goal } : {}),
      ...(this.#provider ? { provider: this.#provider } : {}),
      ...(this.#seen.length ? { exclude: this.#seen.slice(-MOST_EXCLUDED) } : {}),
      limit: LIMIT,
    };
  }

  /** News of a list that nobody looks at any more is not told; the next reading has its own goal. */
  leave() {
    this.#latestRequest += 1;
    this.#goal = null;
    this.spotify.leave();
  }

  /** @returns {Promise<boolean>} whether the answer was wanted when it came */
  async #ask() {
    const request = ++this.#latestRequest;
    if (this.#provider === SPOTIFY) return this.#showSpotify(request);
    this.memory.music = null;
    this.spotify.hide();
    element(this.section, "[data-own-list]").hidden = false;
    this.list.setAttribute("aria-busy", "true");
    this.again.hidden = true;
    try {
      const answer = await recommend(this.#wish());
      if (request !== this.#latestRequest) return false;
      if (answer.items.length === 0 && this.#seen.length) return this.#startOver();
      this.#render(answer);
    } catch (error) {
      if (request !== this.#latestRequest) return false;
      this.#failed(error);
    }
    this.list.removeAttribute("aria-busy");
    return true;
  }

  /** @param {Recommendation} answer */
  #render(answer) {
    press(this.goals, answer.goal);
    press(this.sources, answer.provider);
    this.#drawMap(answer);
    this.#showWayOn(true);
    const words = this.#beganAgain
      ? `That was all there is; here is the first list again. ${answer.message}`
      : answer.message;
    this.#beganAgain = false;
    this.message.textContent = words;
    this.rows.show(answer.items, this.#basis.reading?.id ?? null);
    announce(`${answer.items.length} pieces. ${words}`);
  }

  /** Everything that fits has been shown: begin again with the best. */
  #startOver() {
    this.#seen = [];
    this.#beganAgain = true;
    return this.#ask();
  }

  /** Where there is no list there is no way it takes, and no other one. @param {boolean} made */
  #showWayOn(made) {
    element(this.section, "[data-map]").hidden = !made;
    this.more.hidden = !made;
    this.again.hidden = made;
  }

  /** @param {Recommendation} answer */
  #drawMap({ state, target, items }) {
    const svg = find(this.section, "[data-map] svg", SVGSVGElement);
    const hue = this.#basis.chosen ?? this.#basis.reading?.emotion ?? "unsure";
    drawAffectMap(svg, { state, target, steps: items.map((each) => each.step), hue });
    element(this.section, "[data-map-words]").textContent = mapWords(state, target);
    svg.dataset.words = affectWords(state);
  }

  /** @param {unknown} error */
  #failed(error) {
    this.message.textContent = error instanceof Error ? error.message : String(error);
    this.rows.show([], null);
    this.#showWayOn(false);
    announce(this.message.textContent);
  }

  async #showSources() {
    const [library, spotify] = await Promise.all([
      getLibrary().catch(() => null),
      getSpotify().catch(() => null),
    ]);
    const ready = (library?.providers ?? []).filter(
      (each) => each.state === "ready" || (each.state === "scanning" && each.items > 0),
    );
    this.#first = ready[0]?.id ?? null;
    const choices = ready.map(({ id, name }) => ({ value: id, words: name }));
    if (spotify?.set_up || spotify?.curated) choices.push({ value: SPOTIFY, words: "Spotify" });
    fillChips(this.section, this.sources, choices.length > 1 ? choices : [], (provider) =>
      this.#chooseSource(provider),
    );
    this.sources.hidden = choices.length < 2;
    if (this.#provider) press(this.sources, this.#provider);
  }
}

// @ts-check
// Goal, map and the recommended list. Nothing here plays before it is pressed.

import { announce } from "../announce.js";
import { getLibrary, recommend } from "../api.js";
import { button, find, part } from "../dom.js";
import { GOAL_WORDS, GOALS } from "../emotions.js";
import { getSpotify } from "../spotify/api.js";
import { OfferView } from "../spotify/panel.js";
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
  #asked = 0;
  #beganAgain = false;
  /** The first source of the library, to go back to from Spotify. @type {string | null} */
  #first = null;

  /**
   * @param {import("../recording/page-state.js").Visit} visit
   * @param {HTMLElement} section
   * @param {import("../scope.js").Scope} scope
   */
  constructor(visit, section, scope) {
    this.section = section;
    this.memory = visit.memory;
    this.spotify = new OfferView(visit, section, scope, {
      onGoal: (goal) => press(this.goals, goal),
      onOtherSource: () => this.#from(this.#first),
    });
    this.list = part(section, "[data-list]");
    this.goals = part(section, "[data-goals]");
    this.sources = part(section, "[data-sources]");
    this.message = part(section, "[data-list-message]");
    this.heading = part(section, "#list-heading");
    this.heading.tabIndex = -1;
    this.more = button(section, "[data-another]");
    this.again = button(section, "[data-try-list]");
    this.rows = new ItemRows(section, visit.bar, scope);
    fillChips(
      section,
      this.goals,
      GOALS.map((goal) => ({ value: goal, words: GOAL_WORDS[goal] })),
      (goal) => this.#aim(goal),
    );
    scope.listen(this.more, "click", () => this.#another());
    scope.listen(this.again, "click", () => void this.#askAndLook());
  }

  /** A goal that was pressed stays; without one comes the goal that fits. @param {Basis} basis */
  show(basis) {
    const { wanted } = this.memory;
    this.memory.wanted = null;
    this.#basis = basis;
    this.#goal = wanted?.goal ?? this.#goal;
    this.#provider = wanted?.source ?? this.#provider;
    if (wanted) this.spotify.takeUp(wanted);
    this.#begin();
    void this.#showSources();
    void this.#ask();
  }

  /** @param {string} goal */
  #aim(goal) {
    this.#goal = goal;
    this.#begin();
    press(this.goals, goal);
    void this.#ask();
  }

  /** @param {string | null} provider */
  #from(provider) {
    this.#provider = provider;
    this.#begin();
    press(this.sources, provider);
    void this.#ask();
  }

  /** Spotify's list stands alone; the map belongs to the others. @param {number} asked */
  #askSpotify(asked) {
    const { goal, source } = { goal: this.#goal, source: SPOTIFY };
    this.memory.music = { goal, source };
    part(this.section, "[data-own-list]").hidden = true;
    part(this.section, "[data-map]").hidden = true;
    this.list.removeAttribute("aria-busy");
    press(this.goals, goal);
    this.spotify.show(this.#basis, goal);
    return asked === this.#asked;
  }

  #begin() {
    this.#seen = [];
    this.#beganAgain = false;
  }

  #another() {
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
    this.#asked += 1;
    this.#goal = null;
    this.spotify.leave();
  }

  /** @returns {Promise<boolean>} whether the answer was wanted when it came */
  async #ask() {
    const asked = ++this.#asked;
    if (this.#provider === SPOTIFY) return this.#askSpotify(asked);
    this.memory.music = null;
    this.spotify.hide();
    part(this.section, "[data-own-list]").hidden = false;
    this.list.setAttribute("aria-busy", "true");
    this.again.hidden = true;
    try {
      const answer = await recommend(this.#wish());
      if (asked !== this.#asked) return false;
      if (answer.items.length === 0 && this.#seen.length) return this.#startOver();
      this.#render(answer);
    } catch (error) {
      if (asked !== this.#asked) return false;
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
    part(this.section, "[data-map]").hidden = !made;
    this.more.hidden = !made;
    this.again.hidden = made;
  }

  /** @param {Recommendation} answer */
  #drawMap({ state, target, items }) {
    const svg = find(this.section, "[data-map] svg", SVGSVGElement);
    const hue = this.#basis.chosen ?? this.#basis.reading?.emotion ?? "unsure";
    drawAffectMap(svg, { state, target, steps: items.map((each) => each.step), hue });
    part(this.section, "[data-map-words]").textContent = mapWords(state, target);
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
      this.#from(provider),
    );
    this.sources.hidden = choices.length < 2;
    if (this.#provider) press(this.sources, this.#provider);
  }
}

// @ts-check
// The result: how the voice sounds, what the person says, and where the music goes from there.

import { announce, note } from "../announce.js";
import { correct, deleteReading, uncorrect } from "../api.js";
import { button, fromTemplate, part } from "../dom.js";
import {
  ADJECTIVES,
  capitalised,
  EMOTIONS,
  inSentence,
  NOUNS,
  percent,
  ranked,
} from "../emotions.js";
import { showNextFile } from "../recording/file-queue.js";
import { playClip } from "../recording/replay.js";
import { fillChips, press } from "./chips.js";
import { about, headline } from "./headline.js";
import { MusicList } from "./music-list.js";
import { showHeard } from "./timeline.js";

/** @typedef {import("../emotions.js").Emotion} Emotion */
/** @typedef {import("../recording/page-state.js").Visit} Visit */
/** @typedef {import("../recording/page-state.js").Result} Result */

// From here on the message says how much of the recording is damaged or missing.
const DAMAGED_RATIO = 0.05;

export class ResultScreen {
  /** @type {Result} */
  #result = { reading: null, chosen: null, clip: null };
  /** @type {Promise<unknown>} */
  #stored = Promise.resolve();

  /**
   * @param {Visit} visit
   * @param {HTMLElement} section
   * @param {import("../scope.js").Scope} scope
   */
  constructor(visit, section, scope) {
    this.visit = visit;
    this.section = section;
    this.music = new MusicList(visit, section, scope);
    const all = EMOTIONS.map((emotion) => ({
      value: emotion,
      words: capitalised(ADJECTIVES[emotion]),
      emotion,
    }));
    fillChips(
      section,
      part(section, "[data-corrections]"),
      all,
      (emotion) => void this.#choose(/** @type {Emotion} */ (emotion)),
    );
    scope.listen(button(section, "[data-undo]"), "click", () => this.#undo());
    scope.listen(button(section, "[data-delete]"), "click", () => this.#delete());
    scope.listen(button(section, "[data-new]"), "click", () => this.#again());
  }

  /** @type {import("../recording/page-state.js").Enter} */
  enter = (detail, scope) => {
    const { reading = null, chosen = null, clip = null } = detail;
    this.#result = { reading, chosen: chosen ?? reading?.correction ?? null, clip };
    this.visit.show(this.#result);
    scope.own(() => this.music.leave());
    this.#show(scope);
    performance.mark("result-shown");
  };

  /** @param {import("../scope.js").Scope} scope */
  #show(scope) {
    const { section, visit } = this;
    const { reading, clip } = this.#result;
    const heard = Boolean(reading?.scores);
    if (reading) showHeard(section, visit.line, reading);
    else visit.line.show({ mode: "rest", wide: true });
    part(section, "[data-heard]").hidden = !reading?.timeline.length;
    part(section, "[data-caveat]").hidden = !heard;
    part(section, "[data-distribution]").hidden = !heard;
    if (reading?.scores) showDistribution(section, reading.scores);
    this.#showQuality();
    part(section, "[data-unsaved]").hidden = !reading?.unsaved;
    this.#showReplay(clip, scope);
    button(section, "[data-delete]").hidden = !reading?.id;
    button(section, "[data-new]").textContent = visit.consent.analyse ? "Record again" : "Back";
    showNextFile(section, visit);
    this.#showChoice();
  }

  #showQuality() {
    const { reading } = this.#result;
    const quality = part(this.section, "[data-quality]");
    const shown =
      reading !== null &&
      (reading.quality.verdict !== "good" || reading.quality.damaged_ratio >= DAMAGED_RATIO);
    quality.hidden = !shown;
    quality.textContent = shown ? reading.quality.message : "";
  }

  /**
   * @param {import("../recording/recording-buffer.js").Take | null} clip
   * @param {import("../scope.js").Scope} scope
   */
  #showReplay(clip, scope) {
    const replay = button(this.section, "[data-replay]");
    replay.hidden = clip === null;
    if (clip)
      playClip({
        take: clip,
        control: replay,
        words: ["Pause my recording", "Play my recording"],
        visit: this.visit,
        scope,
      });
  }

  /** All that follows from what the person said, or did not say. */
  #showChoice() {
    const { section } = this;
    const { reading, chosen } = this.#result;
    const words = headline(this.#result);
    const heading = part(section, "[data-heading]");
    const named = document.createElement("em");
    named.textContent = words.word;
    heading.replaceChildren(words.before, ...(words.word ? [named] : []), words.after);
    heading.dataset.emotion = words.emotion ?? "";
    part(section, "[data-kicker]").textContent = about(reading, new Date());
    const sureness = part(section, "[data-sureness]");
    sureness.textContent = words.sureness;
    sureness.hidden = !words.sureness;
    part(section, "[data-correct-heading]").textContent = reading?.scores
      ? "Not right?"
      : chosen
        ? "Something else?"
        : "How do you feel?";
    part(section, "[data-correct-words]").textContent = this.#correctionWords();
    press(part(section, "[data-corrections]"), chosen);
    button(section, "[data-undo]").hidden = !(chosen && reading);
    this.#showWhich();
    const known = Boolean(chosen || reading?.scores);
    part(section, ".result-music").hidden = !known;
    section.classList.toggle("unknown", !known);
    button(section, "[data-new]").classList.toggle("primary", !known);
    if (known) this.music.show({ reading, chosen });
  }

  #correctionWords() {
    const { reading, chosen } = this.#result;
    if (chosen && reading)
      return `You said: ${inSentence(chosen)}. The music follows you, not the estimate.`;
    if (chosen) return "The music follows what you choose.";
    if (!reading?.scores) return "Say it yourself, and the music follows.";
    return "Say what is closer. The music follows you, not the estimate.";
  }

  #showWhich() {
    const { reading, chosen } = this.#result;
    const asks = Boolean(reading?.unsure) && !chosen;
    part(this.section, "[data-which]").hidden = !asks;
    if (!asks || !reading) return;
    const two = reading.likely
      .slice(0, 2)
      .map((emotion) => ({ value: emotion, words: capitalised(inSentence(emotion)), emotion }));
    fillChips(this.section, part(this.section, "[data-which-chips]"), two, (emotion) => {
      void this.#choose(/** @type {Emotion} */ (emotion));
      this.#headingTakesFocus(); // the question is gone
    });
  }

  /** @param {Emotion} emotion */
  async #choose(emotion) {
    const { reading, chosen } = this.#result;
    if (chosen === emotion) return;
    await this.#say(
      emotion,
      reading?.id ? () => correct(/** @type {string} */ (reading.id), emotion) : null,
    );
  }

  async #undo() {
    const id = this.#result.reading?.id;
    const said = this.#say(null, id ? () => uncorrect(id) : null);
    this.#headingTakesFocus(); // the button is gone
    await said;
  }

  #headingTakesFocus() {
    part(this.section, "[data-heading]").focus();
  }

  /**
   * Shows the choice at once, and takes it back if the server refuses it.
   * @param {Emotion | null} chosen
   * @param {(() => Promise<import("../api.js").Reading>) | null} store
   */
  async #say(chosen, store) {
    const about = this.#result;
    const before = about.chosen;
    about.chosen = chosen;
    this.#showChoice();
    announce(part(this.section, "[data-heading]").textContent ?? "");
    if (!store) return;
    try {
      const stored = await this.#inTurn(store);
      if (about.reading) about.reading = { ...about.reading, correction: stored.correction };
      this.visit.readings = this.visit.readings.map((each) =>
        each.id === stored.id ? stored : each,
      );
    } catch (error) {
      note(`That was not kept. ${error instanceof Error ? error.message : ""}`);
      if (about !== this.#result || about.chosen !== chosen) return;
      about.chosen = before;
      this.#showChoice();
    }
  }

  /**
   * Corrections reach the server in the order in which they were made.
   * @template T
   * @param {() => Promise<T>} store
   */
  #inTurn(store) {
    const turn = this.#stored.then(store);
    this.#stored = turn.catch(() => {});
    return turn;
  }

  async #delete() {
    const id = this.#result.reading?.id;
    if (!id) return;
    const control = button(this.section, "[data-delete]");
    control.disabled = true;
    try {
      await deleteReading(id);
    } catch (error) {
      note(error instanceof Error ? error.message : String(error));
      control.disabled = false;
      if (document.activeElement === document.body) control.focus();
      return;
    }
    control.disabled = false;
    this.visit.forget(id);
  }

  #again() {
    this.visit.flow.send(this.visit.consent.analyse ? "again" : "noConsent");
  }
}

/**
 * The eight probabilities as a list of bars, strongest first.
 * @param {HTMLElement} section
 * @param {Readonly<Record<string, number>>} scores
 */
function showDistribution(section, scores) {
  const rows = ranked(scores).map((emotion) => {
    const share = scores[emotion] ?? 0;
    const row = fromTemplate(section, "bar");
    row.dataset.emotion = emotion;
    part(row, ".bar-name").textContent = NOUNS[emotion];
    part(row, ".bar-share").textContent = percent(share);
    part(row, ".bar-track > span").style.setProperty("width", `${(share * 100).toFixed(1)}%`);
    return row;
  });
  part(section, "[data-bars]").replaceChildren(...rows);
}

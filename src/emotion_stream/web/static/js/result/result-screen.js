// @ts-check
// The result: how the voice sounds, what the person says, and where the music goes from there.

import { announce, toast } from "../announce.js";
import { deleteCorrection, deleteReading, saveCorrection } from "../api.js";
import { button, element, fromTemplate } from "../dom.js";
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
import { connectReplay } from "../recording/replay.js";
import { fillChips, press } from "./chips.js";
import { about, headline } from "./headline.js";
import { MusicList } from "./music-list.js";
import { showTimeline } from "./timeline.js";

/** @typedef {import("../emotions.js").Emotion} Emotion */
/** @typedef {import("../recording/page-state.js").PageState} PageState */
/** @typedef {import("../recording/page-state.js").Result} Result */

// From here on the message says how much of the recording is damaged or missing.
const DAMAGED_RATIO = 0.05;

export class ResultScreen {
  /** @type {Result} */
  #result = { reading: null, chosen: null, clip: null };
  /** The last correction on its way to the server. @type {Promise<unknown>} */
  #stored = Promise.resolve();

  /**
   * @param {PageState} page
   * @param {HTMLElement} section
   * @param {import("../scope.js").Scope} scope
   */
  constructor(page, section, scope) {
    this.page = page;
    this.section = section;
    this.music = new MusicList(page, section, scope);
    const all = EMOTIONS.map((emotion) => ({
      value: emotion,
      words: capitalised(ADJECTIVES[emotion]),
      emotion,
    }));
    fillChips(
      section,
      element(section, "[data-corrections]"),
      all,
      (emotion) => void this.#choose(/** @type {Emotion} */ (emotion)),
    );
    scope.listen(button(section, "[data-undo]"), "click", () => this.#undo());
    scope.listen(button(section, "[data-delete]"), "click", () => this.#delete());
    scope.listen(button(section, "[data-new]"), "click", () => this.#again());
  }

  /** @type {import("../recording/page-state.js").EnterScreen} */
  enter = (detail, scope) => {
    const { reading = null, chosen = null, clip = null } = detail;
    this.#result = { reading, chosen: chosen ?? reading?.correction ?? null, clip };
    this.page.setResult(this.#result);
    scope.own(() => this.music.leave());
    this.#show(scope);
    performance.mark("result-shown");
  };

  /** @param {import("../scope.js").Scope} scope */
  #show(scope) {
    const { section, page } = this;
    const { reading, clip } = this.#result;
    const heard = Boolean(reading?.scores);
    if (reading) showTimeline(section, page.waveformView, reading);
    else page.waveformView.show({ mode: "rest", wide: true });
    element(section, "[data-heard]").hidden = !reading?.timeline.length;
    element(section, "[data-caveat]").hidden = !heard;
    element(section, "[data-distribution]").hidden = !heard;
    if (reading?.scores) showDistribution(section, reading.scores);
    this.#showQuality();
    element(section, "[data-unsaved]").hidden = !reading?.unsaved;
    this.#showReplay(clip, scope);
    button(section, "[data-delete]").hidden = !reading?.id;
    button(section, "[data-new]").textContent = page.consent.analyse ? "Record again" : "Back";
    showNextFile(section, page);
    this.#showChoice();
  }

  #showQuality() {
    const { reading } = this.#result;
    const quality = element(this.section, "[data-quality]");
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
      connectReplay({
        take: clip,
        control: replay,
        words: ["Pause my recording", "Play my recording"],
        page: this.page,
        scope,
      });
  }

  /** All that follows from what the person said, or did not say. */
  #showChoice() {
    const { section } = this;
    const { reading, chosen } = this.#result;
    const words = headline(this.#result);
    const heading = element(section, "[data-heading]");
    const named = document.createElement("em");
    named.textContent = words.word;
    heading.replaceChildren(words.before, ...(words.word ? [named] : []), words.after);
    heading.dataset.emotion = words.emotion ?? "";
    element(section, "[data-kicker]").textContent = about(reading, new Date());
    const sureness = element(section, "[data-sureness]");
    sureness.textContent = words.sureness;
    sureness.hidden = !words.sureness;
    element(section, "[data-correct-heading]").textContent = reading?.scores
      ? "Not right?"
      : chosen
        ? "Something else?"
        : "How do you feel?";
    element(section, "[data-correct-words]").textContent = this.#correctionWords();
    press(element(section, "[data-corrections]"), chosen);
    button(section, "[data-undo]").hidden = !(chosen && reading);
    this.#showWhich();
    const known = Boolean(chosen || reading?.scores);
    element(section, ".result-music").hidden = !known;
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
    element(this.section, "[data-which]").hidden = !asks;
    if (!asks || !reading) return;
    const two = reading.likely
      .slice(0, 2)
      .map((emotion) => ({ value: emotion, words: capitalised(inSentence(emotion)), emotion }));
    fillChips(this.section, element(this.section, "[data-which-chips]"), two, (emotion) => {
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
      reading?.id ? () => saveCorrection(/** @type {string} */ (reading.id), emotion) : null,
    );
  }

  async #undo() {
    const id = this.#result.reading?.id;
    const said = this.#say(null, id ? () => deleteCorrection(id) : null);
    this.#headingTakesFocus(); // the button is gone
    await said;
  }

  #headingTakesFocus() {
    element(this.section, "[data-heading]").focus();
  }

  /**
   * Shows the choice at once, and takes it back if the server refuses it.
   * @param {Emotion | null} chosen
   * @param {(() => Promise<import("../api.js").Correction>) | null} store
   */
  async #say(chosen, store) {
    const about = this.#result;
    const before = about.chosen;
    about.chosen = chosen;
    this.#showChoice();
    announce(element(this.section, "[data-heading]").textContent ?? "");
    if (!store) return;
    try {
      const stored = await this.#inTurn(store);
      if (about.reading) about.reading = { ...about.reading, correction: stored.correction };
      this.page.readings = this.page.readings.map((each) =>
        each.id === stored.id ? { ...each, correction: stored.correction } : each,
      );
    } catch (error) {
      toast(`That was not kept. ${error instanceof Error ? error.message : ""}`);
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
      toast(error instanceof Error ? error.message : String(error));
      control.disabled = false;
      if (document.activeElement === document.body) control.focus();
      return;
    }
    control.disabled = false;
    this.page.removeReading(id);
  }

  #again() {
    this.page.machine.send(this.page.consent.analyse ? "again" : "noConsent");
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
    element(row, ".bar-name").textContent = NOUNS[emotion];
    element(row, ".bar-share").textContent = percent(share);
    element(row, ".bar-track > span").style.setProperty("width", `${(share * 100).toFixed(1)}%`);
    return row;
  });
  element(section, "[data-bars]").replaceChildren(...rows);
}

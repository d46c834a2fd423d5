// @ts-check
// The legend under the waveform: which emotion was heard where. Pressing one shows only it.

import { part } from "../dom.js";
import { NOUNS } from "../emotions.js";
import { clock } from "../time-format.js";
import { fillChips, press } from "./chips.js";
import { byEmotion, spans } from "./timeline.js";

/** @typedef {import("../emotions.js").Emotion} Emotion */

const MOST_PLACES = 5;

/** @param {string} emotion */
const name = (emotion) =>
  emotion === "unsure" ? "Not sure" : NOUNS[/** @type {Emotion} */ (emotion)];

/**
 * @param {HTMLElement} section
 * @param {import("../recording/waveform.js").Line} line
 * @param {import("../api.js").Reading} reading
 */
export function showHeard(section, line, reading) {
  const row = spans(reading.timeline, reading.duration_s);
  const groups = byEmotion(row);
  const chips = part(section, "[data-spans]");
  const words = part(section, "[data-span-words]");
  /** @type {string | null} */
  let highlight = null;
  line.show({
    mode: row.length ? "result" : "still",
    outline: reading.waveform,
    duration_s: reading.duration_s,
    spans: row,
  });
  part(section, "[data-heard]").hidden = groups.length === 0;
  words.textContent = "";
  const choices = groups.map(({ emotion }) => ({ value: emotion, words: name(emotion), emotion }));
  fillChips(section, chips, choices, (emotion) => {
    highlight = highlight === emotion ? null : emotion;
    press(chips, highlight);
    line.update({ highlight });
    const group = groups.find((each) => each.emotion === highlight);
    words.textContent = group ? `${name(group.emotion)}: ${placesWords(group.spans)}.` : "";
  });
}

/** @param {readonly import("./timeline.js").Span[]} places */
function placesWords(places) {
  const named = places.slice(0, MOST_PLACES).map(spanWords).join(", ");
  const more = places.length - MOST_PLACES;
  return more > 0 ? `${named} and ${more} more` : named;
}

/** @param {import("./timeline.js").Span} span */
function spanWords({ start_s, end_s }) {
  return `${clock(start_s)} to ${clock(Math.ceil(end_s))}`;
}

// @ts-check
// Which emotion was heard when: the windows of a reading as one row of spans, and the legend under the waveform.

import { element } from "../dom.js";
import { NOUNS } from "../emotions.js";
import { clock } from "../time-format.js";
import { fillChips, press } from "./chips.js";

/** @typedef {{ start_s: number, end_s: number, emotion: string }} Span */
/** @typedef {import("../api.js").TimelineWindow} TimelineWindow */
/** @typedef {import("../emotions.js").Emotion} Emotion */

const FINEST_STEP_S = 0.25;
/** Three hours of speech must not take longer to draw than the eye can see. */
const MOST_STEPS = 1200;
/** The legend names no more places of one emotion. */
const MOST_PLACES = 5;

/**
 * Neighbours of one emotion are one span; what no window covers is in none. Where windows overlap
 * the one whose middle is nearest speaks. "unsure" stands for windows without an emotion.
 * @param {readonly TimelineWindow[]} timeline
 * @param {number} duration_s
 * @returns {Span[]}
 */
export function spans(timeline, duration_s) {
  /** @type {Span[]} */
  const row = [];
  const step_s = Math.max(FINEST_STEP_S, duration_s / MOST_STEPS);
  for (let start_s = 0; start_s < duration_s; start_s += step_s) {
    const end_s = Math.min(duration_s, start_s + step_s);
    const nearestWindow = nearest(timeline, (start_s + end_s) / 2);
    if (!nearestWindow) continue;
    const emotion = nearestWindow.emotion ?? "unsure";
    const last = row.at(-1);
    if (last && last.emotion === emotion && Math.abs(last.end_s - start_s) < 1e-6)
      last.end_s = end_s;
    else row.push({ start_s, end_s, emotion });
  }
  return row;
}

/**
 * @param {readonly TimelineWindow[]} timeline
 * @param {number} at_s
 */
function nearest(timeline, at_s) {
  let best = null;
  let bestDistance_s = Number.POSITIVE_INFINITY;
  for (const each of timeline) {
    if (at_s < each.start_s || at_s > each.end_s) continue;
    const distance_s = Math.abs((each.start_s + each.end_s) / 2 - at_s);
    if (distance_s < bestDistance_s) [best, bestDistance_s] = [each, distance_s];
  }
  return best;
}

/**
 * How long each emotion was heard, longest first.
 * @param {readonly Span[]} row
 * @returns {{ emotion: string, seconds: number, spans: Span[] }[]}
 */
export function byEmotion(row) {
  /** @type {Map<string, Span[]>} */
  const groups = new Map();
  for (const span of row) groups.set(span.emotion, [...(groups.get(span.emotion) ?? []), span]);
  return [...groups]
    .map(([emotion, parts]) => ({
      emotion,
      seconds: parts.reduce((sum, part) => sum + part.end_s - part.start_s, 0),
      spans: parts,
    }))
    .sort((a, b) => b.seconds - a.seconds);
}

/** @param {string} emotion */
const name = (emotion) =>
  emotion === "unsure" ? "Not sure" : NOUNS[/** @type {Emotion} */ (emotion)];

/**
 * Draws the result and its legend; pressing an emotion there shows only it.
 * @param {HTMLElement} section
 * @param {import("../recording/waveform.js").WaveformView} waveformView
 * @param {import("../api.js").Reading} reading
 */
export function showTimeline(section, waveformView, reading) {
  const row = spans(reading.timeline, reading.duration_s);
  const groups = byEmotion(row);
  const chips = element(section, "[data-spans]");
  const words = element(section, "[data-span-words]");
  /** @type {string | null} */
  let highlight = null;
  waveformView.show({
    mode: row.length ? "result" : "still",
    peaks: reading.waveform,
    duration_s: reading.duration_s,
    spans: row,
  });
  element(section, "[data-heard]").hidden = groups.length === 0;
  words.textContent = "";
  const choices = groups.map(({ emotion }) => ({ value: emotion, words: name(emotion), emotion }));
  fillChips(section, chips, choices, (emotion) => {
    highlight = highlight === emotion ? null : emotion;
    press(chips, highlight);
    waveformView.update({ highlight });
    const group = groups.find((each) => each.emotion === highlight);
    words.textContent = group ? `${name(group.emotion)}: ${placesWords(group.spans)}.` : "";
  });
}

/** @param {readonly Span[]} places */
function placesWords(places) {
  const named = places.slice(0, MOST_PLACES).map(spanWords).join(", ");
  const more = places.length - MOST_PLACES;
  return more > 0 ? `${named} and ${more} more` : named;
}

/** @param {Span} span */
function spanWords({ start_s, end_s }) {
  return `${clock(start_s)} to ${clock(Math.ceil(end_s))}`;
}

// @ts-check
// A reading in words.

import { ADJECTIVES, confidenceWords, inSentence } from "../emotions.js";
import { RECORDING_NAME } from "../recording/recording-buffer.js";
import { ago } from "../time-format.js";

/** @typedef {import("../emotions.js").Emotion} Emotion */
/** @typedef {import("../api.js").ReadingSummary} ReadingSummary */
/**
 * `word` is the part of the heading that names the emotion and carries its hue; `sureness` is a
 * sentence about the estimate, never about the person.
 * @typedef {{ before: string, word: string, after: string, emotion: Emotion | null, sureness: string }} Headline
 */
/** A reading, or what a person chose by hand; a correction is a choice. @typedef {{ reading: ReadingSummary | null, chosen: Emotion | null }} Said */

/** What a reading without speech to judge is called, by the verdict about the recording. @type {Readonly<Record<string, string>>} */
const NOTHING_TO_JUDGE = {
  too_short: "Too short to judge",
  too_quiet: "Too quiet to judge",
  clipped: "Too loud to judge",
  noisy: "Too noisy to judge",
};

/** @param {ReadingSummary} reading */
function isOwnVoice({ file }) {
  return file === null || file === RECORDING_NAME;
}

/** @param {ReadingSummary} reading */
function nothing({ quality }) {
  return NOTHING_TO_JUDGE[quality.verdict] ?? "No speech found";
}

/** The two that are likeliest, as the question names them. @param {ReadingSummary} reading */
function either({ likely }) {
  return likely.slice(0, 2).map(inSentence).join(" or ");
}

/** @param {Said} said @returns {Headline} */
export function headline({ reading, chosen }) {
  if (chosen) {
    const before = !reading || isOwnVoice(reading) ? "You feel " : "You say it sounds ";
    const sureness = reading ? `In your words. ${estimateWords(reading)}`.trim() : "";
    return { before, word: ADJECTIVES[chosen], after: ".", emotion: chosen, sureness };
  }
  const plain = { word: "", after: "", emotion: null, sureness: "" };
  if (!reading?.scores)
    return { ...plain, before: `${reading ? nothing(reading) : "No speech found"}.` };
  if (!reading.emotion)
    return { ...plain, before: `Not sure: ${either(reading)}. Which is closer?` };
  return {
    before: isOwnVoice(reading) ? "You sound " : "This recording sounds ",
    word: ADJECTIVES[reading.emotion],
    after: ".",
    emotion: reading.emotion,
    sureness: `The estimate is ${confidenceWords(reading.confidence ?? 0)}.`,
  };
}

/** @param {ReadingSummary} reading */
function estimateWords({ scores, emotion }) {
  if (!scores) return "";
  return emotion ? `The estimate was ${inSentence(emotion)}.` : "The estimate was not sure.";
}

/**
 * What a result is about: the file or the voice, and when.
 * @param {ReadingSummary | null} reading null where the person chose by hand
 * @param {Date} now
 */
export function about(reading, now) {
  if (!reading) return "In your words";
  const source = isOwnVoice(reading) ? "Your recording" : reading.file;
  return [source, ago(reading.created_at, now)].filter(Boolean).join(" · ");
}

/**
 * A reading in a few words for the list of earlier ones.
 * @param {ReadingSummary} reading
 */
export function summary(reading) {
  if (reading.correction) return `You said ${ADJECTIVES[reading.correction]}`;
  if (!reading.scores) return nothing(reading);
  if (!reading.emotion) return `Not sure: ${either(reading)}`;
  return `${isOwnVoice(reading) ? "You sounded" : "Sounded"} ${ADJECTIVES[reading.emotion]}`;
}

/**
 * The second line of an earlier reading: what it was about, and how sure the estimate was.
 * @param {ReadingSummary} reading
 * @param {Date} now
 */
export function circumstances(reading, now) {
  const sure = reading.emotion && !reading.correction;
  const sureness = sure ? `estimate ${confidenceWords(reading.confidence ?? 0)}` : "";
  return [about(reading, now), sureness].filter(Boolean).join(" · ");
}

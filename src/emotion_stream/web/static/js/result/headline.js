// @ts-check
// A reading in words.

import { ADJECTIVES, confidenceWords, inSentence } from "../emotions.js";

/** @typedef {import("../emotions.js").Emotion} Emotion */
/**
 * `word` is the part of the heading that names the emotion and carries its hue.
 * @typedef {{ before: string, word: string, after: string, emotion: Emotion | null, kicker: string }} Headline
 */

/**
 * @param {{ reading: import("../api.js").Reading | null, chosen: Emotion | null }} result
 *   a reading, or what a person chose by hand; a correction is a choice
 * @returns {Headline}
 */
export function headline({ reading, chosen }) {
  if (chosen)
    return {
      before: "You feel ",
      word: ADJECTIVES[chosen],
      after: ".",
      emotion: chosen,
      kicker: "In your words",
    };
  if (!reading?.scores) {
    return { before: "No speech found.", word: "", after: "", emotion: null, kicker: "" };
  }
  if (!reading.emotion) {
    const [first, second] = reading.likely;
    const or = second ? `${inSentence(first)} or ${inSentence(second)}` : inSentence(first);
    return {
      before: `Not sure: ${or}. Which is closer?`,
      word: "",
      after: "",
      emotion: null,
      kicker: "What the voice suggests",
    };
  }
  return {
    before: "You sound ",
    word: ADJECTIVES[reading.emotion],
    after: `, ${confidenceWords(reading.confidence ?? 0)}.`,
    emotion: reading.emotion,
    kicker: "What the voice suggests",
  };
}

/**
 * A reading in a few words for the list of earlier ones.
 * @param {import("../api.js").KeptReading} reading
 */
export function summary(reading) {
  if (reading.correction) return `You said ${ADJECTIVES[reading.correction]}`;
  if (!reading.scores) return "No speech found";
  if (!reading.emotion) return `Not sure: ${reading.likely.map(inSentence).join(" or ")}`;
  const word = ADJECTIVES[reading.emotion];
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}, ${confidenceWords(reading.confidence ?? 0)}`;
}

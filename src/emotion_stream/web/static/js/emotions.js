// @ts-check
// The words of the page for emotions, confidence and goals.

/** @typedef {"neutral"|"calm"|"happiness"|"sadness"|"anger"|"fear"|"disgust"|"surprise"} Emotion */
/** @typedef {"stay"|"lift"|"calm"|"energise"} Goal */

/** The order of every list of emotions. @type {readonly Emotion[]} */
export const EMOTIONS = [
  "neutral",
  "calm",
  "happiness",
  "sadness",
  "anger",
  "fear",
  "disgust",
  "surprise",
];

/** What a person sounds or feels: "You sound …". @type {Readonly<Record<Emotion, string>>} */
export const ADJECTIVES = {
  neutral: "neutral",
  calm: "calm",
  happiness: "happy",
  sadness: "sad",
  anger: "angry",
  fear: "afraid",
  disgust: "disgusted",
  surprise: "surprised",
};

/** @type {Readonly<Record<Emotion, string>>} */
export const NOUNS = {
  neutral: "Neutral",
  calm: "Calm",
  happiness: "Happiness",
  sadness: "Sadness",
  anger: "Anger",
  fear: "Fear",
  disgust: "Disgust",
  surprise: "Surprise",
};

/** @type {readonly Goal[]} */
export const GOALS = ["stay", "lift", "calm", "energise"];

/** @type {Readonly<Record<Goal, string>>} */
export const GOAL_WORDS = {
  stay: "Stay with it",
  lift: "Lift me",
  calm: "Calm me",
  energise: "Energise me",
};

/**
 * @param {number} confidence the probability of the strongest emotion, 0 to 1
 */
export function confidenceWords(confidence) {
  if (confidence >= 0.8) return "quite sure";
  if (confidence >= 0.55) return "fairly sure";
  return "not very sure";
}

/** @param {number} share 0 to 1 */
export function percent(share) {
  const rounded = Math.round(share * 100);
  if (rounded === 0 && share > 0) return "under 1 %";
  return `${rounded} %`;
}

/**
 * The emotions of a distribution, strongest first.
 * @param {Readonly<Record<string, number>>} scores
 */
export function ranked(scores) {
  return [...EMOTIONS].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
}

/** @param {Emotion} emotion */
export function inSentence(emotion) {
  return emotion === "neutral" ? "a neutral tone" : NOUNS[emotion].toLowerCase();
}

/** @param {string} words */
export function capitalised(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

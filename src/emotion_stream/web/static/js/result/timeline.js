// @ts-check
// Which emotion was heard when: the overlapping windows of a reading as one row of spans.

/** @typedef {{ start_s: number, end_s: number, emotion: string }} Span */
/** @typedef {import("../api.js").Moment} Moment */

const FINEST_STEP_S = 0.25;
/** Three hours of speech must not take longer to draw than the eye can see. */
const MOST_STEPS = 1200;

/**
 * Neighbours of one emotion are one span; what no window covers is in none. Where windows overlap
 * the one whose middle is nearest speaks. "unsure" stands for windows without an emotion.
 * @param {readonly Moment[]} timeline
 * @param {number} duration_s
 * @returns {Span[]}
 */
export function spans(timeline, duration_s) {
  /** @type {Span[]} */
  const row = [];
  const step_s = Math.max(FINEST_STEP_S, duration_s / MOST_STEPS);
  for (let start_s = 0; start_s < duration_s; start_s += step_s) {
    const end_s = Math.min(duration_s, start_s + step_s);
    const moment = nearest(timeline, (start_s + end_s) / 2);
    if (!moment) continue;
    const emotion = moment.emotion ?? "unsure";
    const last = row.at(-1);
    if (last && last.emotion === emotion && Math.abs(last.end_s - start_s) < 1e-6)
      last.end_s = end_s;
    else row.push({ start_s, end_s, emotion });
  }
  return row;
}

/**
 * @param {readonly Moment[]} timeline
 * @param {number} at_s
 */
function nearest(timeline, at_s) {
  let best = null;
  let bestDistance_s = Number.POSITIVE_INFINITY;
  for (const moment of timeline) {
    if (at_s < moment.start_s || at_s > moment.end_s) continue;
    const distance_s = Math.abs((moment.start_s + moment.end_s) / 2 - at_s);
    if (distance_s < bestDistance_s) [best, bestDistance_s] = [moment, distance_s];
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

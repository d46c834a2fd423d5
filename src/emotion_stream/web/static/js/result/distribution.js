// @ts-check
// The eight probabilities as a list of bars.

import { fromTemplate, part } from "../dom.js";
import { NOUNS, percent, ranked } from "../emotions.js";

/**
 * @param {HTMLElement} section
 * @param {Readonly<Record<string, number>>} scores
 */
export function showDistribution(section, scores) {
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

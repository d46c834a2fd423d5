// @ts-check
// Rows of small buttons of which one may be pressed.

import { element, fromTemplate } from "../dom.js";

/** @typedef {{ value: string, words: string, emotion?: string }} Choice */

/**
 * @param {HTMLElement} section holds the template
 * @param {HTMLElement} row
 * @param {readonly Choice[]} choices
 * @param {(value: string) => void} onPress
 */
export function fillChips(section, row, choices, onPress) {
  const chips = choices.map(({ value, words, emotion }) => {
    const chip = fromTemplate(section, "chip");
    chip.dataset.value = value;
    element(chip, "[data-name]").textContent = words;
    if (emotion) chip.dataset.emotion = emotion;
    else element(chip, ".mark").remove();
    chip.onclick = () => onPress(value);
    return chip;
  });
  row.replaceChildren(...chips);
}

/**
 * @param {HTMLElement} row
 * @param {string | null} value
 */
export function press(row, value) {
  for (const chip of row.querySelectorAll("[data-value]")) {
    chip.setAttribute(
      "aria-pressed",
      String(chip instanceof HTMLElement && chip.dataset.value === value),
    );
  }
}

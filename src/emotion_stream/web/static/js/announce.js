// @ts-check
// Words for people who listen to the page, and short notes for everybody.

import { element } from "./dom.js";

const TOAST_MS = 6000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let toastTimer;

/**
 * @param {string} sentence read out politely; nothing is shown
 * @param {string} [language] of the sentence, where it is not that of the page
 */
export function announce(sentence, language = "") {
  if (!sentence) return;
  const announcer = element(document, "#announcer");
  if (language) announcer.lang = language;
  else announcer.removeAttribute("lang");
  announcer.textContent = sentence;
}

/** @param {string} sentence shown for a few seconds and read out */
export function toast(sentence) {
  const box = element(document, "[data-toast]");
  box.textContent = sentence;
  box.hidden = false;
  announce(sentence);
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    box.hidden = true;
  }, TOAST_MS);
}

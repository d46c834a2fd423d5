// @ts-check
// Words for people who listen to the page, and short notes for everybody.

import { part } from "./dom.js";

const NOTE_MS = 6000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let noteTimer;

/**
 * @param {string} sentence read out politely; nothing is shown
 * @param {string} [language] of the sentence, where it is not that of the page
 */
export function announce(sentence, language = "") {
  if (!sentence) return;
  const announcer = part(document, "#announcer");
  if (language) announcer.lang = language;
  else announcer.removeAttribute("lang");
  announcer.textContent = sentence;
}

/** @param {string} sentence shown for a few seconds and read out */
export function note(sentence) {
  const toast = part(document, "[data-toast]");
  toast.textContent = sentence;
  toast.hidden = false;
  announce(sentence);
  clearTimeout(noteTimer);
  noteTimer = setTimeout(() => {
    toast.hidden = true;
  }, NOTE_MS);
}

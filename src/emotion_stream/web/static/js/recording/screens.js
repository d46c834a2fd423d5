// @ts-check
// Shows one screen at a time: its heading gets the focus, its name the title, its sentence a voice.

import { announce } from "../announce.js";
import { element, focusHeading } from "../dom.js";
import { SENTENCES, TITLES } from "./state-machine.js";

/** @typedef {import("./state-machine.js").State} State */

/**
 * @param {HTMLElement} root
 * @param {State} state
 */
export function section(root, state) {
  return element(root, `[data-screen="${state}"]`);
}

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {boolean} moveFocus false for the first screen after a load
 */
export function showScreen(root, state, moveFocus) {
  for (const screen of root.querySelectorAll("[data-screen]")) {
    if (screen instanceof HTMLElement) screen.hidden = screen.dataset.screen !== state;
  }
  document.title =
    state === "ready" || state === "loading" ? TITLES[state] : `${TITLES[state]} – Emotion Stream`;
  announce(SENTENCES[state]);
  if (!moveFocus) return;
  window.scrollTo({ top: 0 });
  focusHeading(section(root, state));
}

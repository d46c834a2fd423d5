// @ts-check
// The button that goes on with the first of the files that wait.

import { button, part } from "../dom.js";

/** @type {(section: HTMLElement, visit: import("./page-state.js").Visit) => void} */
export function showNextFile(section, { waiting: [next] }) {
  part(section, "[data-next-file]").hidden = !next;
  button(section, "[data-next]").textContent = next ? `Go on with ${next.name}` : "";
}

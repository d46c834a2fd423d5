// @ts-check
// The button that goes on with the first of the files that wait.

import { button, part } from "../find.js";

/** @type {(section: HTMLElement, visit: import("./visit.js").Visit) => void} */
export function showNextFile(section, { waiting: [next] }) {
  part(section, "[data-next-file]").hidden = !next;
  button(section, "[data-next]").textContent = next ? `Go on with ${next.name}` : "";
}

// @ts-check
// A file that is dropped where none is taken: the browser must not leave the page to open it.

import { toast } from "../announce.js";

/** @param {import("../scope.js").Scope} scope */
export function blockFileDrop(scope) {
  const holds = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
  scope.listen(document, "dragover", (event) => holds(event) && event.preventDefault());
  scope.listen(document, "drop", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    const isTaken = document.querySelector("[data-drop]") !== null;
    if (!isTaken) toast("Nothing was opened. Drop sound files on the page Listen.");
  });
}

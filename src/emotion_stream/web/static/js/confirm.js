// @ts-check
// A question before something is lost for good.

import { find } from "./dom.js";

/**
 * @param {HTMLElement} root
 * @param {"everything" | "history" | "spotify"} question a dialog of templates/confirm.html
 * @param {import("./scope.js").Scope} scope
 * @returns {Promise<boolean>} whether the person means it
 */
export async function confirmed(root, question, scope) {
  const dialog = find(root, `[data-confirm="${question}"]`, HTMLDialogElement);
  dialog.returnValue = "no";
  dialog.showModal();
  await new Promise((resolve) => scope.listen(dialog, "close", resolve, { once: true }));
  return dialog.returnValue === "yes";
}

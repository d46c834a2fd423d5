// @ts-check
// The reading this tab shows, so that a reload brings it back: its id, for as long as it is on the screen.

const NAME = "emotion-stream.shown";

/** @returns {string | null} */
export function lastShown() {
  try {
    return sessionStorage.getItem(NAME);
  } catch {
    return null; // storage is blocked: a reload begins anew
  }
}

/** @param {string | null} id null where no kept reading is shown */
export function rememberShown(id) {
  try {
    if (id) sessionStorage.setItem(NAME, id);
    else sessionStorage.removeItem(NAME);
  } catch {
    return;
  }
}

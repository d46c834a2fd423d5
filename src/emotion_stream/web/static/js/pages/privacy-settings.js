// @ts-check
// What is kept: the tick for the history, and the way to delete everything.

import { toast } from "../announce.js";
import { getSession, giveConsent } from "../api.js";
import { confirmed } from "../confirm.js";
import { button, element, find } from "../dom.js";
import { deleteEverything } from "../result/reading-history.js";
import { getSpotify } from "../spotify/api.js";

/** @typedef {import("../scope.js").Scope} Scope */
/** @typedef {import("../api.js").Session} Session */

/**
 * @param {HTMLElement} main
 * @param {Scope} scope
 * @param {() => void} onForgotten
 * @param {() => void} onHistoryEnded the readings are gone from the server; the one on screen stays to look at
 * @returns {() => void} shows anew what is kept
 */
export function connectPrivacySettings(main, scope, onForgotten, onHistoryEnded) {
  const history = find(main, "[data-history]", HTMLInputElement);
  const forgetAll = button(main, "[data-forget-all]");
  /** @type {Session | null} */
  let known = null;
  let signedIn = false;
  const load = async () => {
    try {
      const [session, spotify] = await Promise.all([getSession(), getSpotify().catch(() => null)]);
      known = session;
      signedIn = spotify?.signed_in ?? false;
      showSession(main, session, signedIn);
    } catch (error) {
      fail(error);
    }
  };
  scope.listen(history, "change", async () => {
    const wanted = history.checked;
    const loses = !wanted && Boolean(known?.readings.length || known?.plays.length);
    if (loses && !(await confirmed(main, "history", scope))) {
      history.checked = true;
      return;
    }
    history.disabled = true;
    forgetAll.disabled = true; // two wishes at once might reach the server in the other order
    const session = await changeHistory(wanted);
    if (session && !session.consent.history) onHistoryEnded();
    forgetAll.disabled = false;
    known = session ?? known;
    if (known) showSession(main, known, signedIn);
    if (document.activeElement === document.body) history.focus();
  });
  scope.listen(forgetAll, "click", async () => {
    if (!(await deleteEverything(main, scope))) return;
    onForgotten();
    toast("Everything is deleted.");
    element(main, "#kept").focus(); // the button goes
    void load();
  });
  void load();
  return () => void load();
}

/**
 * @param {boolean} wanted
 * @returns {Promise<Session | null>} what the server answered; null where it did not
 */
async function changeHistory(wanted) {
  try {
    const session = await giveConsent(wanted);
    toast(
      session.consent.history
        ? "From now on your results are kept here."
        : "The history is deleted, and nothing more is kept.",
    );
    return session;
  } catch (error) {
    fail(error);
    return null;
  }
}

/** @param {unknown} error */
function fail(error) {
  toast(error instanceof Error ? error.message : String(error));
}

/**
 * @param {HTMLElement} main
 * @param {Session} session
 * @param {boolean} signedIn to Spotify
 */
function showSession(main, session, signedIn) {
  const { consent } = session;
  const history = find(main, "[data-history]", HTMLInputElement);
  history.checked = consent.history;
  history.disabled = !consent.analyse;
  element(main, "[data-kept]").textContent = words(session, signedIn);
  button(main, "[data-forget-all]").hidden = !consent.analyse && !signedIn;
}

/** @param {Session} session @param {boolean} signedIn to Spotify */
function words({ consent, readings }, signedIn) {
  const kept = signedIn ? " Your sign-in to Spotify is kept." : "";
  if (!consent.analyse) {
    return `You have not agreed to any analysis yet, and no result is kept.${kept}`;
  }
  if (readings.length === 0) return `No reading is kept.${kept}`;
  if (readings.length === 1) return `One reading is kept.${kept}`;
  return `${readings.length} readings are kept.${kept}`;
}

// @ts-check
// What brings a tab back to its result: after a reload the id of the reading, after a sign-in elsewhere the mood,
// the goal and the source. Nothing else.

/** @typedef {import("../api.js").Reading} Reading */
/** @typedef {import("./page-state.js").Memory} Memory */
/** @typedef {{ reading: Reading | null, chosen: import("../emotions.js").Emotion | null, music: import("./page-state.js").MusicChoice, left_at: number }} SignInState */

/** Names in sessionStorage. */
const SIGN_IN_STATE = "emotion-stream.return";
const READING_ID = "emotion-stream.shown";
const ELSEWHERE = "/auth/";
/** Who comes back later than this begins anew. */
const LONGEST_MS = 30 * 60_000;

/** The reading this tab shows, for as long as it is on the screen. @returns {string | null} */
export function loadReadingId() {
  try {
    return sessionStorage.getItem(READING_ID);
  } catch {
    return null; // storage is blocked: a reload begins anew
  }
}

/** @param {string | null} id null where no kept reading is shown */
export function saveReadingId(id) {
  try {
    if (id) sessionStorage.setItem(READING_ID, id);
    else sessionStorage.removeItem(READING_ID);
  } catch {
    return;
  }
}

/**
 * The way to a sign-in leaves the page, and the memory of the tab with it.
 * @param {Memory} memory
 * @param {import("../scope.js").Scope} scope
 */
export function saveBeforeSignIn(memory, scope) {
  scope.listen(document, "click", (/** @type {MouseEvent} */ event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link?.origin === location.origin && link.pathname.startsWith(ELSEWHERE))
      saveSignInState(memory);
  });
}

/** @param {Memory} memory */
function saveSignInState({ result, music }) {
  if (!result) return;
  const { reading, chosen } = result;
  const back = { reading: withoutVoice(reading), chosen, music, left_at: Date.now() };
  try {
    sessionStorage.setItem(SIGN_IN_STATE, JSON.stringify(back));
  } catch {
    return; // storage is blocked: the person begins anew
  }
}

/**
 * The estimate alone; a reading that the server keeps is fetched from there instead.
 * @param {Reading | null} reading
 */
function withoutVoice(reading) {
  return reading?.id === null ? { ...reading, file: null, timeline: [], waveform: [] } : null;
}

/**
 * What was kept, once.
 * @param {Date} now
 * @returns {SignInState | null}
 */
export function takeSignInState(now) {
  try {
    const kept = sessionStorage.getItem(SIGN_IN_STATE);
    deleteSignInState();
    /** @type {SignInState | null} */
    const back = kept ? JSON.parse(kept) : null;
    return back && now.getTime() - back.left_at < LONGEST_MS ? back : null;
  } catch {
    return null;
  }
}

export function deleteSignInState() {
  try {
    sessionStorage.removeItem(SIGN_IN_STATE);
  } catch {
    return;
  }
}

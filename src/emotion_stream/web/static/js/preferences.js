// @ts-check
// Small choices kept in this browser; none of them says anything about how a person feels.

const PREFIX = "emotion-stream.";

/**
 * @param {string} name
 * @param {string} fallback
 */
export function preference(name, fallback) {
  try {
    return localStorage.getItem(PREFIX + name) ?? fallback;
  } catch {
    return fallback; // storage is blocked: the choice lasts as long as the page
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    return;
  }
}

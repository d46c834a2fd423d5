// @ts-check
// What to say and offer when a microphone does not open.

/** @typedef {{ heading: string, message: string, detail: string, retry: boolean }} Problem */
/** @typedef {"chrome" | "edge" | "firefox" | "safari" | "ios" | "other"} Browser */

/** @type {Readonly<Record<Browser, string>>} */
const HOW_TO_ALLOW = {
  chrome: "In Chrome, press the icon left of the address, set Microphone to Allow, then try again.",
  edge: "In Edge, press the lock left of the address, set Microphone to Allow, then try again.",
  firefox:
    "In Firefox, press the crossed-out microphone left of the address, remove the block, then try again.",
  safari:
    "In Safari, open Safari > Settings for This Website, set Microphone to Allow, then try again.",
  ios: "On an iPhone or iPad, press aA in the address bar, open Website Settings and allow the microphone.",
  other:
    "Look for the microphone near the address bar, or in the browser's settings, and allow it for this page.",
};

/** @type {Readonly<Record<string, (browser: Browser) => Problem>>} */
const PROBLEMS = {
  NotAllowedError: (browser) => ({
    heading: "The microphone is blocked",
    message: HOW_TO_ALLOW[browser],
    detail:
      "If the browser allows it and it still fails, the system may block it: look under Privacy > Microphone in the system settings.",
    retry: true,
  }),
  NotFoundError: () => ({
    heading: "No microphone was found",
    message: "Plug one in and try again, or choose a sound file instead.",
    detail: "On a Mac, Firefox also says this when the system blocks the microphone.",
    retry: true,
  }),
  NotReadableError: () => ({
    heading: "The microphone is busy",
    message: "Another program is using it. Close that program, then try again.",
    detail: "On Windows this can also mean that the system blocks microphones for browsers.",
    retry: true,
  }),
  OverconstrainedError: () => ({
    heading: "That microphone is gone",
    message: "The microphone you chose is no longer there. Try again with the default one.",
    detail: "",
    retry: true,
  }),
  SecurityError: () => ({
    heading: "Recording needs a secure page",
    message:
      "Browsers open the microphone only over https, or on this computer at http://127.0.0.1. You can choose a sound file instead.",
    detail: "",
    retry: false,
  }),
};

/**
 * @param {unknown} error what getUserMedia threw
 * @param {Browser} browser
 * @returns {Problem}
 */
export function describeMicrophoneError(error, browser) {
  const name = error instanceof DOMException ? error.name : "";
  const known = PROBLEMS[name];
  if (known) return known(browser);
  return {
    heading: "The microphone did not open",
    message: "Something unexpected happened. Try again, or choose a sound file instead.",
    detail: error instanceof Error ? error.message : "",
    retry: true,
  };
}

/**
 * @param {string} userAgent
 * @returns {Browser}
 */
export function browserOf(userAgent) {
  if (/iPhone|iPad|iPod/.test(userAgent)) return "ios";
  if (/Edg\//.test(userAgent)) return "edge";
  if (/Firefox\//.test(userAgent)) return "firefox";
  if (/Chrome\//.test(userAgent)) return "chrome";
  if (/Safari\//.test(userAgent)) return "safari";
  return "other";
}

// @ts-check
// The HTTP API (docs/http-api.md) as functions; every failure becomes an ApiError with a sentence.

/** @typedef {import("./emotions.js").Emotion} Emotion */
/** @typedef {import("./emotions.js").Goal} Goal */
/** @typedef {{ valence: number, arousal: number }} Affect */
/** @typedef {{ verdict: string, message: string, duration_s: number, speech_s: number, damaged_ratio: number }} Quality */
/** @typedef {{ start_s: number, end_s: number, emotion: Emotion | null, confidence: number, scores: Record<string, number> }} TimelineWindow */
/**
 * A reading as lists hold it.
 * @typedef {{ id: string | null, created_at: string, file: string | null, duration_s: number, emotion: Emotion | null,
 *   unsure: boolean, likely: Emotion[], confidence: number | null, scores: Record<string, number> | null, affect: Affect | null,
 *   quality: Quality, correction: Emotion | null }} ReadingSummary
 */
/** `unsaved`: it belongs into the history and could not be saved. @typedef {ReadingSummary & { timeline: TimelineWindow[], waveform: number[], unsaved: boolean }} Reading */
/** What the page reads of the answer to a correction. @typedef {Pick<ReadingSummary, "id" | "correction">} Correction */
/** @typedef {{ consent: { analyse: boolean, history: boolean }, created_at: string | null, readings: ReadingSummary[], plays: unknown[] }} Session */
/**
 * @typedef {{ provider: string, id: string, kind: string, title: string, creators: string[], album: string | null, genre: string | null,
 *   duration_s: number, tempo_bpm: number | null, affect: Affect, affect_sigma: number, affect_source: string, licence: string | null, link: string | null,
 *   audio_url: string }} Item
 */
/** @typedef {{ item: Item, reason: string, fit: number, step: Affect }} Suggestion */
/**
 * @typedef {{ goal: Goal, provider: string, state: Affect, target: Affect, emotion: Emotion | null, message: string, items: Suggestion[] }} Recommendation
 */
/** @typedef {{ id: string, name: string, state: string, items: number, message: string, done: number, total: number }} ProviderStatus */
/** @typedef {{ providers: ProviderStatus[], folder: string | null, folder_editable: boolean }} Library */

const ROOT = "/api/v1";
const TIMEOUT_MS = 20_000;

export class ApiError extends Error {
  /**
   * @param {string} code of `docs/http-api.md`, or `unreachable`, `offline`, `cancelled`
   * @param {string} message
   * @param {number} status 0 where there was no answer
   * @param {{ until?: string, scopes?: string[] }} [details] what some codes bring along
   */
  constructor(code, message, status, details = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** @returns {ApiError} */
export function noAnswer() {
  return navigator.onLine
    ? new ApiError(
        "unreachable",
        "The server does not answer. It may have been stopped, or is starting again.",
        0,
      )
    : new ApiError("offline", "This device is offline. The page needs to reach its server.", 0);
}

/**
 * The error in a body, or one of our own where another program answered.
 * @param {unknown} body
 * @param {number} status
 */
export function errorOf(body, status) {
  if (body && typeof body === "object" && "code" in body && "message" in body) {
    return new ApiError(
      String(body.code),
      String(body.message),
      status,
      /** @type {{ until?: string }} */ (body),
    );
  }
  return new ApiError(
    "unexpected",
    `The server answered with ${status} and no explanation.`,
    status,
  );
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function call(method, path, body) {
  /** @type {RequestInit} */
  const options = {
    method,
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { ...options.headers, "content-type": "application/json" };
  }
  let answer;
  try {
    answer = await fetch(ROOT + path, options);
  } catch {
    throw noAnswer();
  }
  const json = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) throw errorOf(json, answer.status);
  return json;
}

/** @returns {Promise<Session>} */
export const getSession = () => call("GET", "/session");

/** @param {boolean} history @returns {Promise<Session>} */
export const giveConsent = (history) => call("PUT", "/session", { analyse: true, history });

/** @returns {Promise<null>} */
export const deleteSession = () => call("DELETE", "/session");

/** @param {string} id @returns {Promise<Reading>} */
export const getReading = (id) => call("GET", `/analyses/${encodeURIComponent(id)}`);

/**
 * One that is not there any more is as good as deleted.
 * @param {string} id
 * @returns {Promise<null>}
 */
export const deleteReading = (id) =>
  call("DELETE", `/analyses/${encodeURIComponent(id)}`).catch((error) => {
    if (error.status !== 404) throw error;
    return null;
  });

/** @param {string} id @param {Emotion} emotion @returns {Promise<Correction>} */
export const saveCorrection = (id, emotion) =>
  call("PUT", `/analyses/${encodeURIComponent(id)}/correction`, { emotion });

/** @param {string} id @returns {Promise<Correction>} */
export const deleteCorrection = (id) =>
  call("DELETE", `/analyses/${encodeURIComponent(id)}/correction`);

/** @param {Record<string, unknown>} wish @returns {Promise<Recommendation>} */
export const recommend = (wish) => call("POST", "/recommendations", wish);

/** @returns {Promise<Library>} */
export const getLibrary = () => call("GET", "/library");

/** @param {string} path @returns {Promise<Library>} */
export const setFolder = (path) => call("PUT", "/library/folder", { path });

/** @returns {Promise<Library>} */
export const forgetFolder = () => call("DELETE", "/library/folder");

/** @returns {Promise<Library>} */
export const scanFolder = () => call("POST", "/library/scan");

/** @param {Record<string, unknown>} play @returns {Promise<unknown>} */
export const reportPlay = (play) => call("POST", "/plays", play);

/**
 * Whether the server is there, well or not. What a proxy says in its place is no answer.
 * @returns {Promise<boolean>}
 */
export const serverAnswers = () =>
  call("GET", "/health").then(
    () => true,
    (error) => error instanceof ApiError && error.status > 0 && error.code !== "unexpected",
  );

/**
 * Sends a take to be analysed. XMLHttpRequest, because fetch tells no progress of an upload.
 * @param {{ blob: Blob, name: string }} take
 * @param {(share: number) => void} onProgress 0 to 1 of the bytes sent
 * @param {import("./scope.js").Scope} scope disposing it cancels
 * @returns {Promise<Reading>}
 */
export function analyse(take, onProgress, scope) {
  const request = new XMLHttpRequest();
  const form = new FormData();
  form.append("file", take.blob, take.name);
  return new Promise((resolve, reject) => {
    request.upload.onprogress = (event) =>
      event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300 && request.response)
        resolve(request.response);
      else reject(errorOf(request.response, request.status));
    };
    request.onerror = () => reject(noAnswer());
    request.onabort = () => reject(new ApiError("cancelled", "Cancelled.", 0));
    request.open("POST", "/api/v1/analyses");
    request.responseType = "json";
    request.setRequestHeader("accept", "application/json");
    scope.own(() => request.abort());
    request.send(form);
  });
}

// @ts-check
// The one state machine of the recording page: which screen follows which, and what each one says.

/** @typedef {"loading"|"notice"|"ready"|"asking"|"countdown"|"recording"|"review"|"analysing"|"mood"|"problem"|"result"} State */

/** @type {Readonly<Record<State, Readonly<Record<string, State>>>>} */
export const TRANSITIONS = {
  loading: {
    noConsent: "notice",
    consent: "ready",
    restored: "result",
    kept: "review",
    failed: "problem",
  },
  notice: { agreed: "ready", kept: "review", byHand: "mood", failed: "problem" },
  ready: {
    record: "asking",
    file: "review",
    byHand: "mood",
    opened: "result",
    failed: "problem",
    forgotten: "notice",
  },
  asking: { granted: "countdown", grantedAtOnce: "recording", failed: "problem", cancel: "ready" },
  countdown: { start: "recording", failed: "problem", cancel: "ready" },
  recording: { stop: "review", cancel: "ready", failed: "problem" },
  review: {
    use: "analysing",
    again: "asking",
    discard: "ready",
    file: "review",
    byHand: "mood",
    forgotten: "notice",
  },
  analysing: { analysed: "result", failed: "problem", cancel: "review" },
  mood: {
    chosen: "result",
    back: "ready",
    noConsent: "notice",
    file: "review",
    failed: "problem",
    forgotten: "notice",
  },
  problem: {
    record: "asking",
    use: "analysing",
    file: "review",
    byHand: "mood",
    back: "ready",
    keep: "review",
    noConsent: "notice",
    again: "loading",
  },
  result: {
    again: "ready",
    record: "asking",
    file: "review",
    opened: "result",
    deleted: "ready",
    chosen: "result",
    byHand: "mood",
    noConsent: "notice",
    forgotten: "notice",
  },
};

/** What a screen reader hears when a state begins; where it is empty the focused heading says it. @type {Readonly<Record<State, string>>} */
export const SENTENCES = {
  loading: "One moment.",
  notice: "",
  ready: "",
  asking: "Waiting for permission to use the microphone.",
  countdown: "Recording starts in three seconds.",
  recording: "Recording in progress.",
  review: "",
  analysing: "Analysing.",
  mood: "",
  problem: "",
  result: "Done.",
};

/** @type {Readonly<Record<State, string>>} */
export const TITLES = {
  loading: "Emotion Stream",
  notice: "Before you speak",
  ready: "Emotion Stream",
  asking: "May this page listen?",
  countdown: "Get ready",
  recording: "Recording",
  review: "Use this one?",
  analysing: "Analysing",
  mood: "How do you feel?",
  problem: "That did not work",
  result: "Your result",
};

/** What a state needs to know when it begins. @typedef {Readonly<Record<string, any>>} Detail */

export class StateMachine {
  /** @type {State} */
  #state = "loading";
  /** @type {Set<(state: State, detail: Detail, from: State) => void>} */
  #listeners = new Set();

  get state() {
    return this.#state;
  }

  /** @param {string} event */
  can(event) {
    return event in TRANSITIONS[this.#state];
  }

  /**
   * Follows an event. One that the current state does not know changes nothing: a second click on
   * a button whose work has begun, or news from a microphone that was let go.
   * @param {string} event
   * @param {Detail} [detail]
   * @returns {boolean} whether the state took the event
   */
  send(event, detail = {}) {
    const from = this.#state;
    const next = TRANSITIONS[from][event];
    if (!next) return false;
    this.#state = next;
    for (const listener of [...this.#listeners]) listener(next, detail, from);
    return true;
  }

  /**
   * @param {(state: State, detail: Detail, from: State) => void} listener
   * @returns {() => void} ends it
   */
  on(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

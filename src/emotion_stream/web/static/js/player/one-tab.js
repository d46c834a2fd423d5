// @ts-check
// Only one tab of this browser sounds or listens: the one where that was asked for last. Two tabs would play over
// each other, and the music of one would be recorded in the other. A channel never hears what it sent itself.

export class OneTab {
  #channel =
    typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("emotion-stream-player");

  /**
   * @param {() => void} onOther another tab wants silence
   * @param {import("../scope.js").Scope} scope
   */
  constructor(onOther, scope) {
    const channel = this.#channel;
    if (!channel) return;
    scope.listen(channel, "message", (event) => event.data === "playing" && onOther());
    scope.own(() => channel.close());
  }

  /** Silences every other tab. */
  claim() {
    this.#channel?.postMessage("playing");
  }
}

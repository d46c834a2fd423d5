// @ts-check
// Only one tab of this browser plays: the one where Play was pressed last.

export class OneTab {
  #channel =
    typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("emotion-stream-player");

  /**
   * @param {() => void} onOther another tab began to play
   * @param {import("../scope.js").Scope} scope
   */
  constructor(onOther, scope) {
    const channel = this.#channel;
    if (!channel) return;
    scope.listen(channel, "message", (event) => event.data === "playing" && onOther());
    scope.own(() => channel.close());
  }

  claim() {
    this.#channel?.postMessage("playing");
  }
}

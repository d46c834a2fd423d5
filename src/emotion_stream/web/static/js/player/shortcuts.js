// @ts-check
// The player's keys (docs/page.md). They can be turned off in the settings (WCAG 2.1.4).

import { preference } from "../preferences.js";

export const SEEK_S = 10;
const VOLUME_STEP = 0.1;
const TYPING = "input:not([type=checkbox]):not([type=range]), textarea, select, [contenteditable]";
/** Held down, these go on; of the others a key that is held is one press. */
const GO_ON = new Set(["forward", "back", "louder", "quieter"]);
/** Space on these already means something. */
const PRESSABLE = "button, a, summary, input, label, [role=slider]";

/**
 * @param {KeyboardEvent} event
 * @returns {string | null} the name of what the key asks for
 */
export function shortcut(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (
    !(event.target instanceof Element) ||
    event.target.closest(TYPING) ||
    event.target.closest("dialog")
  )
    return null;
  if (event.key === " ") return event.target.closest(PRESSABLE) ? null : "toggle";
  if (event.shiftKey && event.target.closest("input[type=range]")) return null;
  /** @type {Record<string, string>} */
  const keys = event.shiftKey
    ? { ArrowRight: "forward", ArrowLeft: "back", ArrowUp: "louder", ArrowDown: "quieter" }
    : { n: "next", p: "previous", m: "mute" };
  return keys[event.key] ?? null;
}

/** @typedef {Readonly<Record<string, () => void>>} Actions what each name does */

/** @param {import("./player.js").Player} player @returns {Actions} */
export function actionsOf(player) {
  return {
    toggle: () => void player.toggle(),
    next: () => void player.next(),
    previous: () => void player.previous(),
    mute: () => player.toggleMute(),
    forward: () => player.seek(player.position_s + SEEK_S),
    back: () => player.seek(player.position_s - SEEK_S),
    louder: () => player.setVolume(player.audio.volume + VOLUME_STEP),
    quieter: () => player.setVolume(player.audio.volume - VOLUME_STEP),
  };
}

/**
 * @param {() => Actions | null} actions null where there is nothing to control
 * @param {import("../scope.js").Scope} scope
 */
export function connectShortcuts(actions, scope) {
  scope.listen(document, "keydown", (/** @type {KeyboardEvent} */ event) => {
    const known = actions();
    if (!known || preference("shortcuts", "on") === "off") return;
    const name = shortcut(event);
    if (!name || !known[name]) return;
    event.preventDefault();
    if (!event.repeat || GO_ON.has(name)) known[name]();
  });
}

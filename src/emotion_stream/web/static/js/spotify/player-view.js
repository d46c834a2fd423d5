// @ts-check
// The bar of what Spotify plays: cover, names as given, the keys, or Spotify's own small player.

import { button, element, find, focusHeading, switchIcon } from "../dom.js";
import { clock, spoken } from "../time-format.js";
import { signInAddress } from "./api.js";

/** @typedef {import("./player.js").SpotifyPlayer} SpotifyPlayer */

export class SpotifyPlayerView {
  /**
   * @param {HTMLElement} root
   * @param {SpotifyPlayer} player
   * @param {import("../scope.js").Scope} scope
   */
  constructor(root, player, scope) {
    this.root = root;
    this.player = player;
    this.seek = find(root, "[data-seek]", HTMLInputElement);
    this.mute = button(root, "[data-mute]");
    this.volume = find(root, "[data-volume]", HTMLInputElement);
    const { player: own } = player.bar;
    scope.listen(this.mute, "click", () => own.toggleMute());
    scope.listen(this.volume, "input", () => own.setVolume(Number(this.volume.value) / 100));
    scope.listen(button(root, "[data-toggle]"), "click", () => player.toggle());
    scope.listen(button(root, "[data-next]"), "click", () => player.next());
    scope.listen(button(root, "[data-previous]"), "click", () => player.previous());
    scope.listen(this.seek, "change", () => player.seek(Number(this.seek.value)));
    scope.listen(button(root, "[data-close]"), "click", () => {
      player.close();
      focusHeading(element(document, "main")); // the bar is gone
    });
  }

  render() {
    const { root, player } = this;
    const { item, way, phase, words } = player.playback;
    root.hidden = item === null;
    document.body.classList.toggle("has-spotify", item !== null);
    if (item === null) return;
    root.dataset.way = way;
    this.#showNames();
    const said = element(root, "[data-words]");
    said.textContent = words;
    said.hidden = !words;
    const again = find(root, "[data-sign-in]", HTMLAnchorElement);
    again.hidden = phase !== "signin";
    again.href = signInAddress("listen", location.pathname);
    element(root, "[data-keys]").hidden = way !== "sdk";
    element(root, "[data-place]").hidden = way !== "sdk";
    element(root, "[data-sound]").hidden = way !== "sdk";
    root.setAttribute("aria-busy", String(player.playback.isPending));
    switchIcon(button(root, "[data-toggle]"), player.isActive, "playing", "paused", [
      "Pause",
      "Play",
    ]);
    const { disallows } = player;
    disable(button(root, "[data-next]"), Boolean(disallows.skipping_next));
    disable(button(root, "[data-previous]"), Boolean(disallows.skipping_prev));
    this.showTime();
  }

  #showNames() {
    const { root, player } = this;
    const { item } = player.playback;
    if (!item) return;
    const { track } = player;
    const inside = track && track.uri !== item.uri ? item.name : item.parent;
    element(root, "[data-title]").textContent = track?.name ?? item.name;
    const by = track ? track.artists.map((artist) => artist.name) : item.by;
    element(root, "[data-by]").textContent = [by.join(", "), inside].filter(Boolean).join(" · ");
    const cover = find(root, "[data-cover]", HTMLImageElement);
    const address = track?.album.images[0]?.url ?? item.cover?.url ?? "";
    cover.hidden = !address;
    if (address && cover.src !== address) cover.src = address;
    find(root, "[data-link]", HTMLAnchorElement).href = item.link;
  }

  /** @param {number} volume 0 to 1 @param {boolean} muted */
  showVolume(volume, muted) {
    this.volume.value = String(Math.round(volume * 100));
    this.volume.style.setProperty("--done", `${this.volume.value}%`);
    switchIcon(this.mute, muted, "muted", "sounding", ["Mute", "Mute"]);
    this.mute.setAttribute("aria-pressed", String(muted));
  }

  showTime() {
    const { player, seek } = this;
    const duration_s = player.playback.progress.duration_s;
    const position_s = player.position_s;
    if (document.activeElement !== seek || !seek.matches(":active")) {
      seek.max = String(Math.max(1, Math.floor(duration_s)));
      seek.value = String(Math.floor(position_s));
    }
    seek.style.setProperty("--done", `${duration_s ? (100 * position_s) / duration_s : 0}%`);
    seek.setAttribute("aria-valuetext", `${spoken(position_s)} of ${spoken(duration_s)}`);
    element(this.root, "[data-elapsed]").textContent = clock(position_s);
    element(this.root, "[data-length]").textContent = clock(duration_s);
  }
}

/** Still reachable, so that the focus is not lost. @param {HTMLButtonElement} control @param {boolean} off */
function disable(control, off) {
  control.setAttribute("aria-disabled", String(off));
}

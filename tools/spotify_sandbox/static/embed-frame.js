// @ts-check
// The inside of the embedded player: one item, a button, and word to the page around it.

import { Tone } from "./tones.js";

const UPDATE_MS = 250;

/** @type {{ name: string, tune: number, duration_s: number }[]} */
const tracks = JSON.parse(document.body.dataset.tracks ?? "[]");
const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-toggle]"));
const progress = /** @type {HTMLProgressElement | null} */ (
  document.querySelector("[data-progress]")
);
const title = document.querySelector("[data-track]");
let index = 0;

/** @param {string} event @param {object} [data] */
function tell(event, data) {
  // Positions of tones are no secret, and the frame cannot know the address around it.
  if (window.parent !== window) window.parent.postMessage({ event, data }, "*");
}

function update() {
  const { duration_s } = tracks[index];
  if (button !== null) button.textContent = tone.playing ? "Pause" : "Play";
  if (title !== null) title.textContent = tracks[index].name;
  if (progress !== null) progress.value = tone.positionS / duration_s;
  tell("playback_update", {
    isPaused: !tone.playing,
    isBuffering: false,
    duration: duration_s * 1000,
    position: Math.round(tone.positionS * 1000),
  });
}

const tone = new Tone(() => {
  if (index + 1 < tracks.length) {
    index += 1;
    tone.load(tracks[index]);
    void tone.play().then(update);
    return;
  }
  const { duration_s } = tracks[index];
  tell("playback_update", {
    isPaused: true,
    isBuffering: false,
    duration: duration_s * 1000,
    position: duration_s * 1000,
  });
  index = 0;
  tone.load(tracks[index]);
  if (button !== null) button.textContent = "Play";
});

/** @type {Record<string, (value: number) => void | Promise<unknown>>} */
const COMMANDS = {
  play: () => {
    index = 0;
    tone.load(tracks[index]);
    return tone.play();
  },
  resume: () => tone.play(),
  pause: () => tone.pause(),
  toggle: () => (tone.playing ? tone.pause() : tone.play()),
  seek: (seconds) => tone.seek(seconds),
};

/** @param {string} command @param {number} value */
async function obey(command, value) {
  await COMMANDS[command]?.(value);
  update();
}

if (tracks.length === 0) {
  tell("error", { message: "Nothing to play here" });
} else {
  tone.load(tracks[index]);
  window.addEventListener("message", ({ data, source }) => {
    if (source === window.parent) void obey(data.command, data.value);
  });
  button?.addEventListener("click", () => obey("toggle", 0));
  setInterval(() => tone.playing && update(), UPDATE_MS);
  update();
  tell("ready");
}

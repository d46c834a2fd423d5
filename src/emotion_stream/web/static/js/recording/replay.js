// @ts-check
// Plays a take back, with the place shown on the waveform.

import { toast } from "../announce.js";

/**
 * The music pauses first. Everything ends with the scope.
 * @param {{ take: import("./recording-buffer.js").Take, control: HTMLButtonElement, words: [string, string],
 *   page: import("./page-state.js").PageState, scope: import("../scope.js").Scope }} clip
 */
export function connectReplay({ take, control, words, page, scope }) {
  const address = URL.createObjectURL(take.blob);
  const audio = new Audio(address);
  scope.own(() => {
    audio.pause();
    audio.removeAttribute("src");
    URL.revokeObjectURL(address);
    page.waveformView.update({ progress: null });
  });
  const render = () => {
    control.textContent = audio.paused ? words[1] : words[0];
  };
  render();
  scope.listen(audio, "play", render);
  scope.listen(audio, "pause", render);
  scope.listen(audio, "ended", () => page.waveformView.update({ progress: null }));
  scope.listen(control, "click", async () => {
    if (!audio.paused) return audio.pause();
    page.bar.silence();
    try {
      await audio.play();
    } catch (error) {
      const paused = error instanceof DOMException && error.name === "AbortError";
      if (!paused && !scope.disposed)
        toast("This browser cannot play the file. It can still be analysed.");
      return;
    }
    scope.everyFrame(() => {
      if (audio.paused) return false;
      page.waveformView.update({ progress: audio.currentTime / (audio.duration || 1) });
      return true;
    });
  });
  page.bar.onSilence(() => audio.pause(), scope);
}

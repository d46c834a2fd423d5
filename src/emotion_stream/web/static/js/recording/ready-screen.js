// @ts-check
// The screen before a recording: something to say, the microphone, or a file.

import { announce } from "../announce.js";
import { button, element, find } from "../dom.js";
import { preference, remember } from "../preferences.js";
import { showNextFile } from "./file-queue.js";
import { PROMPTS, promptLanguage } from "./prompts.js";

/** @type {(page: import("./page-state.js").PageState, section: HTMLElement, scope: import("../scope.js").Scope) => import("./page-state.js").EnterScreen} */
export function readyScreen(page, section, scope) {
  connectPrompt(page, section, scope);
  connectOptions(page, section, scope);
  scope.listen(button(section, "[data-record]"), "click", () => page.machine.send("record"));
  scope.listen(button(section, "[data-by-hand]"), "click", () => page.machine.send("byHand"));
  const note = element(section, "[data-note]");

  return ({ words = "" }) => {
    note.textContent = words;
    note.hidden = !words;
    announce(words);
    showNextFile(section, page);
    page.waveformView.show({ mode: "rest" });
  };
}

/** @type {(page: import("./page-state.js").PageState, section: HTMLElement, scope: import("../scope.js").Scope) => void} */
function connectPrompt(page, section, scope) {
  const quote = element(section, "[data-prompt]");
  const select = find(section, "[data-prompt-language]", HTMLSelectElement);
  let line = 0;
  const show = () => {
    const { lines } = PROMPTS[select.value];
    page.prompt = { line: lines[line % lines.length], language: select.value };
    quote.textContent = page.prompt.line;
    quote.lang = page.prompt.language;
  };
  select.append(...Object.entries(PROMPTS).map(([code, { name }]) => new Option(name, code)));
  const wanted = preference("prompts", promptLanguage(navigator.languages));
  select.value = wanted in PROMPTS ? wanted : "en";
  scope.listen(select, "change", () => {
    line = 0;
    remember("prompts", select.value);
    show();
  });
  scope.listen(button(section, "[data-another-prompt]"), "click", () => {
    line += 1;
    show();
    announce(page.prompt.line, page.prompt.language);
  });
  show();
}

/** @type {(page: import("./page-state.js").PageState, section: HTMLElement, scope: import("../scope.js").Scope) => void} */
function connectOptions(page, section, scope) {
  for (const [name, fallback] of [
    ["countdown", "on"],
    ["noisy", "off"],
  ]) {
    const box = find(section, `[data-${name}]`, HTMLInputElement);
    box.checked = preference(name, fallback) === "on";
    scope.listen(box, "change", () => remember(name, box.checked ? "on" : "off"));
  }
  const device = find(section, "[data-device]", HTMLSelectElement);
  scope.listen(device, "change", () => {
    page.deviceId = device.value;
  });
  const fill = () => void fillDevices(element(section, "[data-devices]"), device, page.deviceId);
  scope.own(page.machine.on((state) => state === "ready" && fill()));
  if (navigator.mediaDevices) scope.listen(navigator.mediaDevices, "devicechange", fill);
}

/**
 * Names are empty until a person has allowed the microphone once.
 * @param {HTMLElement} field
 * @param {HTMLSelectElement} select
 * @param {string} chosen
 */
async function fillDevices(field, select, chosen) {
  const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  const microphones = devices.filter((device) => device.kind === "audioinput" && device.label);
  field.hidden = microphones.length < 2;
  select.replaceChildren(
    new Option("Default", ""),
    ...microphones.map((each) => new Option(each.label, each.deviceId)),
  );
  select.value = microphones.some((each) => each.deviceId === chosen) ? chosen : "";
}

// @ts-check
// Files by button, drop or paste: checked, and one of them reviewed; others wait until the person asks for them.

import { toast } from "../announce.js";
import { button, element, find } from "../dom.js";
import { computePeaks } from "./waveform-peaks.js";

/** @typedef {import("./recording-buffer.js").Take} Take */

const SOUND_NAME =
  /\.(wav|wave|mp3|m4a|aac|ogg|oga|opus|flac|webm|mp4|m4v|mov|aif|aiff|amr|3gp|mka|mkv|wma)$/i;
const PEAK_COUNT = 600;
/** Decoding a longer file only to draw it would freeze the page. */
const LARGEST_DRAWN_BYTES = 30_000_000;
/** A file that takes longer to draw is reviewed without its waveform, which comes later. */
const WAVEFORM_PATIENCE_MS = 400;

export class FileQueue {
  #largest_mb;
  #opening = false;

  /**
   * @param {HTMLElement} root
   * @param {import("./page-state.js").PageState} page
   * @param {import("../scope.js").Scope} scope
   */
  constructor(root, page, scope) {
    this.page = page;
    this.scope = scope;
    const input = find(root, "[data-file]", HTMLInputElement);
    this.#largest_mb = Number(input.dataset.mostMb);
    for (const opener of root.querySelectorAll("[data-choose-file], [data-upload]")) {
      scope.listen(opener, "click", () => input.click());
    }
    scope.listen(input, "change", () => {
      void this.add([...(input.files ?? [])]);
      input.value = "";
    });
    for (const next of root.querySelectorAll("[data-next]")) {
      scope.listen(next, "click", () => this.next());
    }
    this.#connectDrop(element(root, "[data-drop]"), scope);
    scope.listen(document, "paste", (/** @type {ClipboardEvent} */ event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length) void this.add(files);
    });
  }

  /**
   * @param {HTMLElement} curtain
   * @param {import("../scope.js").Scope} scope
   */
  #connectDrop(curtain, scope) {
    const hasFiles = (/** @type {DragEvent} */ event) =>
      event.dataTransfer?.types.includes("Files");
    scope.listen(document, "dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      curtain.hidden = false;
    });
    scope.listen(document, "dragleave", (event) => {
      if (event.relatedTarget === null) curtain.hidden = true;
    });
    scope.listen(document, "drop", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      curtain.hidden = true;
      void this.add([...event.dataTransfer.files]);
    });
  }

  /** @param {readonly File[]} files */
  async add(files) {
    if (files.length === 0) return;
    const { machine } = this.page;
    if (!this.page.consent.analyse)
      return toast("Please read the notice and agree first. Then the file can be analysed.");
    if (!machine.can("file")) return toast("One thing at a time: finish this one first.");
    const sentences = files.map((file) => refusal(file, this.#largest_mb));
    const refused = sentences.filter((sentence) => sentence !== null).join(" ");
    const good = files.filter((_, index) => sentences[index] === null);
    if (refused && good.length === 0) return this.#refuse(refused);
    if (machine.state === "review") return this.#queue(good, refused);
    this.page.waitingFiles = [...good, ...this.page.waitingFiles];
    await this.next(refused);
  }

  /**
   * What is under review stays until the person is done with it.
   * @param {readonly File[]} files
   * @param {string} refused what is wrong with those that came along
   */
  #queue(files, refused) {
    this.page.waitingFiles = [...this.page.waitingFiles, ...files];
    this.page.onFileQueued();
    const words =
      files.length === 1 ? `${files[0].name} waits its turn.` : "The files wait their turn.";
    toast(`${words} ${refused}`.trim());
  }

  /**
   * Takes the next file that waits to its review.
   * @param {string} [words] to say there
   */
  async next(words = "") {
    const { page } = this;
    const file = page.waitingFiles[0];
    if (!file || this.#opening) return;
    const take = takeOfFile(file);
    const patience = new Promise((end) => this.scope.after(() => end(null), WAVEFORM_PATIENCE_MS));
    this.#opening = true;
    await Promise.race([this.#addWaveform(file, take), patience]);
    this.#opening = false;
    if (!page.machine.can("file") || !page.waitingFiles.includes(file)) return;
    page.waitingFiles = page.waitingFiles.filter((each) => each !== file);
    page.setTake(take);
    page.machine.send("file", { words });
  }

  /**
   * @param {File} file
   * @param {Take} take
   */
  async #addWaveform(file, take) {
    const drawn = await decodeWaveform(file);
    if (!drawn) return;
    Object.assign(take, drawn);
    if (this.page.take !== take) return;
    this.page.setTake(take);
    this.page.onWaveform();
  }

  /** @param {string} sentence */
  #refuse(sentence) {
    const shown = this.page.machine.send("failed", {
      heading: "That file cannot be used",
      message: sentence,
      back: "back",
    });
    if (!shown) toast(sentence);
  }
}

/**
 * A sentence about what is wrong with a file, or null.
 * @param {{ name: string, type: string, size: number }} file
 * @param {number} largest_mb what the server takes (`EMOTION_STREAM_MAX_UPLOAD_MB`)
 */
function refusal(file, largest_mb) {
  if (file.size === 0) return `${file.name} is empty. Choose another file.`;
  if (file.size > largest_mb * 1_000_000) {
    return `${file.name} has ${(file.size / 1_000_000).toFixed(1)} MB; the limit is ${largest_mb} MB. Cut it to the part with the voice.`;
  }
  if (!/^(audio|video)\//.test(file.type) && !SOUND_NAME.test(file.name)) {
    return `${file.name} is not a sound file. Choose wav, mp3, m4a, ogg, opus, flac, webm or mp4.`;
  }
  return null;
}

/**
 * The file as a take; nothing has been read of it.
 * @param {File} file
 * @returns {Take}
 */
function takeOfFile(file) {
  return { kind: "file", blob: file, name: file.name, duration_s: null, waveform: [] };
}

/**
 * How long a file is and what it looks like; null where this browser cannot decode it.
 * @param {File} file
 * @returns {Promise<Pick<Take, "duration_s" | "waveform"> | null>}
 */
async function decodeWaveform(file) {
  const sound = file.size <= LARGEST_DRAWN_BYTES ? await decodeAudio(file) : null;
  return (
    sound && {
      duration_s: sound.duration,
      waveform: computePeaks(sound.getChannelData(0), PEAK_COUNT),
    }
  );
}

/** @param {File} file */
async function decodeAudio(file) {
  try {
    const context = new OfflineAudioContext(1, 1, 16_000);
    return await context.decodeAudioData(await file.arrayBuffer());
  } catch {
    return null;
  }
}

/** The button that goes on with the first of the files that wait. @type {(section: HTMLElement, page: import("./page-state.js").PageState) => void} */
export function showNextFile(section, { waitingFiles: [next] }) {
  element(section, "[data-next-file]").hidden = !next;
  button(section, "[data-next]").textContent = next ? `Go on with ${next.name}` : "";
}

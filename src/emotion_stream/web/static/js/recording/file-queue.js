// @ts-check
// Files by button, drop or paste: checked, and one of them reviewed; others wait until the person asks for them.

import { note } from "../announce.js";
import { button, find, part } from "../dom.js";
import { peaks } from "./waveform-peaks.js";

/** @typedef {import("./recording-buffer.js").Take} Take */

const SOUND_NAME =
  /\.(wav|wave|mp3|m4a|aac|ogg|oga|opus|flac|webm|mp4|m4v|mov|aif|aiff|amr|3gp|mka|mkv|wma)$/i;
const OUTLINE_POINTS = 600;
/** Decoding a longer file only to draw it would freeze the page. */
const LARGEST_DRAWN_BYTES = 30_000_000;
/** A file that takes longer to draw is reviewed without its outline, which comes later. */
const OUTLINE_PATIENCE_MS = 400;

export class Intake {
  #largest_mb;
  #opening = false;

  /**
   * @param {HTMLElement} root
   * @param {import("./page-state.js").Visit} visit
   * @param {import("../scope.js").Scope} scope
   */
  constructor(root, visit, scope) {
    this.visit = visit;
    this.scope = scope;
    const input = find(root, "[data-file]", HTMLInputElement);
    this.#largest_mb = Number(input.dataset.mostMb);
    for (const opener of root.querySelectorAll("[data-choose-file], [data-upload]")) {
      scope.listen(opener, "click", () => input.click());
    }
    scope.listen(input, "change", () => {
      void this.offer([...(input.files ?? [])]);
      input.value = "";
    });
    for (const next of root.querySelectorAll("[data-next]")) {
      scope.listen(next, "click", () => this.next());
    }
    this.#connectDrop(part(root, "[data-drop]"), scope);
    scope.listen(document, "paste", (/** @type {ClipboardEvent} */ event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length) void this.offer(files);
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
      void this.offer([...event.dataTransfer.files]);
    });
  }

  /** @param {readonly File[]} files */
  async offer(files) {
    if (files.length === 0) return;
    const { flow } = this.visit;
    if (!this.visit.consent.analyse)
      return note("Please read the notice and agree first. Then the file can be analysed.");
    if (!flow.can("file")) return note("One thing at a time: finish this one first.");
    const sentences = files.map((file) => refusal(file, this.#largest_mb));
    const refused = sentences.filter((sentence) => sentence !== null).join(" ");
    const good = files.filter((_, index) => sentences[index] === null);
    if (refused && good.length === 0) return this.#refuse(refused);
    if (flow.state === "review") return this.#queue(good, refused);
    this.visit.waiting = [...good, ...this.visit.waiting];
    await this.next(refused);
  }

  /**
   * What is under review stays until the person is done with it.
   * @param {readonly File[]} files
   * @param {string} refused what is wrong with those that came along
   */
  #queue(files, refused) {
    this.visit.waiting = [...this.visit.waiting, ...files];
    this.visit.onWaiting();
    const words =
      files.length === 1 ? `${files[0].name} waits its turn.` : "The files wait their turn.";
    note(`${words} ${refused}`.trim());
  }

  /**
   * Takes the next file that waits to its review.
   * @param {string} [words] to say there
   */
  async next(words = "") {
    const { visit } = this;
    const file = visit.waiting[0];
    if (!file || this.#opening) return;
    const take = takeOfFile(file);
    const patience = new Promise((end) => this.scope.after(() => end(null), OUTLINE_PATIENCE_MS));
    this.#opening = true;
    await Promise.race([this.#draw(file, take), patience]);
    this.#opening = false;
    if (!visit.flow.can("file") || !visit.waiting.includes(file)) return;
    visit.waiting = visit.waiting.filter((each) => each !== file);
    visit.keep(take);
    visit.flow.send("file", { words });
  }

  /**
   * @param {File} file
   * @param {Take} take
   */
  async #draw(file, take) {
    const outline = await outlineOf(file);
    if (!outline) return;
    Object.assign(take, outline);
    if (this.visit.take !== take) return;
    this.visit.keep(take);
    this.visit.onOutline();
  }

  /** @param {string} sentence */
  #refuse(sentence) {
    const shown = this.visit.flow.send("failed", {
      heading: "That file cannot be used",
      message: sentence,
      back: "back",
    });
    if (!shown) note(sentence);
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
async function outlineOf(file) {
  const sound = file.size <= LARGEST_DRAWN_BYTES ? await decoded(file) : null;
  return (
    sound && {
      duration_s: sound.duration,
      waveform: peaks(sound.getChannelData(0), OUTLINE_POINTS),
    }
  );
}

/** @param {File} file */
async function decoded(file) {
  try {
    const context = new OfflineAudioContext(1, 1, 16_000);
    return await context.decodeAudioData(await file.arrayBuffer());
  } catch {
    return null;
  }
}

/** The button that goes on with the first of the files that wait. @type {(section: HTMLElement, visit: import("./page-state.js").Visit) => void} */
export function showNextFile(section, { waiting: [next] }) {
  part(section, "[data-next-file]").hidden = !next;
  button(section, "[data-next]").textContent = next ? `Go on with ${next.name}` : "";
}

// @ts-check
// Files a person chooses, drops or pastes, checked before anything is sent.

import { peaks } from "./waveform-peaks.js";

/** @typedef {import("./recording-buffer.js").Take} Take */

const SOUND_NAME =
  /\.(wav|wave|mp3|m4a|aac|ogg|oga|opus|flac|webm|mp4|m4v|mov|aif|aiff|amr|3gp|mka|mkv|wma)$/i;
const OUTLINE_POINTS = 600;
/** Decoding a longer file only to draw it would freeze the page. */
const LARGEST_DRAWN_BYTES = 30_000_000;

/**
 * A sentence about what is wrong with a file, or null.
 * @param {{ name: string, type: string, size: number }} file
 * @param {number} largest_mb what the server takes (`EMOTION_STREAM_MAX_UPLOAD_MB`)
 */
export function refusal(file, largest_mb) {
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
export function takeOfFile(file) {
  return { kind: "file", blob: file, name: file.name, duration_s: null, waveform: [] };
}

/**
 * How long a file is and what it looks like; null where this browser cannot decode it.
 * @param {File} file
 * @returns {Promise<Pick<Take, "duration_s" | "waveform"> | null>}
 */
export async function outlineOf(file) {
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

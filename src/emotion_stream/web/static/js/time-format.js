// @ts-check
// Durations and moments as people read them.

/** `1:05` @param {number} duration_s */
export function clock(duration_s) {
  if (!Number.isFinite(duration_s) || duration_s < 0) return "0:00";
  const whole = Math.floor(duration_s);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const seconds = String(whole % 60).padStart(2, "0");
  return hours
    ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}`
    : `${minutes}:${seconds}`;
}

/** `1 minute 5 seconds` @param {number} duration_s */
export function spoken(duration_s) {
  const whole = Math.max(0, Math.round(Number.isFinite(duration_s) ? duration_s : 0));
  const minutes = Math.floor(whole / 60);
  const seconds = whole % 60;
  const words = [];
  if (minutes) words.push(`${minutes} ${minutes === 1 ? "minute" : "minutes"}`);
  if (seconds || !minutes) words.push(`${seconds} ${seconds === 1 ? "second" : "seconds"}`);
  return words.join(" ");
}

/**
 * `just now`, `12 minutes ago`, `today at 14:05`, `3 May at 14:05`
 * @param {string} created_at ISO 8601
 * @param {Date} now
 */
export function ago(created_at, now) {
  const then = new Date(created_at);
  const minutes = Math.floor((now.getTime() - then.getTime()) / 60_000);
  if (Number.isNaN(minutes)) return "";
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} ${minutes === 1 ? "minute" : "minutes"} ago`;
  const time = then.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  if (then.toDateString() === now.toDateString()) return `today at ${time}`;
  return `${then.toLocaleDateString([], { day: "numeric", month: "long" })} at ${time}`;
}

/**
 * `14:05`, or `26 November, 14:05` where it is another day.
 * @param {string} at ISO 8601
 * @param {Date} now
 */
export function timeOfDay(at, now) {
  const then = new Date(at);
  const time = then.toLocaleTimeString([], {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  if (then.toDateString() === now.toDateString()) return time;
  return `${then.toLocaleDateString([], { day: "numeric", month: "long" })}, ${time}`;
}

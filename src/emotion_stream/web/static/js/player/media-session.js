// @ts-check
// Tells the system what plays, so that its keys, lock screen and headphones control it.

/** @param {import("./player.js").Player} player */
export function connectMediaSession(player) {
  const session = navigator.mediaSession;
  if (!session) return;
  /** @type {Partial<Record<MediaSessionAction, (details: MediaSessionActionDetails) => void>>} */
  const actions = {
    play: () => void player.resume(),
    pause: () => player.pause(),
    previoustrack: () => void player.previous(),
    nexttrack: () => void player.next(),
    seekto: (details) => player.seek(details.seekTime ?? 0),
    seekbackward: (details) => player.seek(player.position_s - (details.seekOffset ?? 10)),
    seekforward: (details) => player.seek(player.position_s + (details.seekOffset ?? 10)),
    stop: () => player.stop(),
  };
  for (const [action, handler] of Object.entries(actions)) {
    try {
      session.setActionHandler(/** @type {MediaSessionAction} */ (action), handler);
    } catch {}
  }
}

/** @param {import("./player.js").Player} player */
export function updateMediaSession(player) {
  const session = navigator.mediaSession;
  if (!session) return;
  const item = player.queue.current;
  session.metadata = item
    ? new MediaMetadata({
        title: item.title,
        artist: item.creators.join(", "),
        album: item.album ?? "",
      })
    : null;
  session.playbackState = item ? (player.isPlaying ? "playing" : "paused") : "none";
}

/** @param {import("./player.js").Player} player */
export function updateMediaPosition(player) {
  const duration = player.duration_s;
  if (!navigator.mediaSession?.setPositionState || duration <= 0) return;
  navigator.mediaSession.setPositionState({
    duration,
    position: Math.min(player.position_s, duration),
    playbackRate: 1,
  });
}

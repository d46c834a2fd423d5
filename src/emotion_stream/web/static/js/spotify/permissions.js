// @ts-check
// What each permission is for, said before Spotify asks.

/** @typedef {import("./api.js").Step} Step */

/** @type {Readonly<Record<Step, { heading: string, reason: string }>>} */
export const STEPS = {
  listen: {
    heading: "Play in this page?",
    reason:
      "Spotify's player needs to know that it is you and that you have Premium, and for that asks for your name and e-mail address. This page reads neither.",
  },
  personal: {
    heading: "Use your top artists?",
    reason:
      "The list of artists you hear most puts them first where they fit. It is asked for with each list, used for it, and not kept.",
  },
  keep: {
    heading: "Save a playlist?",
    reason:
      "Saving these tracks makes one private playlist in your Spotify account. Nothing else is changed.",
  },
  heart: {
    heading: "Change your library?",
    reason:
      "The heart adds a piece to your Spotify library or takes it out, and shows what is there already. Nothing is done without a press.",
  },
  follow: {
    heading: "Follow playlists?",
    reason:
      "Following adds a playlist to your library. Spotify calls this permission “manage your public playlists”; no playlist of yours is changed.",
  },
};

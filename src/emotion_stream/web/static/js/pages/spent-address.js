// @ts-check
// Where Spotify sends a browser back to, the address holds a code and a state. On a page that says
// why a sign-in did not work they would stay in the address bar and in the history.

/** Cuts what was asked off the address of a sign-in that came back. */
export function cutSpentAddress() {
  if (location.pathname === "/auth/callback" && location.search)
    history.replaceState(history.state, "", location.pathname);
}

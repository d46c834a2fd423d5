// @ts-check
// Moves between the pages of this site without a reload, so that the music goes on.

import { part } from "../find.js";
import { focusHeading } from "../flow/screens.js";

/** @typedef {(main: HTMLElement, arrived: boolean, fresh: boolean) => void} Mount */

/** Files and the API are no pages. */
const NOT_A_PAGE = /^\/(api|static)\//;

/**
 * @param {Mount} mount connects the page that `main` holds
 * @param {import("../scope.js").Scope} scope
 */
export function connectVisits(mount, scope) {
  let shown = pageAddress();
  const visit = (/** @type {boolean} */ fresh) => {
    shown = pageAddress();
    void fetchPage(mount, fresh);
  };
  scope.listen(document, "click", (/** @type {MouseEvent} */ event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (
      !link ||
      event.defaultPrevented ||
      event.button !== 0 ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    if (
      link.origin !== location.origin ||
      link.target ||
      link.hash ||
      NOT_A_PAGE.test(link.pathname)
    )
      return;
    event.preventDefault();
    const fresh = link.pathname === location.pathname;
    if (!fresh) history.pushState(null, "", link.href);
    visit(fresh);
  });
  // A jump within the page ("Skip to the content") is no visit: it must not end a recording.
  scope.listen(window, "popstate", () => shown !== pageAddress() && visit(false));
}

function pageAddress() {
  return location.pathname + location.search;
}

/**
 * @param {Mount} mount
 * @param {boolean} fresh
 */
async function fetchPage(mount, fresh) {
  const address = location.href;
  const html = await fetch(address, { headers: { accept: "text/html" } }).then(
    (answer) => answer.text(),
    () => null,
  );
  if (address !== location.href) return;
  if (html === null) return location.reload();
  const page = new DOMParser().parseFromString(html, "text/html");
  const next = page.querySelector("main");
  if (!next || needsReload(page)) return location.reload();
  document.title = page.title;
  const main = document.importNode(next, true);
  part(document, "main").replaceWith(main);
  markCurrent();
  mount(main, true, fresh);
  window.scrollTo({ top: 0 });
  focusHeading(main);
}

/** A server that was updated meanwhile serves other scripts. @param {Document} page */
function needsReload(page) {
  const script = (/** @type {Document} */ of) =>
    of.querySelector("script[type=module]")?.getAttribute("src");
  return script(page) !== script(document);
}

export function markCurrent() {
  for (const link of document.querySelectorAll(".masthead nav a")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

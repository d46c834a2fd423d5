// @ts-check
// Moves between the pages of this site without a reload, so that the music goes on.

import { toast } from "../announce.js";
import { noAnswer } from "../api.js";
import { element, focusHeading } from "../dom.js";

/** @typedef {(main: HTMLElement, arrived: boolean, fresh: boolean) => void} Mount */

/** Files, the API and the way to a sign-in elsewhere are no pages. */
const NOT_A_PAGE = /^\/(api|static|auth)\//;
const TIMEOUT_MS = 20_000;

/**
 * @param {Mount} mount connects the page that `main` holds
 * @param {import("../scope.js").Scope} scope
 */
export function connectNavigation(mount, scope) {
  const navigation = new Navigation(mount);
  scope.listen(document, "click", (/** @type {MouseEvent} */ event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || !isPageLink(link, event)) return;
    event.preventDefault();
    void navigation.follow(link.href);
  });
  scope.listen(window, "popstate", () => void navigation.arrive());
}

/**
 * @param {HTMLAnchorElement} link
 * @param {MouseEvent} event
 */
function isPageLink(link, event) {
  const special = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || event.button !== 0 || special) return false;
  if (link.origin !== location.origin || link.target || link.hash) return false;
  return !NOT_A_PAGE.test(link.pathname);
}

class Navigation {
  /** Of the page that is shown. */
  #address = location.href;
  /** A page that comes after another one was asked for is not shown. */
  #latestRequest = 0;

  /** @param {Mount} mount */
  constructor(mount) {
    this.mount = mount;
  }

  /** The address changes when the page is there. @param {string} address */
  async follow(address) {
    const page = await this.#fetch(address, () => {});
    if (!page) return;
    const fresh = samePage(address, this.#address);
    if (!fresh) history.pushState(null, "", address);
    this.#show(page, fresh);
  }

  /** The browser went back or forward: it has changed the address already. */
  async arrive() {
    const address = location.href;
    if (samePage(address, this.#address)) {
      // A jump within the page ("Skip to the content") is no move to a page: it must not end a recording.
      this.#latestRequest += 1;
      return;
    }
    const stay = () => history.pushState(null, "", this.#address);
    const page = await this.#fetch(address, stay);
    if (page) this.#show(page, false);
  }

  /**
   * @param {string} address
   * @param {() => void} onLost the server does not answer
   * @returns {Promise<Document | null>} null where it did not come, or is not wanted any more
   */
  async #fetch(address, onLost) {
    const request = ++this.#latestRequest;
    const html = await htmlAt(address);
    if (request !== this.#latestRequest) return null;
    if (html === null) {
      toast(noAnswer().message);
      onLost();
      return null;
    }
    const page = new DOMParser().parseFromString(html, "text/html");
    if (!needsReload(page)) return page;
    location.assign(address);
    return null;
  }

  /**
   * @param {Document} page
   * @param {boolean} fresh
   */
  #show(page, fresh) {
    this.#address = location.href;
    document.title = page.title;
    const main = document.importNode(element(page, "main"), true);
    element(document, "main").replaceWith(main);
    markCurrent();
    this.mount(main, true, fresh);
    window.scrollTo({ top: 0 });
    focusHeading(main);
  }
}

/**
 * @param {string} address
 * @returns {Promise<string | null>} null where the server does not answer
 */
async function htmlAt(address) {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(address, { headers: { accept: "text/html" }, signal });
    return await answer.text();
  } catch {
    return null;
  }
}

/**
 * @param {string} address
 * @param {string} other
 */
function samePage(address, other) {
  const [a, b] = [new URL(address), new URL(other)];
  return a.pathname === b.pathname && a.search === b.search;
}

/**
 * What is no page of ours, or of a server that was updated meanwhile, is for the browser to load; so is
 * one whose policy lets other players in, because the policy comes with the page.
 * @param {Document} page
 */
function needsReload(page) {
  if (!page.querySelector("main")) return true;
  const players = (/** @type {Document} */ of) => of.documentElement.dataset.players;
  if (players(page) !== players(document)) return true;
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

/**
 * Where Spotify sends a browser back to, the address holds a code and a state. On a page that says why a
 * sign-in did not work they would stay in the address bar and in the history.
 */
export function dropSignInQuery() {
  if (location.pathname === "/auth/callback" && location.search)
    history.replaceState(history.state, "", location.pathname);
}

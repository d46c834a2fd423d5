"""The server's part of Spotify and Spotify's two scripts, answered from here."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.web.security import content_security_policy, permissions_policy

REAL = SpotifyEndpoints.real()
COVER = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640">'
    '<rect width="640" height="640" fill="#456"/></svg>'
)
SDK = """
window.said = [];
window.Spotify = { Player: class {
  constructor(options) { this.options = options; this.listeners = {}; window.sdk = this; }
  addListener(name, listener) { this.listeners[name] = listener; return true; }
  emit(name, detail) { this.listeners[name]?.(detail); }
  async connect() {
    said.push('connect');
    this.options.getOAuthToken((token) => {
      said.push(token);
      const fault = window.sdkFault ?? sessionStorage.getItem('sdkFault');
      if (fault) this.emit(fault, { message: 'no' });
      else this.emit('ready', { device_id: 'device-1' });
    });
    return true;
  }
  plays(paused, position = 1000) {
    this.emit('player_state_changed', { paused, position, duration: 60000, disallows: {},
      track_window: { current_track: { uri: 'spotify:track:inner', name: 'Inner piece',
        artists: [{ name: 'Inner artist' }], album: { name: 'Album', images: [] } } } });
  }
  disconnect() { said.push('disconnect'); }
  async pause() { said.push('pause'); this.plays(true); }
  async resume() { said.push('resume'); this.plays(false); }
  async setVolume(volume) { said.push(`volume ${volume}`); }
  async seek(ms) { said.push(`seek ${ms}`); }
  async nextTrack() { said.push('next'); }
  async previousTrack() { said.push('previous'); }
  async activateElement() { said.push('activate'); }
} };
window.onSpotifyWebPlaybackSDKReady();
"""
EMBED = """
window.embeds = [];
window.onSpotifyIframeApiReady({ createController(element, options, callback) {
  const frame = document.createElement('iframe');
  frame.height = options.height;
  element.replaceWith(frame);
  const listeners = {};
  const controller = { options, said: [], addListener(name, f) { listeners[name] = f; },
    emit(name, data) { listeners[name]?.({ data }); },
    plays(isPaused) {
      this.emit('playback_update', { isPaused, position: 500, duration: 30000 });
    },
    play() { this.said.push('play'); this.plays(false); },
    pause() { this.said.push('pause'); this.plays(true); },
    resume() { this.said.push('resume'); this.plays(false); },
    destroy() { this.said.push('destroy'); frame.remove(); } };
  window.embeds.push(controller);
  callback(controller);
  controller.emit('ready', {});
} });
"""


def item(kind: str, number: int, **facts: Any) -> dict[str, Any]:
    """An invented item of a kind."""
    name = f"Quiet {kind} {number}"
    return {
        "uri": f"spotify:{kind}:{number}",
        "id": str(number),
        "kind": kind,
        "name": name,
        "by": ["Somebody"],
        "parent": "A record" if kind == "track" else None,
        "description": "",
        "duration_s": 200.0 if kind in ("track", "episode") else None,
        "size": 40 if kind in ("playlist", "show") else None,
        "explicit": False,
        "languages": [],
        "cover": {"url": f"https://i.scdn.co/{kind}{number}", "width_px": 640, "height_px": 640},
        "link": f"https://open.spotify.com/{kind}/{number}",
        "reason": "“Calm piano” is in its name.",
        **facts,
    }


def state(**facts: Any) -> dict[str, Any]:
    """Signed in, allowed to play, nothing else."""
    steps = dict.fromkeys(("personal", "keep", "heart", "follow"), False)
    return {
        "set_up": True,
        "client_id": "abcdefgh12345678",
        "editable": True,
        "redirect_uri": "http://127.0.0.1:8000/auth/callback",
        "problem": None,
        "signed_in": True,
        "scopes": ["streaming"],
        "steps": {"listen": True, **steps},
        "ends_at": "2027-05-25T00:00:00Z",
        "ends_soon": False,
        "paused_until": None,
        "pause_reason": None,
        "searches_left": 199,
        "curated": 0,
        "stand_in": False,
        "sdk_script": REAL.sdk_script,
        "embed_script": REAL.embed_script,
        "embed": REAL.embed,
        **facts,
    }


def signed_out(**facts: Any) -> dict[str, Any]:
    steps = dict.fromkeys(("listen", "personal", "keep", "heart", "follow"), False)
    return state(**{"signed_in": False, "ends_at": None, "scopes": [], "steps": steps, **facts})


def refusal(status: int, code: str, **facts: Any) -> tuple[int, dict[str, Any]]:
    return status, {"code": code, "message": f"{code} happened", "status": status, **facts}


class FakeSpotify:
    """Answers `/api/v1/spotify...` as docs/http-api.md says, and notes what was asked.

    `replies` has, by "METHOD path", a body or a pair of status and body.
    """

    def __init__(self, page: Page, known: dict[str, Any]) -> None:
        self.page, self.state = page, known
        self.asked: list[tuple[str, Any]] = []
        self.replies: dict[str, Any] = {
            "POST /recommendations": self.offer,
            "GET /token": lambda _: {"access_token": "token-1", "expires_at": "later"},
            "GET /curated": {"items": [item("playlist", 90), item("episode", 91)]},
            "POST /play": (204, None),
            "POST /plays": (204, None),
            "GET /library": {"saved": {"spotify:track:1": True}},
            "PUT /library": (204, None),
            "DELETE /library": (204, None),
            "POST /playlists": (201, {"uri": "spotify:playlist:77", "link": "https://x.example"}),
            "DELETE ": self.disconnect,
            "PUT /client": self.set_client,
        }
        page.route("**/*", self._documents)
        page.route("https://i.scdn.co/**", lambda route: fulfil(route, COVER, "image/svg+xml"))
        page.route(REAL.sdk_script, lambda route: fulfil(route, SDK, "text/javascript"))
        page.route(REAL.embed_script, lambda route: fulfil(route, EMBED, "text/javascript"))
        page.route("**/api/v1/spotify**", self._answer)
        page.route("**/api/v1/spotify/**", self._answer)

    def offer(self, wish: Any) -> dict[str, Any]:
        number = 10 * sum(1 for path, _ in self.asked if path == "POST /recommendations")
        tabs = {
            kind: [item(kind, number + place) for place in range(1, 4)]
            for kind in ("playlist", "track", "show", "episode")
        }
        tabs["track"][0]["explicit"] = True
        return {
            "goal": wish.get("goal") or "calm",
            "emotion": wish.get("emotion") or "sadness",
            "message": "Quiet music for a sad mood.",
            "recipe": "calm piano",
            "asked_at": "2026-11-25T10:00:00Z",
            "personal": wish["personal"],
            "tabs": tabs,
        }

    def disconnect(self, _: Any) -> tuple[int, None]:
        self.state = signed_out()
        return 204, None

    def set_client(self, wish: Any) -> dict[str, Any]:
        self.state = signed_out(client_id=wish["client_id"])
        return self.state

    def bodies(self, path: str) -> list[Any]:
        return [body for asked, body in self.asked if asked == path]

    def _documents(self, route: Route) -> None:
        """The policy is that of a server where Spotify is in use."""
        if route.request.resource_type != "document" or not route.request.is_navigation_request():
            return route.fallback()
        answer = route.fetch()
        headers = {
            **answer.headers,
            "content-security-policy": content_security_policy(REAL),
            "permissions-policy": permissions_policy(REAL),
        }
        return route.fulfill(response=answer, headers=headers)

    def _answer(self, route: Route) -> None:
        request = route.request
        path = urlsplit(request.url).path.removeprefix("/api/v1/spotify")
        name = f"{request.method} {path}"
        body = json.loads(request.post_data) if request.post_data else None
        reply = self.state if name == "GET " else self.replies[name]
        self.asked.append((name, body))
        if callable(reply):
            reply = reply(body)
        status, answer = reply if isinstance(reply, tuple) else (200, reply)
        if answer is None:
            route.fulfill(status=status)
        else:
            route.fulfill(status=status, json=answer)


def fulfil(route: Route, body: str, content_type: str) -> None:
    route.fulfill(
        body=body, content_type=content_type, headers={"access-control-allow-origin": "*"}
    )

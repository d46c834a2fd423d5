"""Who may ask, and what a browser may do with the answer."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from urllib.parse import SplitResult, urlsplit

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from emotion_stream.errors import (
    ForeignOrigin,
    HostNotAllowed,
)
from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
DEFAULT_PORTS = {"http": 80, "https": 443}
PROXY_HEADERS = (
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "via",
)
POLICY_VIOLATION = 1008  # RFC 6455, section 7.4.1

OWN_SOURCES: dict[str, tuple[str, ...]] = {
    "default-src": ("'self'",),
    "script-src": ("'self'",),
    "worker-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:", "blob:"),
    "media-src": ("'self'", "blob:"),
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "object-src": ("'none'",),
    "frame-ancestors": ("'none'",),
    "base-uri": ("'none'",),
    "form-action": ("'self'",),
}
OWN_FEATURES = "microphone=(self), camera=(), geolocation=(), payment=()"
HEADERS = {
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def origin_of(request: Request, settings: Settings) -> str:
    """The address under which people open this server, as EMOTION_STREAM_PUBLIC_URL says, or else
    as they asked for it."""
    if settings.public_url is not None:
        return settings.public_url
    scheme = "https" if settings.secure_cookies else request.url.scheme
    return f"{scheme}://{request.headers.get('host', '')}"


def content_security_policy(spotify: SpotifyEndpoints | None = None) -> str:
    """What the page may load: its own files, and what Spotify's players need where it is in use."""
    sources = dict(OWN_SOURCES)
    if spotify is not None:
        sources["script-src"] += spotify.scripts
        sources["frame-src"] = ("'self'", *spotify.frames)
        sources["img-src"] += spotify.images
        sources["media-src"] += spotify.media
        sources["connect-src"] += spotify.connections
        sources["worker-src"] += ("blob:",)
    return "; ".join(f"{name} {' '.join(hosts)}" for name, hosts in sources.items())


def permissions_policy(spotify: SpotifyEndpoints | None = None) -> str:
    """What the page and the frames in it may use; Spotify's frames play protected sound."""
    if spotify is None:
        return OWN_FEATURES
    players = " ".join(("self", *(f'"{frame}"' for frame in spotify.frames)))
    return f"{OWN_FEATURES}, encrypted-media=({players}), autoplay=({players})"


def _no_spotify() -> SpotifyEndpoints | None:
    return None


class SecurityHeaders:
    """Puts the headers on every answer, errors included; API answers are not kept by caches.

    `spotify` says, at each answer, where Spotify's players come from; None keeps all of them out.
    """

    def __init__(
        self, app: ASGIApp, spotify: Callable[[], SpotifyEndpoints | None] = _no_spotify
    ) -> None:
        self.app = app
        self.spotify = spotify

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers().items():
                    headers[name] = value
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "no-store")
                if scope["path"].startswith("/auth/"):
                    headers["referrer-policy"] = "no-referrer"  # these addresses hold codes
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _headers(self) -> dict[str, str]:
        spotify = self.spotify()
        return {
            "content-security-policy": content_security_policy(spotify),
            "permissions-policy": permissions_policy(spotify),
            **HEADERS,
        }


class HostCheck:
    """Answers only to its own names, so that a foreign name cannot be pointed at this machine.

    DNS rebinding gives a foreign page a name that resolves to our address; the Host header still
    carries that name. Raises HostNotAllowed.
    """

    def __init__(self, app: ASGIApp, own_host: str, allowed_hosts: Iterable[str]) -> None:
        self.app = app
        named = {_name_in(setting) for setting in (own_host, *allowed_hosts)}
        self.names = LOOPBACK_NAMES | named - {""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            host = host_name(Headers(scope=scope).get("host", ""))
            # The number of the connection itself is no name that somebody could point elsewhere.
            if host not in self.names and host != (scope.get("server") or ("",))[0]:
                if scope["type"] == "websocket":  # answered 403; nobody catches an error here
                    await send({"type": "websocket.close", "code": POLICY_VIOLATION})
                    return
                raise HostNotAllowed(
                    f"This server does not answer for {host[:100]!r}. If that is its name, "
                    "put it into EMOTION_STREAM_ALLOWED_HOSTS."
                )
        await self.app(scope, receive, send)


class OriginCheck:
    """Refuses what another site sends: Sec-Fetch-Site first, then Origin against Host.

    A request with neither comes from a program, not from a page, and has no cookies to misuse.
    Raises ForeignOrigin.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            check_origin(Headers(scope=scope), scope["scheme"])
        await self.app(scope, receive, send)


def says_where_from(headers: Headers) -> bool:
    """Whether a page of a browser asks: programs send neither header."""
    return "sec-fetch-site" in headers or "origin" in headers


def check_origin(headers: Headers, scheme: str) -> None:
    """Raises ForeignOrigin where the headers say that another site asks."""
    # First what no script can set. `none` is an address that a person typed; `same-site` may be
    # another program on another port of this machine.
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        foreign = site not in ("same-origin", "none")
    else:
        foreign = origin is not None and not _same_site(origin, headers.get("host", ""), scheme)
    if foreign:
        raise ForeignOrigin(
            f"The request comes from {(origin or 'another site')[:100]}, which may not use this "
            "server. Open its own page instead."
        )


def _same_site(origin: str, host: str, scheme: str) -> bool:
    """Compare host and port; the scheme may differ behind a proxy that ends TLS."""
    try:
        theirs = urlsplit(origin)
        ours = urlsplit(f"{theirs.scheme or scheme}://{host}")
        return bool(theirs.hostname) and _address(theirs) == _address(ours)
    except ValueError:
        return False


def _address(url: SplitResult) -> tuple[str | None, int | None]:
    return url.hostname, url.port or DEFAULT_PORTS.get(url.scheme)


def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets, in lower case; "" if it is broken."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _name_in(setting: str) -> str:
    """The name in a setting, which may come with a port, and an IPv6 address without brackets."""
    try:
        return str(ipaddress.ip_address(setting))
    except ValueError:
        return host_name(setting)


def is_from_this_machine(connection: HTTPConnection, *, behind_tls: bool) -> bool:
    """True where client, Host and page are all loopback and no proxy stands between them.

    A proxy on this machine that passes on neither name nor address looks like a visitor from here;
    the page's own address (Origin, Referer) and `behind_tls` still tell.
    """
    headers, client = connection.headers, connection.client
    if behind_tls or any(name in headers for name in PROXY_HEADERS):
        return False
    pages = [headers[name] for name in ("origin", "referer") if name in headers]
    return (
        client is not None
        and _is_loopback(client.host)
        and host_name(headers.get("host", "")) in LOOPBACK_NAMES
        and all(host_name(page.partition("://")[2]) in LOOPBACK_NAMES for page in pages)
    )


def _is_loopback(address: str) -> bool:
    try:
        # IPv4 on a socket that takes IPv6 too (RFC 4291, section 2.5.5.2).
        return ipaddress.ip_address(address.removeprefix("::ffff:")).is_loopback
    except ValueError:
        return False

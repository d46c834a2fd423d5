"""`emotion-stream serve`: the page and the API on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emotion_stream.cli.options import settings_from
from emotion_stream.errors import EmotionStreamError

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

BACKLOG = 2048
MAX_PORT = 65_535
GRACE_S = 3
MAX_HEAD_BYTES = 65_536  # of a request line with its headers


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=MAX_PORT, help="Port; 0 takes a free one.")
    ] = None,
    open_page: Annotated[
        bool | None,
        typer.Option("--open/--no-open", help="Open the page; default where there is a screen."),
    ] = None,
    library: Annotated[Path | None, typer.Option(help="Folder of your own music.")] = None,
) -> None:
    """Start the page at http://127.0.0.1:8000, and bring the database up to date first."""
    from emotion_stream.store import migrate
    from emotion_stream.web import create_app

    folder = None if library is None else library.expanduser().absolute()
    settings = settings_from(host=host, port=port, library=folder)
    if settings.library is not None and not settings.library.is_dir():
        typer.echo(f"{settings.library} is no folder: your music comes when it is.", err=True)
    listener = listen(settings.host, settings.port)
    with listener:
        asyncio.run(migrate(settings.resolved_database_url))
        address = page_address(settings.host, listener.getsockname()[1])
        wanted = has_screen() if open_page is None else open_page

        def announce() -> None:
            typer.echo(address)
            if wanted:
                threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

        server = server_of(create_app(settings), announce)
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
        if not server.started:
            raise typer.Exit(1)


def listen(host: str, port: int, *, program: str = "emotion-stream serve") -> socket.socket:
    """A listening socket for a command of the program.

    Raises EmotionStreamError with the way out where there is none.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(
            (str(address[0]), int(address[1])), family=family, backlog=BACKLOG
        )
    except UnicodeError as error:  # a name that is none, such as "a..b"
        raise EmotionStreamError(
            f"{host!r} is no name of a host. Choose another --host."
        ) from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = port + 1 if port < MAX_PORT else port - 1
            raise EmotionStreamError(
                f"Port {port} on {host} is taken by another program. "
                f"Stop that one, or choose another port: {program} --port {other}"
            ) from error
        raise EmotionStreamError(
            f"Cannot listen on {host}, port {port}: {error.strerror or error}. "
            "Choose others with --host and --port."
        ) from error


def page_address(host: str, port: int) -> str:
    """Where this machine finds the page: numbers, because `localhost` may be another address."""
    if host in ("0.0.0.0", "", "localhost"):  # noqa: S104 - compared, not bound
        host = "127.0.0.1"
    elif ":" in host:
        host = "[::1]" if host == "::" else f"[{host}]"
    return f"http://{host}:{port}"


def has_screen() -> bool:
    """True where a browser that opens would be seen by the person at this terminal."""
    if not sys.stdout.isatty():
        return False
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    # The plain class stands for text browsers, which would take over the terminal.
    return type(browser) is not webbrowser.GenericBrowser


def server_of(app: Starlette, announce: Callable[[], None]) -> uvicorn.Server:
    """A server for the application that calls `announce` when it answers."""
    import uvicorn

    from emotion_stream.web.access_log import LOGGING

    class AnnouncedServer(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                announce()

    return AnnouncedServer(
        uvicorn.Config(
            app,
            http="h11",  # the other parser, httptools, reads a header without end, copying it
            h11_max_incomplete_event_size=MAX_HEAD_BYTES,
            log_config=LOGGING,
            timeout_graceful_shutdown=GRACE_S,
            server_header=False,
        )
    )

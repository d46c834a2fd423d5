"""`python -m tools.spotify_sandbox`: a stand-in for Spotify on this machine, for development."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import Annotated

import typer

from emotion_stream.cli import run
from emotion_stream.cli.serve import MAX_PORT, listen, page_address, server_of
from tools.spotify_sandbox.app import create_sandbox

LOOPBACK = "127.0.0.1"
ANY_CLIENT_ID = "sandboxclientid"
PROGRAM = "python -m tools.spotify_sandbox"


def spotify_sandbox(
    port: Annotated[
        int, typer.Option(min=0, max=MAX_PORT, help="Port; 0 takes a free one.")
    ] = 8765,
) -> None:
    """Start a stand-in for Spotify, to try sign-in and players without an account."""
    listener = listen(LOOPBACK, port, program=PROGRAM)
    with listener:
        address = page_address(LOOPBACK, listener.getsockname()[1])

        def announce() -> None:
            typer.echo(address)
            typer.echo(f"Switches: {address}/sandbox. Start the page with:")
            typer.echo(
                f"EMOTION_STREAM_DEVELOPMENT=true EMOTION_STREAM_SPOTIFY_SANDBOX={address} "
                f"EMOTION_STREAM_SPOTIFY_CLIENT_ID={ANY_CLIENT_ID} emotion-stream serve"
            )

        server = server_of(create_sandbox(), announce)
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
        if not server.started:
            raise typer.Exit(1)


if __name__ == "__main__":
    run(partial(typer.run, spotify_sandbox), "spotify_sandbox")

"""Everything that can go wrong with Spotify, each with the way out (docs/spotify.md)."""

from __future__ import annotations

from datetime import datetime

from emotion_stream.errors.music import MusicError


class SpotifyError(MusicError):
    """Spotify could not do what was asked; other sources of music go on."""


class SpotifyNotSetUp(SpotifyError):
    """This installation has no client id yet, or its page has an address Spotify refuses."""

    code, status = "spotify_not_set_up", 409


class SpotifySetupNotAllowed(SpotifyError):
    """The client id can only be chosen on the machine that runs the server."""

    code, status = "spotify_setup_not_allowed", 403


class SpotifySignInRequired(SpotifyError):
    """Nobody is signed in here, or the sign-in has ended: sign in again."""

    code, status = "spotify_sign_in_required", 401


class SpotifySignInFailed(SpotifyError):
    """A sign-in that was refused, is too old, was used before or belongs to another browser."""

    code, status = "spotify_sign_in_failed", 400


class SpotifyScopeMissing(SpotifyError):
    """The person has not granted what this needs; `scopes` are to be asked for."""

    code, status = "spotify_scope_missing", 403

    def __init__(self, message: str = "", *, scopes: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.scopes = scopes

    def as_dict(self) -> dict[str, object]:
        told = super().as_dict()
        return {**told, "scopes": list(self.scopes)} if self.scopes else told


class SpotifyOwnerNeedsPremium(SpotifyError):
    """The owner of the app has no Premium, and so nobody can use it."""

    code, status = "spotify_owner_needs_premium", 403


class SpotifyNotOnList(SpotifyError):
    """The person is not among the five users of the app: its owner can add them."""

    code, status = "spotify_not_on_list", 403


class SpotifyPremiumRequired(SpotifyError):
    """The listener has no Premium: the embedded player takes over."""

    code, status = "spotify_premium_required", 403


class SpotifyRefused(SpotifyError):
    """Spotify refuses this item or command; asking again changes nothing."""

    code, status = "spotify_refused", 403


class SpotifyNoDevice(SpotifyError):
    """There is nothing to play on."""

    code, status = "spotify_no_device", 404


class SpotifyNotFound(SpotifyError):
    """Spotify does not have this, or does not show it to apps."""

    code, status = "spotify_not_found", 404


class SpotifyPaused(SpotifyError):
    """The quota is used up until `until` (UTC); nothing is asked before that."""

    code, status = "spotify_paused", 503

    def __init__(
        self, message: str = "", *, until: datetime | None = None, retry_after_s: int | None = None
    ) -> None:
        super().__init__(message, retry_after_s=retry_after_s)
        self.until = until

    def as_dict(self) -> dict[str, object]:
        told = super().as_dict()
        return {**told, "until": self.until.isoformat()} if self.until else told


class SpotifyCuratedInvalid(SpotifyError):
    """The owner's own list of items cannot be read; the message says what is wrong."""

    code, status = "spotify_curated_invalid", 422


class SpotifyUnavailable(SpotifyError):
    """Spotify does not answer, or with something that cannot be read."""

    code, status = "spotify_unavailable", 502

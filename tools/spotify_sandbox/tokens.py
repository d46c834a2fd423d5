"""Codes and tokens of the stand-in: single use, rotated, ended by time or by hand."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

CODE_LIFETIME_S = 600
CONSENT_LIFETIME_S = 183 * 86_400  # six months


@dataclass(frozen=True)
class Person:
    """Somebody invented who can sign in."""

    id: str
    account_id: str
    display_name: str


PEOPLE = {
    person.id: person
    for person in (
        Person("standin-mira", "standInMira1", "Mira Standin"),
        Person("standin-jonas", "standInJonas2", "Jonas Standin"),
    )
}


class GrantRefused(Exception):
    """A code or refresh token that is unknown, used, too old or not for this client."""


@dataclass(frozen=True)
class Code:
    """What a code was given for. Times are seconds since 1970."""

    person: Person
    client_id: str
    redirect_uri: str
    challenge: str
    scopes: frozenset[str]
    given_at: float


@dataclass(frozen=True)
class Consent:
    """What a refresh token stands for."""

    person: Person
    client_id: str
    scopes: frozenset[str]
    given_at: float


@dataclass(frozen=True)
class Access:
    """What an access token stands for, until `expires_at`."""

    person: Person
    scopes: frozenset[str]
    expires_at: float


@dataclass(frozen=True)
class Issued:
    """A pair of new tokens."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    scopes: frozenset[str]


class Tokens:
    """All codes and tokens that are alive; `clock` gives seconds since 1970."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._codes: dict[str, Code] = {}
        self._consents: dict[str, Consent] = {}
        self._accesses: dict[str, Access] = {}

    def code(
        self,
        person: Person,
        *,
        client_id: str,
        redirect_uri: str,
        challenge: str,
        scopes: Iterable[str],
    ) -> str:
        """A code that `redeem` takes once."""
        code = secrets.token_urlsafe(32)
        self._codes[code] = Code(
            person, client_id, redirect_uri, challenge, frozenset(scopes), self._clock()
        )
        return code

    def redeem(
        self, code: str, *, client_id: str, redirect_uri: str, verifier: str, lifetime_s: int
    ) -> Issued:
        """Tokens for a code; it is used up, whatever the answer. Raises GrantRefused."""
        given = self._codes.pop(code, None)
        if given is None or self._clock() > given.given_at + CODE_LIFETIME_S:
            raise GrantRefused("Invalid authorization code")
        if given.client_id != client_id:
            raise GrantRefused("Invalid client")
        if given.redirect_uri != redirect_uri:
            raise GrantRefused("Invalid redirect URI")
        if challenge_of(verifier) != given.challenge:
            raise GrantRefused("code_verifier was incorrect")
        consent = Consent(given.person, client_id, given.scopes, self._clock())
        return self._issue(consent, lifetime_s)

    def refresh(self, refresh_token: str, *, client_id: str, lifetime_s: int) -> Issued:
        """New tokens for an old one, which is dead from here on. Raises GrantRefused."""
        consent = self._consents.pop(refresh_token, None)
        if consent is None or consent.client_id != client_id:
            raise GrantRefused("Invalid refresh token")
        if self._clock() > consent.given_at + CONSENT_LIFETIME_S:
            raise GrantRefused("Refresh token expired")
        return self._issue(consent, lifetime_s)

    def access(self, token: str) -> Access | None:
        """What an access token stands for, or None; it may have expired."""
        return self._accesses.get(token)

    def is_over(self, access: Access) -> bool:
        return self._clock() >= access.expires_at

    def expire(self) -> None:
        """End every access token; refreshing goes on."""
        self._accesses = {
            token: Access(access.person, access.scopes, 0.0)
            for token, access in self._accesses.items()
        }

    def revoke(self) -> None:
        """What a person does who takes the consent back: every token is dead."""
        self._codes.clear()
        self._consents.clear()
        self._accesses.clear()

    def _issue(self, consent: Consent, lifetime_s: int) -> Issued:
        issued = Issued(secrets.token_urlsafe(48), secrets.token_urlsafe(48), consent.scopes)
        self._accesses[issued.access_token] = Access(
            consent.person, consent.scopes, self._clock() + lifetime_s
        )
        self._consents[issued.refresh_token] = consent
        return issued


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636, section 4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

"""Who is signed in to Spotify in which session, with which app, and tokens that last."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

import anyio
import httpx

from emotion_stream.errors import (
    SpotifyError,
    SpotifyNotSetUp,
    SpotifyScopeMissing,
    SpotifySignInFailed,
    SpotifySignInRequired,
    SpotifyUnavailable,
)
from emotion_stream.music.spotify import oauth
from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.music.spotify.models import Grant, Person
from emotion_stream.music.spotify.oauth import asked_for, redirect_uri
from emotion_stream.store import Database, app_settings, sessions, spotify_accounts
from emotion_stream.store.encryption import TokenCipher, Undecryptable
from emotion_stream.store.spotify_accounts import SIGN_IN_LIFE, Account, EncryptedTokens, SignIn

# Which app at Spotify this installation signs people in with: from the settings, or chosen.

CLIENT_ID = "spotify_client_id"


class ClientId:
    """`configured` wins over what was chosen in the page; `known` is what was last seen, and
    `changed` is told that every sign-in has ended.

    Everything else raises StoreUnavailable where the database does not answer.
    """

    def __init__(
        self,
        database: Database,
        configured: str | None,
        *,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._database, self._changed = database, changed
        self.configured = configured
        self.known = configured

    async def find(self) -> str | None:
        """The client id, None where there is none yet."""
        if self.configured is None:
            async with self._database.read() as db:
                self.known = await app_settings.get(db, CLIENT_ID)
        return self.known

    async def get(self) -> str:
        """The client id. Raises SpotifyNotSetUp."""
        found = await self.find()
        if found is None:
            raise SpotifyNotSetUp(
                "Spotify is not set up here yet. The owner of this server can do it on its "
                "Spotify page."
            )
        return found

    async def choose(self, client_id: str, *, now: datetime) -> None:
        """Keep another client id. Sign-ins belong to the one they were made with, and go."""
        async with self._database.write() as db:
            another = await app_settings.get(db, CLIENT_ID) != client_id
            if another:
                await spotify_accounts.disconnect_all(db)
            await app_settings.put(db, CLIENT_ID, client_id, now=now)
        self.known = self.configured or client_id
        if another:
            self._changed()

    async def forget(self) -> None:
        """Forget the chosen client id and every sign-in with it."""
        async with self._database.write() as db:
            await spotify_accounts.disconnect_all(db)
            await app_settings.remove(db, CLIENT_ID)
        self.known = self.configured
        self._changed()


EARLY = timedelta(seconds=60)  # a token has to last for the request it is asked for
LONGEST_LIFE = timedelta(hours=25)  # longer than any that is granted: the clock was set back
CLOCK_SLACK = timedelta(minutes=1)
LEASE = timedelta(seconds=30)  # longer than the one request it covers may take
PAUSE_S = 0.25
SIGN_IN_AGAIN = "The sign-in to Spotify has ended. Sign in again."


@dataclass(frozen=True)
class Access:
    """What the player in the page needs; `expires_at` is UTC."""

    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True)
class SignInStatus:
    """How a session stands with Spotify; without a sign-in there is no end."""

    scopes: frozenset[str] = frozenset()
    ends_at: datetime | None = None
    ends_soon: bool = False

    @property
    def signed_in(self) -> bool:
        return self.ends_at is not None


@dataclass(frozen=True)
class TokenEndpoint:
    """Where Spotify's token endpoint is, how it is asked, and how a token is told whose it is."""

    http: httpx.AsyncClient
    addresses: SpotifyEndpoints
    who: Callable[[str], Awaitable[Person]]


class Accounts:
    """Every method may raise StoreUnavailable; `gone` is told whose sign-in has ended.

    A refresh token serves once: one refresh at a time runs for a session, by a lock in this
    process and by a lease in the table among several, and what comes of it is written before it is
    used.
    """

    def __init__(
        self,
        database: Database,
        cipher: TokenCipher,
        client: ClientId,
        token_endpoint: TokenEndpoint,
        *,
        gone: Callable[[int], None] = lambda session_id: None,
        pause: Callable[[float], Awaitable[None]] = anyio.sleep,
    ) -> None:
        self._database, self._cipher, self.client, self._token_endpoint = (
            database,
            cipher,
            client,
            token_endpoint,
        )
        self._gone, self._pause = gone, pause
        # A lock lives as long as somebody holds or awaits it: nothing is kept per session.
        self._locks: WeakValueDictionary[int, anyio.Lock] = WeakValueDictionary()

    async def begin(
        self, session_id: int, step: str, *, back: str, origin: str, now: datetime
    ) -> str:
        """Note a sign-in, and return the page at Spotify that asks for consent.

        Raises SpotifyNotSetUp.
        """
        client_id, return_to = await self.client.get(), redirect_uri(origin)
        state, verifier = oauth.new_state(), oauth.new_verifier()
        async with self._database.write() as db:
            if not await sessions.hold(db, session_id):
                raise SpotifySignInFailed("This session was deleted meanwhile. Begin again.")
            account = await spotify_accounts.find(db, session_id)
            scopes = asked_for(step, account.tokens.scopes if account else frozenset())
            sign_in = SignIn(self._cipher.encrypt(verifier), return_to, scopes, back, now)
            await spotify_accounts.begin(db, session_id, state, sign_in)
        return oauth.authorize_url(
            self._token_endpoint.addresses,
            client_id,
            return_to,
            state,
            oauth.challenge(verifier),
            scopes,
        )

    async def finish(self, session_id: int, state: str, code: str, *, now: datetime) -> str:
        """Exchange the code for tokens and keep them; returns the path where the sign-in ends.

        Another person than before in this session takes its place, and what was kept for the first
        goes. Raises SpotifySignInFailed, and SpotifyError where Spotify does not help.
        """
        sign_in, verifier = await self._taken(session_id, state, now)
        grant = await oauth.exchange(
            self._token_endpoint.http,
            self._token_endpoint.addresses,
            await self.client.get(),
            code,
            sign_in.redirect_uri,
            verifier,
            asked=sign_in.scopes,
            now=now,
        )
        # Before anything is kept: it is also the first call, which Spotify refuses to who is not
        # listed.
        person = await self._token_endpoint.who(grant.access_token)
        tokens = self._encrypted(grant, grant.refresh_token or "")
        await self._keep(Account(session_id, person.account_id, tokens, authorized_at=now), state)
        return sign_in.back

    async def refuse(self, session_id: int, state: str) -> None:
        """The person did not agree: the sign-in under way is over, and all else stays."""
        async with self._database.write() as db:
            await spotify_accounts.end(db, session_id, state)

    async def token(
        self, session_id: int, needs: frozenset[str], now: datetime, *, force: bool = False
    ) -> str:
        """As `access`, the access token alone."""
        return (await self.access(session_id, needs, now, force=force)).token

    async def access(
        self, session_id: int, needs: frozenset[str], now: datetime, *, force: bool = False
    ) -> Access:
        """An access token that lasts; `force` refreshes one that Spotify has refused.

        Raises SpotifySignInRequired, SpotifyScopeMissing, SpotifyUnavailable, SpotifyNotSetUp.
        """
        account = await self._account(session_id)
        _check_scopes(account, needs)
        if force or not EARLY < account.tokens.expires_at - now <= LONGEST_LIFE:
            account = await self._renewed(account, now)
            _check_scopes(account, needs)
        return Access(self._decrypted(account.tokens.access_token), account.tokens.expires_at)

    async def state(self, session_id: int | None, now: datetime) -> SignInStatus:
        """How a session stands; one whose tokens cannot be opened is not signed in."""
        if session_id is None:
            return SignInStatus()
        try:
            account = await self._account(session_id)
            self._decrypted(account.tokens.refresh_token)
        except SpotifySignInRequired:
            return SignInStatus()
        since = account.authorized_at
        return SignInStatus(
            account.tokens.scopes, oauth.ends_at(since), oauth.ends_soon(since, now)
        )

    def check_key(self) -> None:
        """Raises StoreUnavailable where the key cannot be used."""
        self._cipher.check()

    async def disconnect(self, session_id: int) -> None:
        """Delete everything of Spotify that is kept for a session, before this returns."""
        async with self._database.write() as db:
            await sessions.hold(db, session_id)
            await spotify_accounts.disconnect(db, session_id)
        self._gone(session_id)

    async def _taken(self, session_id: int, state: str, now: datetime) -> tuple[SignIn, str]:
        """A sign-in with its verifier; whatever comes of it, it does not serve again."""
        async with self._database.write() as db:
            sign_in = await spotify_accounts.take(db, session_id, state)
        if sign_in is None:
            raise SpotifySignInFailed(
                "This sign-in was used before, or was begun in another browser. Begin again."
            )
        age = now - sign_in.created_at
        if age > SIGN_IN_LIFE:
            raise SpotifySignInFailed("This sign-in took longer than ten minutes. Begin again.")
        if age < -CLOCK_SLACK:
            raise SpotifySignInFailed("The clock of the server was changed meanwhile. Begin again.")
        try:
            return sign_in, self._cipher.decrypt(sign_in.verifier)
        except Undecryptable:
            raise SpotifySignInFailed(
                "The server's key was changed meanwhile. Begin again."
            ) from None

    async def _keep(self, account: Account, state: str) -> None:
        session_id = account.session_id
        async with self._database.write() as db:
            await sessions.hold(db, session_id)
            if not await spotify_accounts.end(db, session_id, state):
                raise SpotifySignInFailed("You were signed out meanwhile. Begin again.")
            before = await spotify_accounts.find(db, session_id)
            replaced = before is not None and before.account_id != account.account_id
            if replaced:
                await spotify_accounts.disconnect(db, session_id)
            await spotify_accounts.put(db, account)
        if replaced:
            self._gone(session_id)

    async def _account(self, session_id: int) -> Account:
        async with self._database.read() as db:
            account = await spotify_accounts.find(db, session_id)
        if account is None:
            raise SpotifySignInRequired("Nobody is signed in to Spotify here. Sign in first.")
        return account

    async def _renewed(self, account: Account, now: datetime) -> Account:
        """The account after a refresh, by this process or by another one that was faster."""
        session_id = account.session_id
        self._decrypted(
            account.tokens.refresh_token
        )  # with another key nothing is renewed or deleted
        async with self._locks.setdefault(session_id, anyio.Lock()):
            # Counted by its own pauses: `now` is the time of the request, and stands still.
            waited = timedelta()
            while waited <= LEASE:
                async with self._database.write() as db:
                    leased = await spotify_accounts.lease(
                        db, session_id, account.tokens, now=now + waited, until=now + waited + LEASE
                    )
                if leased:
                    # A refresh token serves once: who goes away now must not lose what comes of it.
                    with anyio.CancelScope(shield=True):
                        return await self._refreshed(account, now)
                found = await self._account(session_id)
                if found.tokens != account.tokens:
                    return found
                await self._pause(PAUSE_S)
                waited += timedelta(seconds=PAUSE_S)
        raise SpotifyUnavailable("The sign-in to Spotify is being renewed. Try again shortly.")

    async def _refreshed(self, account: Account, now: datetime) -> Account:
        session_id, seen = account.session_id, account.tokens
        try:
            secret = self._decrypted(seen.refresh_token)
            grant = await oauth.refresh(
                self._token_endpoint.http,
                self._token_endpoint.addresses,
                await self.client.get(),
                secret,
                granted=seen.scopes,
                now=now,
            )
        except SpotifySignInRequired:
            return await self._ended(account)
        except SpotifyError:
            async with self._database.write() as db:
                await spotify_accounts.release(db, session_id, seen)
            raise
        # An answer without a new refresh token leaves the old one alive (RFC 6749, section 6).
        tokens = self._encrypted(grant, grant.refresh_token or secret)
        async with self._database.write() as db:
            kept = await spotify_accounts.renew(db, session_id, seen, tokens)
        return replace(account, tokens=tokens) if kept else await self._account(session_id)

    async def _ended(self, account: Account) -> Account:
        """Delete tokens that are dead. Raises SpotifySignInRequired, but where others came."""
        async with self._database.write() as db:
            await spotify_accounts.drop(db, account.session_id, account.tokens)
            left = await spotify_accounts.find(db, account.session_id)
        if left is not None:
            return left
        self._gone(account.session_id)
        raise SpotifySignInRequired(SIGN_IN_AGAIN)

    def _encrypted(self, grant: Grant, refresh_token: str) -> EncryptedTokens:
        return EncryptedTokens(
            self._cipher.encrypt(grant.access_token),
            self._cipher.encrypt(refresh_token),
            grant.expires_at,
            grant.scopes,
        )

    def _decrypted(self, encrypted: str) -> str:
        try:
            return self._cipher.decrypt(encrypted)
        except Undecryptable:
            raise SpotifySignInRequired(SIGN_IN_AGAIN) from None


def _check_scopes(account: Account, needs: frozenset[str]) -> None:
    missing = tuple(sorted(needs - account.tokens.scopes))
    if missing:
        raise SpotifyScopeMissing("Spotify needs your consent for this first.", scopes=missing)

"""Who is signed in to Spotify, and sign-ins under way. Tokens and verifiers come in encrypted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Update, delete, or_, select, true, update

from emotion_stream.store.database import Transaction
from emotion_stream.store.tables import (
    PlayRow,
    SpotifyAccountRow,
    SpotifySignInRow,
    SpotifyTurnRow,
)

PROVIDER = "spotify"
SIGN_IN_LIFE = timedelta(minutes=10)
MOST_SIGN_INS = 8
_TAKEN = ""
_OF_SPOTIFY = (
    (SpotifySignInRow, true()),
    (SpotifyAccountRow, true()),
    (SpotifyTurnRow, true()),
    (PlayRow, PlayRow.provider == PROVIDER),
)


@dataclass(frozen=True)
class SignIn:
    """A sign-in under way; `verifier` is encrypted, `back` the path where it ends."""

    verifier: str = field(repr=False)
    redirect_uri: str
    scopes: frozenset[str]
    back: str
    created_at: datetime


@dataclass(frozen=True)
class EncryptedTokens:
    """Both tokens of a person, encrypted, what they allow, and when the first ends (UTC)."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime
    scopes: frozenset[str]


@dataclass(frozen=True)
class Account:
    """A session that is signed in. Refreshing moves everything but `authorized_at`."""

    session_id: int
    account_id: str
    tokens: EncryptedTokens
    authorized_at: datetime


async def begin(db: Transaction, session_id: int, state: str, sign_in: SignIn) -> None:
    """Note a sign-in of this session. Those that are too old go, and all but its newest ones."""
    oldest = sign_in.created_at - SIGN_IN_LIFE
    await db.execute(delete(SpotifySignInRow).where(SpotifySignInRow.created_at < oldest))
    surplus = (
        select(SpotifySignInRow.state_hash)
        .where(SpotifySignInRow.session_id == session_id)
        .order_by(SpotifySignInRow.created_at.desc(), SpotifySignInRow.state_hash)
        .offset(MOST_SIGN_INS - 1)  # with the new one there are as many as may be
    )
    for state_hash in (await db.scalars(surplus)).all():
        await db.execute(delete(SpotifySignInRow).where(SpotifySignInRow.state_hash == state_hash))
    db.add(
        SpotifySignInRow(
            state_hash=_hashed(state),
            session_id=session_id,
            verifier=sign_in.verifier,
            redirect_uri=sign_in.redirect_uri,
            scopes=_joined(sign_in.scopes),
            back=sign_in.back,
            created_at=sign_in.created_at,
        )
    )
    await db.flush()


async def take(db: Transaction, session_id: int, state: str) -> SignIn | None:
    """The sign-in of a state, once; None for a state of another session, or a used one.

    Its row stays, without the verifier, until `end`: what deletes it meanwhile ends the sign-in.
    """
    query = select(SpotifySignInRow).where(_of_state(session_id, state)).with_for_update()
    row = (await db.scalars(query.execution_options(populate_existing=True))).one_or_none()
    if row is None or row.verifier == _TAKEN:
        return None
    sign_in = SignIn(
        row.verifier, row.redirect_uri, frozenset(row.scopes.split()), row.back, row.created_at
    )
    row.verifier = _TAKEN
    await db.flush()
    return sign_in


async def end(db: Transaction, session_id: int, state: str) -> bool:
    """Delete a sign-in; False where it was gone: the session is deleted, or signed out."""
    query = delete(SpotifySignInRow).where(_of_state(session_id, state))
    ended = await db.execute(query.returning(SpotifySignInRow.session_id))
    return ended.scalar_one_or_none() is not None


async def put(db: Transaction, account: Account) -> None:
    """Keep a new sign-in in the place of the one before; its session must be held."""
    await db.merge(
        SpotifyAccountRow(
            session_id=account.session_id,
            account_id=account.account_id,
            authorized_at=account.authorized_at,
            refreshing_until=None,
            **_columns(account.tokens),
        )
    )
    await db.flush()


async def find(db: Transaction, session_id: int) -> Account | None:
    row = await db.get(SpotifyAccountRow, session_id)
    return None if row is None else _account(row)


async def lease(
    db: Transaction, session_id: int, seen: EncryptedTokens, *, now: datetime, until: datetime
) -> bool:
    """Take the right to refresh the tokens that were seen, until a time.

    False where another holds it, or the tokens are no longer those. A lease that ends long after
    `until` was made under a clock that has since been set back, and counts for nothing.
    """
    never = until + (until - now)
    free = or_(
        SpotifyAccountRow.refreshing_until.is_(None),
        SpotifyAccountRow.refreshing_until <= now,
        SpotifyAccountRow.refreshing_until > never,
    )
    query = update(SpotifyAccountRow).where(_is(session_id, seen), free)
    return await _hit(db, query.values(refreshing_until=until))


async def release(db: Transaction, session_id: int, seen: EncryptedTokens) -> None:
    """Give the lease back where the refresh came to nothing."""
    query = update(SpotifyAccountRow).where(_is(session_id, seen))
    await _hit(db, query.values(refreshing_until=None))


async def renew(
    db: Transaction, session_id: int, seen: EncryptedTokens, new: EncryptedTokens
) -> bool:
    """Put new tokens in the place of those that were seen, and give the lease back.

    False where those are gone: disconnected or signed in anew meanwhile, and then nothing is kept.
    """
    query = update(SpotifyAccountRow).where(_is(session_id, seen))
    return await _hit(db, query.values(refreshing_until=None, **_columns(new)))


async def drop(db: Transaction, session_id: int, seen: EncryptedTokens) -> None:
    """Delete the account where it still has the tokens that were seen, which are dead."""
    await db.execute(delete(SpotifyAccountRow).where(_is(session_id, seen)))


async def disconnect(db: Transaction, session_id: int) -> None:
    """Delete tokens, sign-ins under way, turns of recipes and played items of a session."""
    for table, of_spotify in _OF_SPOTIFY:
        await db.execute(delete(table).where(table.session_id == session_id, of_spotify))


async def disconnect_all(db: Transaction) -> None:
    """As `disconnect`, for every session."""
    for table, of_spotify in _OF_SPOTIFY:
        await db.execute(delete(table).where(of_spotify))


def _of_state(session_id: int, state: str) -> ColumnElement[bool]:
    return (SpotifySignInRow.state_hash == _hashed(state)) & (
        SpotifySignInRow.session_id == session_id
    )


def _is(session_id: int, seen: EncryptedTokens) -> ColumnElement[bool]:
    return (SpotifyAccountRow.session_id == session_id) & (
        # Encrypting gives another text each time, so the encrypted token names one sign-in or
        # refresh.
        SpotifyAccountRow.access_token == seen.access_token
    )


async def _hit(db: Transaction, query: Update) -> bool:
    """True where the row was there to be changed."""
    changed = await db.execute(query.returning(SpotifyAccountRow.session_id))
    return changed.scalar_one_or_none() is not None


def _columns(tokens: EncryptedTokens) -> dict[str, object]:
    return {
        "access_token": tokens.access_token,
        "refresh_token": tokens.refresh_token,
        "expires_at": tokens.expires_at,
        "scopes": _joined(tokens.scopes),
    }


def _account(row: SpotifyAccountRow) -> Account:
    tokens = EncryptedTokens(
        row.access_token, row.refresh_token, row.expires_at, frozenset(row.scopes.split())
    )
    return Account(row.session_id, row.account_id, tokens, row.authorized_at)


def _joined(scopes: frozenset[str]) -> str:
    return " ".join(sorted(scopes))


def _hashed(text: str) -> str:
    # A state is 256 random bits: a slow hash would protect nothing more.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

"""What is kept between requests: tables, queries and migrations; nothing else here speaks SQL.

Queries are functions that take a `Transaction` and never commit; `Database.read` and
`Database.write` open one, and `write` commits it once, when its block ends without an error.
"""

from __future__ import annotations

from emotion_stream.store.database import Database, Transaction
from emotion_stream.store.plays import PlayEvent, StoredPlay
from emotion_stream.store.readings import StoredReading
from emotion_stream.store.schema import migrate
from emotion_stream.store.sessions import Session

__all__ = [
    "Database",
    "PlayEvent",
    "Session",
    "StoredPlay",
    "StoredReading",
    "Transaction",
    "migrate",
]

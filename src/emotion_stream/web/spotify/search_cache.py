"""What was found lately, in memory only: the same question is not asked of Spotify twice."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import anyio

from emotion_stream.emotions import Emotion
from emotion_stream.music.provider import Goal
from emotion_stream.music.spotify.models import SpotifyKind
from emotion_stream.music.spotify.ranking import Ranked

FRESH = timedelta(minutes=10)
MOST_SESSIONS = 200
MOST_OFFERS = 16


@dataclass(frozen=True)
class Question:
    """What a person asks for."""

    emotion: Emotion
    goal: Goal
    languages: tuple[str, ...] = ()
    personal: bool = False


@dataclass(frozen=True)
class Offer:
    """What was found. `recipe` is the phrase that was searched, `offset` how many places were
    skipped; `personal` is true where the person's top artists were looked at."""

    question: Question
    recipe: str
    offset: int
    asked_at: datetime
    personal: bool
    tabs: Mapping[SpotifyKind, tuple[Ranked, ...]]


@dataclass
class SessionCache:
    """What one session was offered, and at which turn it is; `lock` lets one search at a time."""

    offers: OrderedDict[Question, Offer] = field(default_factory=OrderedDict)
    turns: dict[tuple[Emotion, Goal], tuple[int, datetime]] = field(default_factory=dict)
    lock: anyio.Lock = field(default_factory=anyio.Lock)

    def offer(self, question: Question, now: datetime) -> Offer | None:
        """The answer of less than ten minutes ago."""
        found = self.offers.get(question)
        return found if found is not None and _is_fresh(found.asked_at, now) else None

    def turn(self, question: Question, now: datetime) -> int | None:
        """The turn of less than ten minutes ago, whatever the language."""
        turn, at = self.turns.get((question.emotion, question.goal), (None, now))
        return turn if _is_fresh(at, now) else None

    def keep(self, offer: Offer, turn: int) -> None:
        """Remember an offer; answers of earlier turns to the same mood are over."""
        mood = (offer.question.emotion, offer.question.goal)
        if self.turns.get(mood, (turn,))[0] != turn:
            for other in [q for q in self.offers if (q.emotion, q.goal) == mood]:
                del self.offers[other]
        self.turns[mood] = (turn, offer.asked_at)
        self.offers[offer.question] = offer
        self.offers.move_to_end(offer.question)
        while len(self.offers) > MOST_OFFERS:
            self.offers.popitem(last=False)


class SearchCache:
    """One part per session, the least lately used ones given up."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[int, SessionCache] = OrderedDict()

    def of_session(self, session_id: int) -> SessionCache:
        """The part of a session. One that was forgotten meanwhile keeps nothing for anybody."""
        cached = self._sessions.setdefault(session_id, SessionCache())
        self._sessions.move_to_end(session_id)
        while len(self._sessions) > MOST_SESSIONS:
            self._sessions.popitem(last=False)
        return cached

    def forget(self, session_id: int) -> None:
        self._sessions.pop(session_id, None)

    def forget_all(self) -> None:
        self._sessions.clear()

    def __len__(self) -> int:
        return len(self._sessions)


def _is_fresh(at: datetime, now: datetime) -> bool:
    return timedelta(0) <= now - at < FRESH  # what comes from the future is of a clock set back

"""What is searched for: phrases that people title their playlists with, per emotion and goal.

All of them were written for this project. Spotify's filters do not apply to playlists, shows and
episodes, so a query is free text (developer.spotify.com/documentation/web-api/reference/search).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.music.provider import Goal

SHIPPED = Path(__file__).parent / "data" / "recipes.json"
FALLBACK = "en"
OFFSETS = (0, 10, 20)
"""How many places of a search are skipped, once every phrase has had its turn."""


@dataclass(frozen=True)
class Recipe:
    """One search. `language` is the code of the phrase, as `de`."""

    query: str
    language: str

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the phrase, for finding them in a title."""
        return tuple(self.query.casefold().split())


Phrases = Mapping[Emotion, Mapping[Goal, Mapping[str, Sequence[str]]]]


class Recipes:
    """The recipes of every emotion and goal, in the order in which they take their turns."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    @classmethod
    def shipped(cls) -> Recipes:
        data = json.loads(SHIPPED.read_text(encoding="utf-8"))
        return cls(
            {
                Emotion(emotion): {Goal(goal): phrases for goal, phrases in goals.items()}
                for emotion, goals in data.items()
            }
        )

    def of(self, emotion: Emotion, goal: Goal, languages: Sequence[str] = ()) -> list[Recipe]:
        """The recipes in the languages asked for, one of each language after the other.

        A regional code serves as its language (`de-AT` as `de`); English stands in for languages
        that have none.
        """
        phrases = self._phrases[emotion][goal]
        wanted = dict.fromkeys(code.split("-")[0].casefold() for code in languages)
        known = [language for language in wanted if language in phrases] or [FALLBACK]
        rounds = zip_longest(*(phrases[language] for language in known))
        return [
            Recipe(phrase, language)
            for together in rounds
            for language, phrase in zip(known, together, strict=True)
            if phrase is not None
        ]

    def at(
        self, emotion: Emotion, goal: Goal, languages: Sequence[str], turn: int
    ) -> tuple[Recipe, int]:
        """The recipe of a turn (0 first) and how many places of its search are skipped."""
        recipes = self.of(emotion, goal, languages)
        rounds, place = divmod(turn, len(recipes))
        return recipes[place], OFFSETS[rounds % len(OFFSETS)]

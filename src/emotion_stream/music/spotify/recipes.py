"""What is searched for: phrases that people title playlists with, by emotion, goal and language.

The phrases are ours (`data/recipes.json`). They are free text, because none of Spotify's filters
applies to playlists, shows or episodes
(https://developer.spotify.com/documentation/web-api/reference/search).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from emotion_stream.emotions import Emotion
from emotion_stream.music.provider import Goal

FALLBACK = "en"
OFFSETS = (0, 10, 20)

# Words that say nothing about a playlist whose title has them.
_FILLERS = (
    " a ai an and at be for in is it my of on t the to with you your "
    " das der die du für in ist mit und wie zu zum "
    " a al con de del el en la las los mi para por que un una y "
    " à au aux c de des du en et j l la le les pour sa se tout un une "
    " do i mi na o po w we z za "
)


@dataclass(frozen=True)
class Recipe:
    """A phrase to search for in one language (ISO 639-1), `words` being those of it that count."""

    query: str
    words: tuple[str, ...]
    language: str

    @classmethod
    def of(cls, query: str, language: str) -> Recipe:
        every = spelled(query)
        return cls(query, tuple(w for w in every if f" {w} " not in _FILLERS) or every, language)


@dataclass(frozen=True)
class Turn:
    """A recipe and the place in its results, 0 first, from which on they are looked at."""

    recipe: Recipe
    offset: int


class Recipes:
    """The phrases of every emotion and goal, and whose turn it is."""

    def __init__(self, phrases: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]) -> None:
        self._phrases = phrases

    def of(self, emotion: Emotion, goal: Goal, languages: Iterable[str]) -> tuple[Recipe, ...]:
        """The recipes in the languages, one of each in turn; English where there is none of them.

        A language is a tag such as `pt-BR`: what follows its first part is not looked at.
        """
        phrases = self._phrases[emotion][goal]
        wanted = dict.fromkeys(tag.split("-")[0].lower() for tag in languages)
        known = [language for language in wanted if language in phrases] or [FALLBACK]
        longest = max(len(phrases[language]) for language in known)
        return tuple(
            Recipe.of(phrases[language][place], language)
            for place in range(longest)
            for language in known
            if place < len(phrases[language])
        )

    def at(self, emotion: Emotion, goal: Goal, languages: Iterable[str], turn: int) -> Turn:
        """Every recipe has its turn before the first one comes again, further down its results."""
        recipes = self.of(emotion, goal, languages)
        round_, place = divmod(turn, len(recipes))
        return Turn(recipes[place], OFFSETS[round_ % len(OFFSETS)])


def spelled(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, in order, without what stands between them."""
    return tuple(re.findall(r"[^\W_]+", text.casefold()))


@cache
def shipped_recipes() -> Recipes:
    """The recipes of the package, read once."""
    text = (files("emotion_stream.music.spotify") / "data/recipes.json").read_text("utf-8")
    return Recipes(cast("dict[str, dict[str, dict[str, list[str]]]]", json.loads(text)))

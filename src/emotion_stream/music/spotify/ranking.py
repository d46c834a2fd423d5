"""The order of what a search found, by fixed rules, with the reason of each item in plain words.

Nothing here is learned or kept: Spotify's terms rule out both (docs/spotify.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from emotion_stream.emotions import AFFECT_OF_EMOTION, Emotion
from emotion_stream.music.spotify.models import SpotifyItem, SpotifyKind
from emotion_stream.music.spotify.recipes import Recipe

MOST_ALIKE = 2
"""How many items of one artist, owner or show come before the others had their turn."""

_LOW_VALENCE = -0.2
_PLACES = 20.0  # of two pages of ten

# Design values: the phrase in the title outweighs a few places of the search, a missing cover or
# an odd length loses some, and a person's own artists come before everything else.
_OWN_ARTIST = 3.0
_WHOLE_PHRASE = 0.5
_SOME_WORDS = 0.25
_NO_COVER = -0.4
_ODD_SIZE = -0.5

_USUAL_S = {SpotifyKind.TRACK: (75.0, 600.0), SpotifyKind.EPISODE: (180.0, 7200.0)}
_USUAL_SIZE = {SpotifyKind.PLAYLIST: (8, 500), SpotifyKind.SHOW: (2, 10_000)}
# Left out in a low mood: violence, and taking one's own life. A space is where a word ends.
_HEAVY = (
    " suicid",
    " suizid",
    " selbstmord",
    " samobój",
    " self harm",
    " selfharm",
    " kill myself ",
    " killing myself ",
    " kill yourself ",
    " want to die ",
    " wanna die ",
    " true crime ",
    " serial killer",
    " murder",
    " mord ",
    " mörder",
    " asesin",
    " meurtr",
    " morderst",
    " gore ",
    " massacr",
    " massak",
)
_SIZE_WORDS = {SpotifyKind.PLAYLIST: "tracks", SpotifyKind.SHOW: "episodes"}


@dataclass(frozen=True)
class Ranked:
    """An item with the reason why it is here, in plain words."""

    item: SpotifyItem
    reason: str


def is_low(emotion: Emotion) -> bool:
    """True for the emotions in which words and topics need care."""
    return AFFECT_OF_EMOTION[emotion].valence < _LOW_VALENCE


def usable(item: SpotifyItem) -> bool:
    """True for an item that can stand in a list: one with a name, and not known to be empty."""
    return bool(item.name.strip()) and item.size != 0


def is_heavy(item: SpotifyItem) -> bool:
    """True for what nobody in a low mood should be handed unasked, by its own words."""
    told = f" {' '.join(_words(f'{item.name} {item.description}'))} "
    return any(words in told for words in _HEAVY)


def ranked(
    items: Iterable[SpotifyItem],
    recipe: Recipe,
    emotion: Emotion,
    *,
    own_artists: Collection[str] = (),
) -> list[Ranked]:
    """Best first, each item once, and in turns where several are by the same artist or owner.

    `own_artists` are ids of the person's top artists. In a low mood, explicit items come last, and
    those that are about violence or about taking one's own life are left out.
    """
    low = is_low(emotion)
    once = {item.uri: item for item in items if usable(item) and not (low and is_heavy(item))}
    scored = sorted(
        once.values(),
        key=lambda item: (low and item.explicit, -_score(item, recipe, own_artists), item.place),
    )
    return [Ranked(item, _reason(item, recipe, own_artists)) for item in _varied(scored)]


def _score(item: SpotifyItem, recipe: Recipe, own_artists: Collection[str]) -> float:
    score = 1.0 - item.place / _PLACES
    if not set(own_artists).isdisjoint(item.artist_ids):
        score += _OWN_ARTIST
    score += _title_bonus(item, recipe)
    if item.cover is None:
        score += _NO_COVER
    if _has_odd_size(item):
        score += _ODD_SIZE
    return score


def _title_bonus(item: SpotifyItem, recipe: Recipe) -> float:
    if _names_phrase(item, recipe):
        return _WHOLE_PHRASE
    found = [word for word in recipe.words if word in _words(item.name)]
    return _SOME_WORDS * len(found) / len(recipe.words)


def _names_phrase(item: SpotifyItem, recipe: Recipe) -> bool:
    return f" {' '.join(recipe.words)} " in f" {' '.join(_words(item.name))} "


def _words(name: str) -> list[str]:
    letters = (char if char.isalnum() or char == "'" else " " for char in name.casefold())
    return "".join(letters).split()


def _has_odd_size(item: SpotifyItem) -> bool:
    """Outside the usual length; what Spotify does not tell is taken to be usual."""
    if item.kind in _USUAL_S and item.duration_s is not None:
        shortest, longest = _USUAL_S[item.kind]
        return not shortest <= item.duration_s <= longest
    if item.kind in _USUAL_SIZE and item.size is not None:
        fewest, most = _USUAL_SIZE[item.kind]
        return not fewest <= item.size <= most
    return False


def _varied(items: Sequence[SpotifyItem]) -> list[SpotifyItem]:
    """The same order, but whoever has had `MOST_ALIKE` places waits until all others are there."""
    seen: Counter[str] = Counter()
    first: list[SpotifyItem] = []
    later: list[SpotifyItem] = []
    for item in items:
        maker = item.by[0].casefold() if item.by else item.uri
        (first if seen[maker] < MOST_ALIKE else later).append(item)
        seen[maker] += 1
    return first + later


def _reason(item: SpotifyItem, recipe: Recipe, own_artists: Collection[str]) -> str:
    parts = []
    if not set(own_artists).isdisjoint(item.artist_ids):
        parts.append("by one of your top artists")
    if _names_phrase(item, recipe):
        parts.append(f"has “{recipe.query}” in its title")
    elif item.place == 0:
        parts.append(f"the first that Spotify finds for “{recipe.query}”")
    else:
        parts.append(f"found for “{recipe.query}”")
    size_word = _SIZE_WORDS.get(item.kind)
    if size_word is not None and item.size is not None and not _has_odd_size(item):
        parts.append(f"{item.size} {size_word}")
    words = ", ".join(parts)
    return f"{words[0].upper()}{words[1:]}."

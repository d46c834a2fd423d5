"""Which of the items that a search found come first, and why: fixed rules over what is written.

Nothing here is learned, and how an item sounds is not known: Spotify tells no new app, and does not
allow its content to be analysed (docs/spotify.md). So a reason speaks of titles and lengths alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from emotion_stream.music.spotify.objects import SpotifyItem, SpotifyKind
from emotion_stream.music.spotify.recipes import Recipe, spelled

MOST_BY_ONE = 2
PAGE = 10

# Weights by hand: the words of a title are what people call a mood, and weigh as much as ten places
# of a search whose order is Spotify's own.
_PLACE, _TITLE, _COVER, _LENGTH = 1.0, 1.0, 0.2, 0.3

# Tracks of a playlist, episodes of a show: enough to stay with, few enough to be about one thing.
_USUAL_SIZE = {SpotifyKind.PLAYLIST: (8, 400), SpotifyKind.SHOW: (3, 2000)}
_USUAL_LENGTH_S = {SpotifyKind.TRACK: (90.0, 600.0), SpotifyKind.EPISODE: (180.0, 7200.0)}

# Left out in a low mood: violence, and taking one's own life. A space is where a word ends.
_HEAVY = (
    " suicid",
    " suizid",
    " selbstmord",
    " samobój",
    " self harm",
    " selfharm",
    " kill myself ",
    " kill yourself ",
    " killing myself ",
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


@dataclass(frozen=True)
class Offered:
    """An item with the reason why it is offered, one plain sentence."""

    item: SpotifyItem
    reason: str


def ranked(
    items: Iterable[SpotifyItem],
    recipe: Recipe,
    *,
    low_mood: bool = False,
    own_artists: Collection[str] = (),
) -> tuple[Offered, ...]:
    """The items of one kind, best first, each once; a third one by the same creator comes last.

    In a low mood what is explicit or heavy is left out. `own_artists` are ids of artists whose
    tracks come first.
    """
    once = {item.uri: item for item in items if not (low_mood and _weighs(item))}
    own = frozenset(own_artists)
    best = sorted(once.values(), key=lambda item: -_score(item, recipe, own))
    return tuple(Offered(item, _reason(item, recipe, own)) for item in _spread(best))


def _score(item: SpotifyItem, recipe: Recipe, own: frozenset[str]) -> float:
    first = 10.0 if own.intersection(item.artist_ids) else 0.0
    return (
        first
        - _PLACE * item.place / PAGE
        + _TITLE * _share_in_title(item, recipe)
        + _COVER * (item.cover is not None)
        + _LENGTH * _has_usual_length(item)
    )


def _spread(items: Sequence[SpotifyItem]) -> list[SpotifyItem]:
    """The same items, with the third and later ones of one creator at the end."""
    seen: Counter[str] = Counter()
    kept: list[SpotifyItem] = []
    later: list[SpotifyItem] = []
    for item in items:
        creator = item.by[0].casefold() if item.by else item.uri
        seen[creator] += 1
        (kept if seen[creator] <= MOST_BY_ONE else later).append(item)
    return kept + later


def _weighs(item: SpotifyItem) -> bool:
    """True for what nobody in a low mood should be handed unasked."""
    text = f" {' '.join(spelled(f'{item.name} {item.description}'))} "
    return item.explicit or any(words in text for words in _HEAVY)


def _share_in_title(item: SpotifyItem, recipe: Recipe) -> float:
    title = spelled(item.name)
    return sum(word in title for word in recipe.words) / len(recipe.words)


def _has_usual_length(item: SpotifyItem) -> bool:
    if item.kind in _USUAL_SIZE:
        least, most = _USUAL_SIZE[item.kind]
        return item.size is not None and least <= item.size <= most
    shortest_s, longest_s = _USUAL_LENGTH_S[item.kind]
    return item.duration_s is not None and shortest_s <= item.duration_s <= longest_s


def _reason(item: SpotifyItem, recipe: Recipe, own: frozenset[str]) -> str:
    """The largest of what put the item where it is, and how much of it there is."""
    if own.intersection(item.artist_ids):
        return f"By an artist you hear often{_amount(item)}."
    if recipe.query.casefold() in item.name.casefold():
        return f"Its title says “{recipe.query}”{_amount(item)}."
    title = spelled(item.name)
    found = [word for word in recipe.words if word in title]
    if found:
        words = " and ".join(f"“{word}”" for word in found[:2])
        return f"Its title has {words} in it{_amount(item)}."
    return f"Found with “{recipe.query}”{_amount(item)}."


def _amount(item: SpotifyItem) -> str:
    """How much there is of it, such as ", 40 tracks"; empty where that is not told."""
    if item.size is not None and item.size > 0 and item.kind in _USUAL_SIZE:
        unit = "track" if item.kind is SpotifyKind.PLAYLIST else "episode"
        return f", {item.size} {unit}{'' if item.size == 1 else 's'}"
    if item.duration_s is not None and item.kind is SpotifyKind.EPISODE:
        minutes = max(1, round(item.duration_s / 60))
        return f", {minutes} minute{'' if minutes == 1 else 's'}"
    return ""

"""Invented music and talk: names of our own, ids that cannot be mistaken for Spotify's."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import cache

SHORTEST_S, LONGEST_S = 14, 24
ID_LENGTH = 22  # what the real ids have
PER_KIND = 60
KINDS = ("playlist", "track", "show", "episode", "artist", "album")

MOODS = (
    ("calm", "quiet", "ruhig", "tranquila", "calme", "spokojna"),
    ("sad", "rainy", "traurig", "triste", "mélancolie", "smutna"),
    ("happy", "sunny", "fröhlich", "alegre", "joyeux", "wesoła"),
    ("angry", "loud", "wütend", "furiosa", "colère", "gniewna"),
    ("anxious", "gentle", "sanft", "suave", "douce", "łagodna"),
    ("neutral", "focus", "konzentriert", "concentración", "concentration", "skupienie"),
)
THINGS = (
    "kettle",
    "staircase",
    "lantern",
    "allotment",
    "tram stop",
    "window seat",
    "paper boat",
    "orchard",
    "harbour wall",
    "spare room",
)
PLACES = ("piano", "guitar", "strings", "voices", "brass", "rain")
BANDS = (
    "The Spare Chairs",
    "Ada Quill",
    "Ninth Landing",
    "Oskar Tamm",
    "Wool & Wire",
    "Marta Sól",
    "Half a Ladder",
    "Les Parapluies Rouges",
)
LISTENERS = ("lena at home", "tomek", "quiet_corner", "the night desk")
LANGUAGES = ("en", "de", "es", "fr", "pl")


@dataclass(frozen=True)
class Thing:
    """One invented item. `tracks` is what a list of items holds."""

    kind: str
    number: int
    name: str
    by: tuple[str, ...]
    parent: str
    description: str
    duration_s: int
    explicit: bool
    language: str
    has_cover: bool
    tracks: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return id_of(self.kind, self.number)

    @property
    def uri(self) -> str:
        return f"spotify:{self.kind}:{self.id}"

    @property
    def tune(self) -> int:
        """What its sound is made from: the same tune each time."""
        return zlib.crc32(self.uri.encode())

    @property
    def words(self) -> frozenset[str]:
        return _words(f"{self.name} {self.description}")


def id_of(kind: str, number: int) -> str:
    """As long as a real id, and plainly none."""
    start = f"standIn{kind.capitalize()}"
    return start + str(number).rjust(ID_LENGTH - len(start), "0")


@cache
def things(kind: str) -> tuple[Thing, ...]:
    """All items of a kind."""
    return tuple(_thing(kind, number) for number in range(PER_KIND))


@cache
def _by_uri() -> dict[str, Thing]:
    return {thing.uri: thing for kind in KINDS for thing in things(kind)}


def find(uri: str) -> Thing | None:
    """The item of this URI, or None."""
    return _by_uri().get(uri)


def playable(uri: str) -> tuple[Thing, ...]:
    """What is heard when the URI is played: the item itself, or what a list of items holds."""
    thing = find(uri)
    if thing is None or not thing.duration_s:
        inside = () if thing is None else thing.tracks
        return tuple(_by_uri()[one] for one in inside)
    return (thing,)


def search(query: str, kind: str) -> tuple[Thing, ...]:
    """All items of a kind, those that share words with the query first; the same each time."""
    wanted = _words(re.sub(r"\b(genre|artist|year|track|album):", "", query))

    def place(thing: Thing) -> tuple[int, int]:
        return -len(wanted & thing.words), zlib.crc32(f"{query}{thing.id}".encode())

    return tuple(sorted(things(kind), key=place))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _thing(kind: str, number: int) -> Thing:
    mood = MOODS[number % len(MOODS)]
    word = mood[number // len(MOODS) % len(mood)]
    thing, place = THINGS[number % len(THINGS)], PLACES[number // 7 % len(PLACES)]
    band = BANDS[number % len(BANDS)]
    name, by, description, tracks = {
        "track": (f"{word.capitalize()} {thing}", (band,), "", ()),
        "album": (f"Songs from the {thing}", (band,), "", _numbers("track", number, 5)),
        "artist": (band, (), "", _numbers("track", number, 5)),
        "playlist": (
            f"{word.capitalize()} {place} by the {thing}",
            (LISTENERS[number % len(LISTENERS)],),
            f"{mood[0].capitalize()} {place}, put together on a {mood[1]} day.",
            _numbers("track", number, 6),
        ),
        "show": (
            f"The {word} {thing}",
            (f"Radio {thing}",),
            f"Talk about {mood[0]} days.",
            _numbers("episode", number, 4),
        ),
        "episode": (
            f"{word.capitalize()} talk at the {thing}",
            (f"Radio {thing}",),
            f"A {mood[0]} quarter of an hour, much shortened.",
            (),
        ),
    }[kind]
    heard = kind in ("track", "episode")
    return Thing(
        kind=kind,
        number=number,
        name=name,
        by=by,
        parent=f"Songs from the {thing}",
        description=description,
        duration_s=SHORTEST_S + number % (LONGEST_S - SHORTEST_S) if heard else 0,
        explicit=number % 11 == 5,
        language=LANGUAGES[number // len(MOODS) % len(LANGUAGES)],
        has_cover=number % 9 != 8,
        tracks=tracks,
    )


def _numbers(kind: str, first: int, count: int) -> tuple[str, ...]:
    numbers = ((first * 3 + step) % PER_KIND for step in range(count))
    return tuple(f"spotify:{kind}:{id_of(kind, number)}" for number in numbers)

import math

import numpy as np
import pytest

from emotion_stream.emotions import Affect
from emotion_stream.music.provider import Kind
from emotion_stream.recommendation.selection import Catalogue
from tests.recommendation.fake_items import covering, item


def test_only_the_kinds_asked_for_each_item_once_and_in_a_fixed_order() -> None:
    items = [item(2, 0, 0), item(1, 0, 0), item(2, 0, 0), item(3, 0, 0, kind=Kind.PODCAST)]
    assert [i.id for i in Catalogue.of(items, (Kind.TRACK,)).items] == ["i00001", "i00002"]


def test_a_piece_on_two_albums_is_offered_once() -> None:
    twice = [
        item(n, 0, 0, title=title, creators=("A",)) for n, title in ((1, "Song"), (2, "song "))
    ]
    others = [
        item(3, 0, 0, title="Song", creators=("B",)),
        item(4, 0, 0, title="Intro", creators=("Unknown artist",)),
        item(5, 0, 0, title="Intro", creators=("Unknown artist",)),
    ]
    kept = [i.id for i in Catalogue.of([*twice, *others], (Kind.TRACK,)).items]
    assert kept == ["i00001", "i00003", "i00004", "i00005"]


def test_pieces_of_one_name_and_different_length_are_different_pieces() -> None:
    same = [
        item(n, 0, 0, title="Allegro", creators=("Vivaldi",), duration_s=duration_s)
        for n, duration_s in ((1, 120.0), (2, 133.0), (3, 121.5), (4, 134.9), (5, 300.0))
    ]
    kept = [i.id for i in Catalogue.of(same, (Kind.TRACK,)).items]
    assert kept == ["i00001", "i00002", "i00005"]


@pytest.mark.parametrize("broken", [math.nan, math.inf])
def test_items_without_a_place_on_the_plane_are_left_out(broken: float) -> None:
    items = [item(1, broken, 0), item(2, 0, 0, affect_sigma=broken), item(3, 0, 0)]
    assert [i.id for i in Catalogue.of(items, (Kind.TRACK,)).items] == ["i00003"]


def test_an_item_is_most_like_itself_and_likeness_is_a_share() -> None:
    catalogue = Catalogue.of(covering(24), (Kind.TRACK,))
    for row in range(24):
        alike = catalogue.similarity(row)
        assert alike.argmax() == row
        assert alike[row] == pytest.approx(1)
        assert np.all((alike >= 0) & (alike <= 1 + 1e-9))


def test_a_missing_tempo_genre_or_creator_is_not_a_likeness() -> None:
    items = [
        item(n, 0, 0, tempo_bpm=None, genre=None, creators=("Unknown artist",)) for n in (1, 2)
    ]
    catalogue = Catalogue.of([*items, item(3, 0, 0)], (Kind.TRACK,))
    assert catalogue.similarity(0)[1] == pytest.approx(0.3)


def test_nonsense_tempo_is_unknown() -> None:
    catalogue = Catalogue.of([item(1, 0, 0, tempo_bpm=0.0)], (Kind.TRACK,))
    assert np.isnan(catalogue.tempo_octaves[0])


def test_one_creator_says_nothing_about_variety() -> None:
    same = [item(n, 0, 0, creators=("Emotion Stream",)) for n in range(3)]
    assert not Catalogue.of(same, (Kind.TRACK,)).creators_vary
    assert Catalogue.of([*same, item(9, 0, 0)], (Kind.TRACK,)).creators_vary
    assert not Catalogue.of([], (Kind.TRACK,)).creators_vary


def test_the_affect_of_an_item_is_not_changed_by_its_place() -> None:
    placed = Catalogue.of([item(1, 0.2, 0.1, affect_source="audio estimate")], (Kind.TRACK,))
    assert placed.items[0].affect == Affect(0.2, 0.1)

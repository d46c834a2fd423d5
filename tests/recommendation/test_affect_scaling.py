import numpy as np
import pytest

from emotion_stream.recommendation.affect_scaling import ESTIMATED_SOURCE, scaled_affects
from tests.recommendation.fake_items import covering, item


def test_values_set_by_somebody_stay_as_they_are() -> None:
    items = covering(24)
    placed = scaled_affects(items)
    assert placed == pytest.approx(np.array([(i.affect.valence, i.affect.arousal) for i in items]))


def test_a_squeezed_source_uses_the_plane_and_keeps_its_order() -> None:
    items = [
        item(n, -0.2 + 0.003 * n, 0.1 - 0.002 * n, affect_source=ESTIMATED_SOURCE)
        for n in range(100)
    ]
    placed = scaled_affects(items)
    assert np.ptp(placed[:, 0]) > 1
    assert np.ptp(placed[:, 1]) > 1
    assert np.all(np.diff(placed[:, 0]) > 0)
    assert np.all(np.diff(placed[:, 1]) < 0)


def test_two_estimated_items_say_little_about_ranks() -> None:
    items = [item(n, 0.3, 0.3 + 0.1 * n, affect_source=ESTIMATED_SOURCE) for n in range(2)]
    placed = scaled_affects(items)
    assert abs(placed[:, 1] - (0.3, 0.4)).max() < 0.15


def test_equal_values_share_a_place() -> None:
    items = [item(n, 0.5, -0.5, affect_source=ESTIMATED_SOURCE) for n in range(12)]
    assert np.ptp(scaled_affects(items), axis=0) == pytest.approx(np.zeros(2))


def test_sources_are_ranked_apart() -> None:
    estimated = [item(n, 0.2, 0.01 * n, affect_source=ESTIMATED_SOURCE) for n in range(20)]
    given = [item(100 + n, 0.2, 0.9) for n in range(20)]
    assert scaled_affects(estimated + given)[:20] == pytest.approx(scaled_affects(estimated))


def test_estimates_with_the_help_of_tags_are_ranked_with_the_others() -> None:
    plain = [item(n, 0.2, 0.01 * n, affect_source=ESTIMATED_SOURCE) for n in range(20)]
    mixed = [
        item(n, 0.2, 0.01 * n, affect_source=ESTIMATED_SOURCE + " and tags" * (n % 5 == 0))
        for n in range(20)
    ]
    assert scaled_affects(mixed) == pytest.approx(scaled_affects(plain))


def test_nothing_to_place() -> None:
    assert scaled_affects([]).shape == (0, 2)

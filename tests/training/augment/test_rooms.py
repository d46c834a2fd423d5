"""A simulated room: the direct sound first, then echoes that die away."""

from __future__ import annotations

import numpy as np

from emotion_stream.training.augment.rooms import shoebox, simulated_rooms

SIZE_M = np.array([6.7, 5.3, 3.0])  # no two walls mirror alike
SOURCE, MICROPHONE = np.array([2.0, 2.0, 1.5]), np.array([4.0, 2.0, 1.5])


def test_the_direct_sound_comes_first_and_is_the_loudest() -> None:
    response = shoebox(SIZE_M, SOURCE, MICROPHONE, 0.5)
    assert np.flatnonzero(response)[0] == round(2.0 / 343 * 16_000)
    assert response.argmax() == np.flatnonzero(response)[0]


def test_the_floor_is_the_first_wall_that_is_heard() -> None:
    response = shoebox(SIZE_M, SOURCE, MICROPHONE, 0.5)
    echo_m = np.hypot(2.0, 3.0)  # floor and ceiling lie 1.5 m away
    assert np.flatnonzero(response)[1] == round(float(echo_m) / 343 * 16_000)


def test_a_longer_reverberation_dies_later() -> None:
    def late_share(rt60_s: float) -> float:
        power = np.square(shoebox(SIZE_M, SOURCE, MICROPHONE, rt60_s))
        return float(power[3_200:].sum() / power.sum())

    assert late_share(0.3) < late_share(0.5) < late_share(0.8)


def test_the_rooms_of_a_seed_are_the_same_every_time() -> None:
    simulated_rooms.cache_clear()
    first = simulated_rooms(3)
    simulated_rooms.cache_clear()
    for one, other in zip(first, simulated_rooms(3), strict=True):
        np.testing.assert_array_equal(one, other)
    assert len({room.tobytes() for room in first}) == len(first)

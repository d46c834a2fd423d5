"""Impulse responses of rooms that were never built (Allen & Berkley 1979, doi:10.1121/1.382599)."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from emotion_stream.audio.recording import SAMPLE_RATE_HZ

Samples = NDArray[np.float32]
Point = NDArray[np.float64]

ROOMS = 6

_SOUND_M_PER_S = 343.0
_LENGTH_S = 0.4  # the mirror images grow with its cube


@cache
def simulated_rooms(seed: int) -> tuple[Samples, ...]:
    """Living rooms and offices with the microphone 2 to 3.5 m away, at 16 kHz."""
    rng = np.random.default_rng(seed)
    return tuple(_room(rng) for _ in range(ROOMS))


def _room(rng: np.random.Generator) -> Samples:
    size_m = rng.uniform((4.5, 3.5, 2.4), (8.0, 6.0, 3.2))
    rt60_s = float(rng.uniform(0.35, 0.6))
    microphone = size_m * rng.uniform(0.3, 0.7, 3)
    angle, distance_m = rng.uniform(0, 2 * math.pi), rng.uniform(2.0, 3.5)
    source = microphone + distance_m * np.array([math.cos(angle), math.sin(angle), 0.1])
    # In a small room the distance gives way: nobody speaks from inside a wall.
    return shoebox(size_m, np.clip(source, 0.3, size_m - 0.3), microphone, rt60_s)


def shoebox(size_m: Point, source: Point, microphone: Point, rt60_s: float) -> Samples:
    """Every mirror image of the source that is heard within 0.4 s, at the nearest sample.

    All walls absorb alike: as much as gives `rt60_s` by Sabine's formula.
    """
    volume = float(np.prod(size_m))
    surface = 2 * float(size_m[0] * size_m[1] + size_m[1] * size_m[2] + size_m[0] * size_m[2])
    # Sabine's formula passes 1 in a small dry room, which no wall does.
    absorbed = min(0.161 * volume / (surface * rt60_s), 0.99)
    offsets, bounces = zip(
        *(_images(*axis) for axis in zip(size_m, source, microphone, strict=True)), strict=True
    )
    x, y, z = np.ix_(*offsets)
    distance_m = np.sqrt(x**2 + y**2 + z**2)
    count = sum(np.ix_(*bounces))
    # What is absorbed is energy; pressure falls by the root of what is left.
    strength = math.sqrt(1 - absorbed) ** count / (4 * math.pi * distance_m)
    delay = np.round(distance_m / _SOUND_M_PER_S * SAMPLE_RATE_HZ).astype(int)
    heard = delay < _LENGTH_S * SAMPLE_RATE_HZ
    response = np.bincount(delay[heard], strength[heard])
    return np.asarray(response / np.abs(response).max(), np.float32)


def _images(
    length_m: float, source_m: float, microphone_m: float
) -> tuple[Point, NDArray[np.int64]]:
    """Along one axis: how far each image lies from the microphone, and how often it bounced."""
    reach = math.ceil(_LENGTH_S * _SOUND_M_PER_S / (2 * length_m)) + 1
    cells = np.arange(-reach, reach + 1)
    straight = 2 * cells * length_m + source_m
    mirrored = 2 * cells * length_m - source_m
    bounces = np.concatenate([np.abs(2 * cells), np.abs(2 * cells - 1)])
    return np.concatenate([straight, mirrored]) - microphone_m, bounces

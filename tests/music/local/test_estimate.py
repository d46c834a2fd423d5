from pathlib import Path

import numpy as np
import pytest

from emotion_stream.emotions import Affect
from emotion_stream.music.local.analysis import Analysis, analyse
from emotion_stream.music.local.estimate import AffectEstimate, affect_of, estimate
from emotion_stream.music.local.features import features_of
from tests.music.local.fake_music import MINOR, Samples, chords, drums, noise, silence, write


def of(samples: Samples, **tags: str) -> AffectEstimate:
    # Half of 44.1 kHz is the rate of an excerpt; averaging pairs is good enough for a test.
    halved = samples[: len(samples) // 2 * 2].reshape(-1, 2).mean(axis=1).astype(np.float32)
    return estimate(features_of(halved), **tags)


def of_file(path: Path) -> Affect:
    analysis = analyse(path)
    assert isinstance(analysis, Analysis)
    return estimate(analysis.features).affect


def test_fast_loud_noisy_is_far_more_aroused_than_slow_soft_tonal() -> None:
    assert of(drums(20)).affect.arousal > of(chords(20)).affect.arousal + 0.8


def test_a_faster_beat_is_more_aroused() -> None:
    fast, slow = of(drums(20, bpm=160)), of(drums(20, bpm=60))
    assert fast.affect.arousal > slow.affect.arousal + 0.2


def test_level_alone_moves_arousal_a_little_only() -> None:
    loud, soft = of(drums(20)).affect.arousal, of(drums(20) * np.float32(0.1)).affect.arousal
    assert 0 < loud - soft < 0.4


def test_major_is_a_little_brighter_than_minor() -> None:
    major, minor = of(chords(24)).affect.valence, of(chords(24, triad=MINOR)).affect.valence
    assert 0 < major - minor < 0.6


def test_steady_noise_is_less_pleasant_than_soft_chords() -> None:
    assert of(noise(20)).affect.valence < of(chords(20)).affect.valence


def test_tags_move_the_estimate() -> None:
    plain = of(chords(10)).affect
    assert of(chords(10), genre="Disco").affect.valence > plain.valence
    assert of(chords(10), genre="Doom Metal").affect.valence < plain.valence
    assert of(chords(10), genre="Xyzzy").affect == plain
    assert of(chords(10), mood="Energetic").affect.arousal > plain.arousal + 0.3


def test_the_estimate_says_that_it_is_a_guess() -> None:
    guess = of(chords(5))
    assert guess.source == of(chords(5), genre="Xyzzy", mood="Tuesday").source == "audio estimate"
    assert of(chords(5), genre="Disco").source == "audio estimate and tags"
    assert of(chords(5), mood="Sad").source == "audio estimate and tags"
    assert guess.sigma >= 0.4
    assert guess.valence_sigma > guess.arousal_sigma


@pytest.mark.parametrize(
    "samples",
    [
        silence(5),
        silence(0.001),
        noise(3, level=1.0),
        np.ones(44_100, dtype=np.float32),
        chords(0.05),
        np.full(44_100, 4.0, dtype=np.float32) * np.sign(chords(1)),
    ],
    ids=["silence", "a moment", "loud noise", "constant", "very short", "overloaded"],
)
def test_odd_sounds_have_finite_places_on_the_plane(samples: Samples) -> None:
    affect = of(samples).affect
    assert -1 <= affect.valence <= 1
    assert -1 <= affect.arousal <= 1


def test_silence_around_music_changes_nothing(tmp_path: Path) -> None:
    plain = of_file(write(tmp_path / "plain.flac", drums(20)))
    padded = of_file(
        write(tmp_path / "padded.flac", np.concatenate([silence(20), drums(20), silence(30)]))
    )
    assert padded.distance(plain) < 0.1


def test_the_less_was_heard_the_less_is_known() -> None:
    little, more, much = of(drums(6)), of(drums(30)), of(drums(75))
    assert little.sigma > more.sigma > much.sigma
    assert little.arousal_sigma / much.arousal_sigma == pytest.approx(1.65, abs=0.05)
    assert (much.valence_sigma, much.arousal_sigma) == (0.5, 0.3)


def test_files_are_estimated_as_their_samples_are(tmp_path: Path) -> None:
    for name, samples in (("chords", chords(12)), ("drums", drums(12))):
        as_mp3 = of_file(write(tmp_path / f"{name}.mp3", samples))
        as_flac = of_file(write(tmp_path / f"{name}.flac", samples))
        assert as_mp3.distance(as_flac) < 0.2


def test_a_genre_prior_is_shrunk_towards_the_sound() -> None:
    features = features_of(silence(1)[:22_050])
    plain = affect_of(features).valence
    assert plain < affect_of(features, 0.6).valence < 0.6

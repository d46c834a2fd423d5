"""A report in which everything was measured, made without a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from emotion_stream.training.evaluate.conditions import conditions_named
from emotion_stream.training.evaluate.illustrations import laid_out
from emotion_stream.training.evaluate.protocol_text import of_a_run
from emotion_stream.training.evaluate.results import evaluation_results
from emotion_stream.training.evaluate.robustness import ConditionSuite, robustness
from tests.sounds import wav
from tests.training.fake_corpus import voice
from tests.training.fake_predictions import many


def full_report(folder: Path) -> dict[str, Any]:
    """Of two seeds and two folds, under all conditions."""
    from emotion_stream.training.data.corpora import Utterance
    from emotion_stream.training.evaluate.illustrations import voices

    answers = many()
    wanted = conditions_named(["all"])
    under = {c.name: many(seed=place) for place, c in enumerate(wanted, 1)}
    (folder / "voice.wav").write_bytes(wav(voice(1.0)))
    spoken = [
        Utterance(folder / "voice.wav", "ravdess", "ravdess/01", each)
        for each in dict.fromkeys(a.emotion for a in answers)
    ]
    placed = laid_out(np.random.default_rng(0).normal(size=(40, 6)).astype(np.float32))
    epochs = [{"epoch": n, "loss": 2 / n, "validation_uar": 0.1 * n} for n in (1.0, 2.0, 3.0)]
    some = answers[:40]
    protocol = of_a_run({"name": "ravdess5", "text": "Five folds of RAVDESS actors"})
    return {
        "title": protocol.title,
        "protocol": protocol.text,
        "findings": evaluation_results(answers),
        "conditions": robustness(
            {"clean": answers, **under}, ConditionSuite(wanted, share=0.5), None
        ),
        "voices": voices(spoken),
        "embedding": [
            {
                "fold": f"fold-{number}",
                "points": placed,
                "emotion": [each.emotion.value for each in some],
                "speaker": [each.utterance.speaker for each in some],
                "gender": ["female", "male"] * 20,
            }
            for number in (1, 2)
        ],
        "parameters": 612_345,
        "curves": {f"seed-0/fold-{n}/member-1": epochs for n in (1, 2)},
        "notes": "A <b>note</b> & `code`.\n\nAnother.",
        "provenance": {
            "0": {"commit": "abc", "dirty": False, "torch": "2.9", "python": "3.11"},
        },
        "corpora": {
            "ravdess": {"utterances": 144, "speakers": 6, "silent": 0, "duplicates": 1},
        },
        "commands": ["emotion-stream evaluate --run RUN --corpus ravdess=DIR --out REPORT"],
        "not_speech_model": "emotion-9.onnx",
        "not_speech": {
            "silence": {
                "sounds": 6,
                "heard_as_speech": 0,
                "given_an_emotion": 0,
                "highest_confidence": None,
            }
        },
        "latency": {
            "file": "emotion-9.onnx",
            "median_ms": 4.2,
            "least_ms": 3.9,
            "repeats": 50,
            "cores": 2,
            "machine": "x86_64",
        },
    }

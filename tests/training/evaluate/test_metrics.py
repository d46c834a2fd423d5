"""The figures of a report, on cases that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from emotion_stream.training.evaluate import metrics

pytestmark = pytest.mark.training

LABELS = np.array([0, 0, 0, 1, 1, 3])
PREDICTIONS = np.array([0, 0, 1, 1, -1, 3])


def test_confusion_leaves_out_what_was_not_answered() -> None:
    matrix = metrics.confusion(LABELS, PREDICTIONS, 4)
    assert matrix.tolist() == [[2, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1]]


def test_recall_of_an_absent_class_is_no_number_and_no_part_of_the_uar() -> None:
    values = metrics.recalls(LABELS, PREDICTIONS, 4)
    np.testing.assert_allclose(values, [2 / 3, 1 / 2, np.nan, 1])
    assert metrics.uar(LABELS, PREDICTIONS, 4) == pytest.approx((2 / 3 + 1 / 2 + 1) / 3)


def test_precision_is_of_the_answers_and_f1_between_both() -> None:
    np.testing.assert_allclose(metrics.precisions(LABELS, PREDICTIONS, 4), [1, 1 / 2, np.nan, 1])
    np.testing.assert_allclose(metrics.f1_scores(LABELS, PREDICTIONS, 4), [4 / 5, 1 / 2, np.nan, 1])


def test_no_answer_counts_as_wrong() -> None:
    assert metrics.accuracy(LABELS, PREDICTIONS) == pytest.approx(4 / 6)


def test_calibration_error_is_the_gap_between_confidence_and_accuracy() -> None:
    always = np.tile([0.8, 0.2], (10, 1))
    labels = np.array([0] * 6 + [1] * 4)
    assert metrics.calibration_error(labels, always) == pytest.approx(0.2)


def test_reliability_tells_the_bins_that_hold_answers() -> None:
    probabilities = np.array([[0.9, 0.1], [0.9, 0.1], [0.45, 0.55]])
    rows = metrics.reliability(np.array([0, 1, 1]), probabilities)
    assert [row["answers"] for row in rows] == [1, 2]
    assert [row["accuracy"] for row in rows] == [1, 0.5]
    assert [row["confidence"] for row in rows] == pytest.approx([0.55, 0.9])


def test_accuracy_over_coverage_takes_the_most_confident_first() -> None:
    probabilities = np.array([[0.9, 0.1], [0.8, 0.2], [0.4, 0.6], [0.45, 0.55]])
    labels = np.array([0, 0, 0, 1])
    accuracy = metrics.coverage_accuracy(labels, probabilities, np.array([0.25, 0.5, 0.75, 1.0]))
    np.testing.assert_allclose(accuracy, [1, 1, 2 / 3, 3 / 4])


def test_the_spread_of_a_sample_divides_by_one_less() -> None:
    assert metrics.sample_sd(np.array([1.0, 3.0])) == pytest.approx(2**0.5)
    assert metrics.sample_sd(np.array([1.0])) == 0

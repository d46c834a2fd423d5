"""Temperature and threshold do what they are for."""

from __future__ import annotations

import pytest
import torch

from emotion_stream.training.fit.calibration import fit_temperature, unsure_below

pytestmark = pytest.mark.training


def _drawn(scale: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits `scale` times as certain as they may be, and labels drawn from the true ones."""
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(4000, 8, generator=generator) * 2
    labels = torch.multinomial(torch.softmax(logits, dim=1), 1, generator=generator)[:, 0]
    return logits * scale, labels


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.5])
def test_finds_how_overconfident_the_logits_are(scale: float) -> None:
    assert fit_temperature(*_drawn(scale)) == pytest.approx(scale, rel=0.1)


def test_the_threshold_leaves_out_the_least_certain_fifth() -> None:
    logits, _ = _drawn(1.0)
    confidence = torch.softmax(logits / 1.3, dim=1).amax(dim=1)
    assert (confidence < unsure_below(logits, 1.3)).float().mean() == pytest.approx(0.2, abs=0.01)

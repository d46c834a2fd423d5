"""The recogniser: MFCC front end, a small residual CNN, and a calibrated softmax.

Convolutions over time see all coefficients at once; beside the first of them, convolutions over
time and frequency see the mel bands they are made of, a few at a time: what a voice does in one
place, a higher voice does further up.

Residual blocks with squeeze-excitation (Hu et al. 2018, arXiv:1709.01507) and attentive statistics
pooling (Okabe et al. 2018, arXiv:1803.10963), in the manner of ECAPA-TDNN (arXiv:2005.07143).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from emotion_stream.emotions import EMOTIONS
from emotion_stream.training.network.front_end import FrontEnd, FrontEndConfig


@dataclass(frozen=True)
class ModelConfig:
    """Every hyper-parameter of the network; together with the weights it is the model."""

    front_end: FrontEndConfig = field(default_factory=FrontEndConfig)
    width: int = 128
    kernel: int = 5
    strides: tuple[int, ...] = (2, 2, 1)  # one residual block each, after a stem that halves time
    squeeze: int = 32
    local: int = 32  # channels of the convolutions over time and frequency
    embedding: int = 96
    dropout: float = 0.3


class SqueezeExcitation(nn.Module):
    """Weighs the channels by what the whole utterance is like."""

    def __init__(self, width: int, squeeze: int) -> None:
        super().__init__()
        self.down = nn.Conv1d(width, squeeze, 1)
        self.up = nn.Conv1d(squeeze, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        weight = self.up(torch.relu(self.down(x.mean(dim=2, keepdim=True))))  # (B, width, 1)
        return x * torch.sigmoid(weight)


class ResidualBlock(nn.Module):
    """Two convolutions over time, squeeze-excitation, and a way past them."""

    def __init__(self, config: ModelConfig, stride: int) -> None:
        super().__init__()
        width, kernel = config.width, config.kernel
        self.body = nn.Sequential(
            nn.Conv1d(width, width, kernel, stride, kernel // 2, bias=False),
            nn.BatchNorm1d(width),
            nn.ReLU(),
            nn.Conv1d(width, width, kernel, 1, kernel // 2, bias=False),
            nn.BatchNorm1d(width),
            SqueezeExcitation(width, config.squeeze),
        )
        # No weights of its own; `ceil_mode` gives as many frames as the convolution with its
        # padding.
        self.past = nn.AvgPool1d(stride, ceil_mode=True) if stride > 1 else nn.Identity()
        self.drop = nn.Dropout(config.dropout / 2)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.drop(torch.relu(self.body(x) + self.past(x)))  # (B, width, T / stride)
        return out


class AttentiveStatistics(nn.Module):
    """Mean and deviation over time, weighed by attention: [B, width, T] to [B, 2 * width]."""

    def __init__(self, width: int, squeeze: int) -> None:
        super().__init__()
        self.attention = nn.Sequential(
            nn.Conv1d(width, squeeze, 1), nn.Tanh(), nn.Conv1d(squeeze, width, 1)
        )

    def forward(self, x: Tensor) -> Tensor:
        weight = torch.softmax(self.attention(x), dim=2)  # (B, width, T)
        mean = (weight * x).sum(dim=2)
        variance = (weight * x * x).sum(dim=2) - mean * mean
        # Not nearer to zero: the slope of a square root has no bound there.
        return torch.cat([mean, torch.sqrt(variance.clamp(min=1e-4))], dim=1)


class Bands(nn.Module):
    """Mel levels [B, mels, T] to [B, width, T / 2], by convolutions over time and frequency."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        depth, rows = config.local, -(-config.front_end.mels // 8)  # the strides leave an eighth
        self.body = nn.Sequential(
            # This shape was the best of those tried (decision 15). Time is halved here, as in the
            # stem, so that the two can be added frame by frame.
            nn.Conv2d(1, depth, (7, 5), (4, 2), (3, 2), bias=False),
            nn.BatchNorm2d(depth),
            nn.ReLU(),
            nn.Conv2d(depth, depth, 3, (2, 1), 1, bias=False),
            nn.BatchNorm2d(depth),
            nn.ReLU(),
        )
        # A third faster in training.
        nn.utils.convert_conv2d_weight_memory_format(self.body, torch.channels_last)
        self.join = nn.Sequential(
            nn.Conv1d(depth * rows, config.width, 1, bias=False), nn.BatchNorm1d(config.width)
        )

    def forward(self, levels: Tensor) -> Tensor:
        local = self.body(levels[:, None])  # (B, local, mels / 8, T / 2)
        joined: Tensor = self.join(local.flatten(1, 2))
        return joined


class EmotionNet(nn.Module):
    """Features [B, channels, T] to (logits [B, 8], embedding [B, embedding])."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        width, kernel, series = config.width, config.kernel, config.front_end.series
        self.series = series
        self.stem = nn.Sequential(
            nn.BatchNorm1d(series, affine=False),  # the convolution scales
            nn.Conv1d(series, width, kernel, 2, kernel // 2, bias=False),
            nn.BatchNorm1d(width),
            nn.ReLU(),
        )
        self.bands = Bands(config)
        self.blocks = nn.Sequential(*(ResidualBlock(config, stride) for stride in config.strides))
        self.pool = AttentiveStatistics(width, config.squeeze)
        self.embed = nn.Sequential(
            nn.BatchNorm1d(2 * width),
            nn.Dropout(config.dropout),
            nn.Linear(2 * width, config.embedding),
            nn.ReLU(),
            nn.Dropout(config.dropout),
        )
        self.head = nn.Linear(config.embedding, len(EMOTIONS))

    def forward(self, features: Tensor) -> tuple[Tensor, Tensor]:
        stem = self.stem(features[:, : self.series])
        heard = torch.relu(stem + self.bands(features[:, self.series :]))
        embedding = self.embed(self.pool(self.blocks(heard)))
        return self.head(embedding), embedding


class Ensemble(nn.Module):
    """Networks side by side, each trained from a seed of its own (arXiv:1612.01474).

    Features [B, channels, T] to (mean of their logits [B, 8], their embeddings one after the other
    [B, networks * embedding]). The front end before them, most of the work, is done once.
    """

    def __init__(self, nets: Sequence[EmotionNet]) -> None:
        super().__init__()
        self.nets = nn.ModuleList(nets)

    def forward(self, features: Tensor) -> tuple[Tensor, Tensor]:
        logits, embeddings = zip(*(net(features) for net in self.nets), strict=True)
        # Logits rather than probabilities: as good, and one temperature can act after them
        # (decision 17).
        return torch.stack(logits).mean(dim=0), torch.cat(embeddings, dim=1)


class EmotionModel(nn.Module):
    """Waveform [B, samples] at 16 kHz to (probabilities [B, 8], embedding [B, D]).

    The networks behind their front end; logits are divided by `temperature` (Guo et al. 2017,
    arXiv:1706.04599) and turned into probabilities.
    """

    temperature: Tensor

    def __init__(
        self, config: ModelConfig, nets: Sequence[EmotionNet], temperature: float = 1.0
    ) -> None:
        super().__init__()
        self.config = config
        self.front_end = FrontEnd(config.front_end)
        self.ensemble = Ensemble(nets)
        self.register_buffer("temperature", torch.tensor(float(temperature)))

    def forward(self, waveform: Tensor) -> tuple[Tensor, Tensor]:
        logits, embedding = self.ensemble(self.front_end(waveform))
        return torch.softmax(logits / self.temperature, dim=1), embedding


def parameter_count(module: nn.Module) -> int:
    """Number of trained parameters."""
    return sum(parameter.numel() for parameter in module.parameters())

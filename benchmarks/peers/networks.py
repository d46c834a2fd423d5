"""Networks of other people, written anew from their papers at the sizes these give."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from benchmarks.peers.material import CLASSES
from emotion_stream.training.fit.distributed import quick_layers


def _convolution(
    incoming: int, outgoing: int, kernel: tuple[int, int], *, bias: bool
) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(incoming, outgoing, kernel, padding="same", bias=bias),
        nn.BatchNorm2d(outgoing),
        nn.ReLU(),
    )


class LightSernet(nn.Module):
    """LIGHT-SERNET (Aftab et al. 2022, arXiv:2110.03435): MFCC [batch, 184, 40] to logits.

    Three paths look along time, along frequency and at both; five blocks follow. With the seven
    classes of EMO-DB and the statistics of its normalisation it has the published 463,431 numbers.
    """

    def __init__(self, classes: int = CLASSES) -> None:
        super().__init__()
        self.paths = nn.ModuleList(
            nn.Sequential(_convolution(1, 32, kernel, bias=True), nn.AvgPool2d(2))
            for kernel in ((11, 1), (1, 9), (3, 3))
        )
        self.body = nn.Sequential(
            *(_convolution(96, 64, (3, 3), bias=False), nn.AvgPool2d(2)),
            *(_convolution(64, 96, (3, 3), bias=False), nn.AvgPool2d(2)),
            *(_convolution(96, 128, (3, 3), bias=False), nn.AvgPool2d((2, 1))),
            *(_convolution(128, 160, (3, 3), bias=False), nn.AvgPool2d((2, 1))),
            *(_convolution(160, 320, (1, 1), bias=False), nn.AdaptiveAvgPool2d(1)),
        )
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(0.3), nn.Linear(320, classes))
        self.to(memory_format=torch.channels_last)

    def forward(self, x: Tensor) -> Tensor:
        """Trained in bfloat16 where the device multiplies it, as the recogniser is."""
        with quick_layers(x.device, wanted=self.training):
            image = x[:, None]  # (B, 1, T, 40)
            heard = self.body(torch.cat([path(image) for path in self.paths], dim=1))
            out: Tensor = self.head(heard)
        return out.float()


class ResidualLstm(nn.Module):
    """ResLSTM-SA-h64 (Krasnoproshin & Vashkevich 2026, arXiv:2606.03359): 46,772 parameters.

    Features [batch, T, 46] to logits [batch, classes]: an LSTM that is added to its input, a
    second one, and soft attention over time.
    """

    def __init__(self, channels: int = 46, hidden: int = 64, dropout: float = 0.3) -> None:
        super().__init__()
        self.first = nn.LSTM(channels, channels, batch_first=True)
        self.between = nn.BatchNorm1d(channels)
        self.second = nn.LSTM(channels, hidden, batch_first=True)
        self.attention = nn.Linear(hidden, 1, bias=False)
        self.head = nn.Sequential(
            nn.BatchNorm1d(hidden), nn.Dropout(dropout), nn.Linear(hidden, CLASSES)
        )
        for lstm in (self.first, self.second):
            _prepare(lstm)

    def forward(self, x: Tensor) -> Tensor:
        added = x + self.first(x)[0]
        heard = self.second(self.between(added.transpose(1, 2)).transpose(1, 2))[0]  # (B, T, H)
        weights = torch.softmax(self.attention(heard), dim=1)
        out: Tensor = self.head((weights * heard).sum(dim=1))
        return out


def _prepare(lstm: nn.LSTM) -> None:
    """Xavier weights, and gates that remember at first, as the authors start."""
    for name, values in lstm.named_parameters():
        if name.startswith("weight"):
            nn.init.xavier_normal_(values)
        else:
            nn.init.zeros_(values)
    with torch.no_grad():
        forget = slice(lstm.hidden_size, 2 * lstm.hidden_size)  # after the input gate
        lstm.get_parameter("bias_ih_l0")[forget] = 1


class MeanMfccCnn(nn.Module):
    """The 1-D CNN of many hobby projects: it runs along the means of 40 MFCC, [batch, 40]."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            *(nn.Conv1d(1, 128, 5, padding="same"), nn.ReLU(), nn.Dropout(0.1), nn.MaxPool1d(8)),
            *(nn.Conv1d(128, 128, 5, padding="same"), nn.ReLU(), nn.Dropout(0.1)),
            *(nn.Flatten(), nn.Linear(128 * 5, CLASSES)),
        )

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.layers(x[:, None])
        return out

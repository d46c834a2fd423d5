"""What `emotion-stream train` was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from emotion_stream.errors import UsageError
from emotion_stream.training.config import TrainingConfig
from emotion_stream.training.protocols import Protocol, protocol

_USUAL_TARGET = "ravdess"


@dataclass(frozen=True)
class TrainingOrder:
    """Corpora, where to write, and every choice; `settings` are told, `config` holds them."""

    sources: Mapping[str, Path]
    out: Path
    cache: Path
    config: TrainingConfig
    protocol: str | None = None
    target: str | None = None
    pretrained: Path | None = None
    noise: Path | None = None
    rooms: Path | None = None
    skip_unreadable: bool = False
    settings: Sequence[str] = ()
    only: Sequence[str] = ()

    @property
    def command(self) -> str:
        """The command with folders as placeholders: what a report says."""
        options = [f"--corpus {name}=DIR" for name in self.sources]
        options += [f"--seed {self.config.seed}", f"--members {self.config.members}"]
        options += [f"--pretraining-epochs {self.config.pretraining.epochs}"]
        options += [f"--epochs {self.config.fine_tuning.epochs}"]
        options += [f"--protocol {self.protocol}"] if self.protocol else []
        options += [f"--target {self.target}"] if self.target else []
        options += ["--noise DIR"] if self.noise else []
        options += ["--rooms DIR"] if self.rooms else []
        options += [f"--pretrained {_last_two(self.pretrained)}"] if self.pretrained else []
        options += [f"--set {setting}" for setting in self.settings]
        options += [f"--fold {name}" for name in self.only]
        options += ["--skip-unreadable"] if self.skip_unreadable else []
        return f"emotion-stream train {' '.join(options)} --out {self.out.name}"

    @property
    def kept_to(self) -> Protocol | None:
        """Raises UsageError where there is no protocol of that name."""
        return None if self.protocol is None else protocol(self.protocol)

    @property
    def aim(self) -> str:
        """The corpus the model is meant for: fine-tuned on, and tested where there are folds.

        Raises UsageError where it is not said, or not among the corpora.
        """
        chosen = self.kept_to
        target = (chosen.corpus if chosen else None) or self.target
        if target is None and chosen is not None:
            raise UsageError(f"{chosen.name} fits any corpus: say which with --target NAME.")
        if target is None:
            target = _USUAL_TARGET if _USUAL_TARGET in self.sources else next(iter(self.sources))
        if self.target not in (None, target):
            raise UsageError(f"{self.protocol} tests {target}, not {self.target}.")
        if target not in self.sources:
            use = "test" if chosen else "fine-tune"
            raise UsageError(
                f"There is no --corpus {target}=DIR to {use} on; given: {', '.join(self.sources)}."
            )
        return target


def _last_two(path: Path) -> str:
    return "/".join(path.parts[-2:])

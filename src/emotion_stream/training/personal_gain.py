"""Recall before and after a simulated person told something, and how sure the gain is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from emotion_stream.emotions import EMOTIONS
from emotion_stream.training.metrics import sample_sd, uar_of_counts
from emotion_stream.training.unheard_voice import Ints, UnheardVoice

_CLASSES = len(EMOTIONS)
_BOOTSTRAPS = 2000


@dataclass(frozen=True, eq=False)
class Tally:
    """Counts [draws, speakers, 8]: utterances judged, and found before and after.

    `told` holds how much each speaker told, draw after draw.
    """

    speakers: tuple[str, ...]
    counts: Ints
    before: Ints
    after: Ints
    told: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def empty(cls, speakers: Sequence[str], draws: int) -> Tally:
        shape = (draws, len(speakers), _CLASSES)
        counts, before, after = (np.zeros(shape, np.int64) for _ in range(3))
        return cls(tuple(speakers), counts, before, after)

    @property
    def draws(self) -> int:
        return len(self.counts)

    @property
    def by_corpus(self) -> dict[str, Tally]:
        """The parts of the corpora that anybody was judged of, by name."""
        places: dict[str, list[int]] = defaultdict(list)
        for place in np.flatnonzero(self.counts.any(axis=(0, 2))).tolist():
            places[self.speakers[place].split("/")[0]].append(place)
        return {name: self._of(own) for name, own in sorted(places.items())}

    def _of(self, places: Sequence[int]) -> Tally:
        speakers = tuple(self.speakers[place] for place in places)
        return Tally(
            speakers,
            self.counts[:, places],
            self.before[:, places],
            self.after[:, places],
            {who: self.told[who] for who in speakers},
        )

    @property
    def difference(self) -> float:
        """UAR after less UAR before, over all draws and speakers."""
        counts = self.counts.sum(axis=(0, 1))
        before, after = (
            uar_of_counts(h.sum(axis=(0, 1)), counts) for h in (self.before, self.after)
        )
        return float(after - before)

    def add(
        self, voice: UnheardVoice, draw: int, judged: Ints, before: Ints, after: Ints, told: int
    ) -> None:
        """One person in one draw: the answers [n] before and after, and what was told."""
        place = self.speakers.index(voice.speaker)
        labels = voice.labels[judged]
        for counted, hit in (
            (self.counts, np.ones(len(judged), bool)),
            (self.before, before[judged] == labels),
            (self.after, after[judged] == labels),
        ):
            counted[draw, place] += np.bincount(labels[hit], minlength=_CLASSES)
        self.told[voice.speaker].append(told)


def gain_of(tally: Tally) -> dict[str, Any]:  # Any: what JSON can hold
    """UAR before and after, their difference with its interval and spreads, and whom it helped.

    UAR is over all speakers and draws. The interval draws speakers with replacement, a thousand
    times and more; a speaker is helped or harmed by the mean over the draws.
    """
    counts, before, after = (part.sum(axis=0) for part in (tally.counts, tally.before, tally.after))
    judged = counts.sum(axis=1) > 0
    counts, before, after = counts[judged], before[judged], after[judged]
    own = uar_of_counts(after, counts) - uar_of_counts(before, counts)
    by_draw = uar_of_counts(tally.after.sum(axis=1), tally.counts.sum(axis=1)) - uar_of_counts(
        tally.before.sum(axis=1), tally.counts.sum(axis=1)
    )
    rng = np.random.default_rng(0)
    drawn = rng.integers(len(counts), size=(_BOOTSTRAPS, len(counts)))
    among = counts[drawn].sum(axis=1)
    differences = uar_of_counts(after[drawn].sum(axis=1), among) - uar_of_counts(
        before[drawn].sum(axis=1), among
    )
    return {
        "told": float(np.mean([count for counts in tally.told.values() for count in counts])),
        "before": float(uar_of_counts(before.sum(axis=0), counts.sum(axis=0))),
        "after": float(uar_of_counts(after.sum(axis=0), counts.sum(axis=0))),
        "difference": tally.difference,
        "interval_95": [float(value) for value in np.quantile(differences, (0.025, 0.975))],
        "sd_over_speakers": sample_sd(own),
        "sd_over_draws": sample_sd(by_draw),
        "speakers": len(counts),
        "helped": int(np.sum(own > 0)),
        "harmed": int(np.sum(own < 0)),
    }

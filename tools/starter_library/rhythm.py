"""Meters, note values written as words, and swing."""

from __future__ import annotations

from dataclasses import dataclass

from emotion_stream.errors import UsageError

_VALUES = {"w": 4.0, "h": 2.0, "q": 1.0, "e": 0.5, "s": 0.25, "t": 1 / 3, "T": 2 / 3}


@dataclass(frozen=True)
class Meter:
    """A bar of `bar` quarter notes felt in pulses of `pulse`; `strong` lists the main accents."""

    name: str
    bar: float
    pulse: float
    strong: tuple[float, ...]

    def weight(self, offset: float) -> float:
        """Metric weight of an offset in the bar: 1 downbeat, .75 accent, .4 pulse, less between."""
        offset %= self.bar
        if offset < 1e-6:
            return 1.0
        if any(abs(offset - s) < 1e-6 for s in self.strong):
            return 0.75
        if abs(offset / self.pulse - round(offset / self.pulse)) < 1e-6:
            return 0.4
        if abs(offset * 2 - round(offset * 2)) < 1e-6:
            return 0.25
        return 0.1


METERS = {
    meter.name: meter
    for meter in (
        Meter("4/4", 4.0, 1.0, (0.0, 2.0)),
        Meter("2/4", 2.0, 1.0, (0.0,)),
        Meter("3/4", 3.0, 1.0, (0.0,)),
        Meter("6/8", 3.0, 1.5, (0.0, 1.5)),
        Meter("5/4", 5.0, 1.0, (0.0, 3.0)),
        Meter("7/8", 3.5, 1.0, (0.0, 1.0, 2.0)),
    )
}


@dataclass(frozen=True)
class Duration:
    """One written value of a rhythm: a note or a rest at an offset in the bar, in beats."""

    offset: float
    length: float
    rest: bool


def parse_cell(text: str, meter: Meter) -> tuple[Duration, ...]:
    """Read one bar such as `q. e rq h` (dots lengthen, `r` rests, `t` is a triplet eighth).

    UsageError where the values do not fill the bar.
    """
    durations: list[Duration] = []
    offset = 0.0
    for word in text.split():
        rest = word.startswith("r")
        symbol = word.removeprefix("r")
        dots = symbol.count(".")
        if symbol.rstrip(".") not in _VALUES:
            raise UsageError(f"no note value {word!r} in {text!r}")
        length = _VALUES[symbol.rstrip(".")] * (2 - 0.5**dots)
        durations.append(Duration(offset, length, rest))
        offset += length
    if abs(offset - meter.bar) > 1e-6:
        raise UsageError(f"{text!r} lasts {offset:g} beats, a bar of {meter.name} {meter.bar:g}")
    return tuple(durations)


def swing(beat: float, ratio: float, unit: float) -> float:
    """Move the off-beats: `ratio` (0.5 straight, 0.67 triplet) of each `unit` beats comes first."""
    whole, part = divmod(beat, unit)
    part /= unit
    warped = part * 2 * ratio if part < 0.5 else ratio + (part - 0.5) * 2 * (1 - ratio)
    return (whole + warped) * unit

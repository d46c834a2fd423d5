"""The score as a standard MIDI file: the same score gives the same bytes."""

from __future__ import annotations

from io import BytesIO

import mido

from tools.starter_library.score import Part, Score

TICKS_PER_BEAT = 480


def to_midi(score: Score) -> bytes:
    """A format-1 file: a conductor track with the tempos, then one track per part."""
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_BEAT)
    file.tracks.append(_conductor(score))
    file.tracks.extend(_track(part) for part in score.parts)
    buffer = BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def _ticks(beat: float) -> int:
    return max(0, round(beat * TICKS_PER_BEAT))


def _conductor(score: Score) -> mido.MidiTrack:
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=score.title, time=0)])
    now = 0
    for beat, bpm in score.tempos:
        at = _ticks(beat)
        track.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(bpm), time=at - now))
        now = at
    return track


def _track(part: Part) -> mido.MidiTrack:
    track = mido.MidiTrack(
        [
            mido.MetaMessage("track_name", name=f"{part.name} ({part.role})", time=0),
            mido.Message("program_change", channel=part.channel, program=part.program, time=0),
        ]
    )
    now = 0
    for at, _, message in sorted(_events(part), key=lambda event: event[:2]):
        track.append(message.copy(time=at - now))
        now = at
    return track


def _events(part: Part) -> list[tuple[int, tuple[int, int], mido.Message]]:
    """(tick, order within the tick, message): notes end before controllers before new notes."""
    events: list[tuple[int, tuple[int, int], mido.Message]] = []
    for control in part.controls:
        message = mido.Message(
            "control_change", channel=part.channel, control=control.number, value=control.value
        )
        events.append((_ticks(control.start), (1, control.number), message))
    for start, end, pitch, velocity in _spans(part):
        on = mido.Message("note_on", channel=part.channel, note=pitch, velocity=velocity)
        off = mido.Message("note_off", channel=part.channel, note=pitch, velocity=0)
        events.append((start, (2, pitch), on))
        events.append((end, (0, pitch), off))
    return events


def _spans(part: Part) -> list[tuple[int, int, int, int]]:
    """Notes in ticks, cut where the same pitch begins again: a key cannot be struck while down."""
    following: dict[int, int] = {}
    spans: list[tuple[int, int, int, int]] = []
    for note in sorted(part.notes, key=lambda n: (-n.start, n.pitch)):
        start, end = _ticks(note.start), _ticks(note.end)
        end = min(end, following.get(note.pitch, end))
        if end > start:
            spans.append((start, end, note.pitch, note.velocity))
            following[note.pitch] = start
    return spans

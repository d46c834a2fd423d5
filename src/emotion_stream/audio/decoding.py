"""Any sound file to 16 kHz mono blocks, streamed in bounded memory.

The bytes alone decide what a file is; names and types are never looked at. Only the containers
listed here are opened, and always through a plain reader, so that no file can make FFmpeg open
another file or an address (playlists, `concat`, `sdp`, external data references).
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

from emotion_stream.audio.condition import Condition
from emotion_stream.audio.gaps import Gaps
from emotion_stream.audio.mixing import Mixer
from emotion_stream.audio.recording import SAMPLE_RATE_HZ, Samples
from emotion_stream.audio.riff import check_claims
from emotion_stream.audio.signature import looks_like_sound
from emotion_stream.errors import (
    AudioError,
    AudioTooLong,
    DamagedAudio,
    EmptyAudio,
    NoAudioTrack,
    NotAudio,
)

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO

CONTAINERS = "wav,w64,aiff,au,caf,flac,mp3,aac,ogg,amr,asf,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
# Their header states the length; elsewhere FFmpeg guesses it from the first frame's bit rate.
_STATE_LENGTH = ("wav", "w64", "aiff", "au", "caf", "flac", "ogg", "mov", "matroska")
# Their sound is as long as they say, with no gaps in it.
_PROMISE_LENGTH = ("flac", "ogg")
# Films: their clock starts with the picture.
_CLOCK_FROM_ZERO = ("mov", "matroska")
_LONGEST_UNSTATED_GAPS_S = 3600.0
_FEWEST_BYTES_PER_S = 250  # 2 kbit/s: a header that claims more sound is not believed
# An archive may hold an mp3 as it is, which FFmpeg would find and play.
_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
_OPTIONS = {"format_whitelist": CONTAINERS, "protocol_whitelist": "none"}


def decode(
    source: Source, *, max_duration_s: float, condition: Condition | None = None
) -> Iterator[Samples]:
    """Yield the sound of a path, bytes or seekable binary file as mono float32 at 16 kHz.

    Blocks are non-empty and of any length. Damaged packets are left out and noted in
    `condition`; a truncated file gives what can be decoded. Where the track sets in late or leaps
    in time, there is silence. Raises EmptyAudio, NotAudio, NoAudioTrack, DamagedAudio,
    InvalidSamples, AudioTooLong, and OSError where a path cannot be read.
    """
    condition = Condition() if condition is None else condition
    name = name_of(source)
    with _opened(source) as file:
        size_bytes = _size_bytes(file)
        if size_bytes == 0:
            raise EmptyAudio(f"{name} is empty. Record or upload a sound.")
        with _container(file, size_bytes, name) as container:
            stream = _sound(container, name)
            claims_sound = bool(container.duration and container.duration > 0)
            condition.promised_s = _promised_s(container, stream)
            _check_header(container, size_bytes, name, max_duration_s)
            total = 0
            gaps = _gaps(container, size_bytes)
            for block in _blocks(_frames(container, stream, condition), gaps, condition):
                total += block.size
                if total > max_duration_s * SAMPLE_RATE_HZ:
                    raise _too_long(name, max_duration_s)
                yield block
    if total == 0 and (condition.damaged_packets or claims_sound):
        raise DamagedAudio(f"{name} is damaged: none of its sound can be decoded.")
    if total == 0:
        raise EmptyAudio(f"{name} holds no samples. Record or upload a sound.")


def name_of(source: object) -> str:
    """What to call a source in a message: its file name, or "The recording"."""
    if isinstance(source, str | os.PathLike):
        return Path(source).name
    return "The recording"


def stated_duration_s(source: Source) -> float | None:
    """What the header says of the length, believed or not; None where it says nothing.

    For a progress bar: `decode` counts for itself. Raises nothing but OSError.
    """
    try:
        with (
            _opened(source) as file,
            _container(file, _size_bytes(file), name_of(source)) as container,
        ):
            duration = container.duration
    except AudioError:
        return None
    finally:
        if not isinstance(source, str | os.PathLike | bytes | bytearray | memoryview):
            source.seek(0)
    return duration / av.time_base if duration and duration > 0 else None


class _Reader:
    """A seekable file without its name, which FFmpeg would otherwise use to guess the format."""

    def __init__(self, file: BinaryIO) -> None:
        self.read = file.read
        self.seek = file.seek
        self.tell = file.tell


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    if isinstance(source, str | os.PathLike):
        with Path(source).open("rb") as file:
            yield file
    elif isinstance(source, bytes | bytearray | memoryview):
        yield io.BytesIO(source)
    elif isinstance(source, io.TextIOBase):
        raise TypeError("The file is open as text: open it with mode 'rb'.")
    elif hasattr(source, "seek"):
        yield source
    else:
        raise TypeError(
            f"A {type(source).__name__} is no source of sound: "
            "give a path, bytes, a binary file or a Recording."
        )


def _size_bytes(file: BinaryIO) -> int:
    size_bytes = file.seek(0, io.SEEK_END)
    file.seek(0)
    return size_bytes


@contextmanager
def _container(file: BinaryIO, size_bytes: int, name: str) -> Iterator[InputContainer]:
    check_claims(file, size_bytes, name)
    head = file.read(12)
    file.seek(0)
    if head.startswith(_ARCHIVE):
        raise _not_audio(name)
    try:
        # A title in some old encoding is no reason to refuse the sound: `metadata_errors`.
        container = av.open(_Reader(file), mode="r", options=_OPTIONS, metadata_errors="replace")
    except (av.error.FFmpegError, ValueError) as error:
        if looks_like_sound(head):
            raise DamagedAudio(
                f"{name} is damaged or cut off: it begins like a sound file, but none of its "
                "sound can be found."
            ) from error
        raise _not_audio(name) from error
    with container:
        yield container


def _not_audio(name: str) -> NotAudio:
    return NotAudio(
        f"{name} is not a sound file. Record or upload wav, mp3, m4a, ogg, opus, flac, webm or mp4."
    )


def _sound(container: InputContainer, name: str) -> AudioStream:
    if not container.streams.audio:
        if not container.streams:
            raise DamagedAudio(f"{name} is damaged: it names no tracks.")
        raise NoAudioTrack(f"{name} has no sound track. Record or upload a sound.")
    stream = container.streams.audio[0]
    if not stream.codec_context:
        raise DamagedAudio(f"{name} holds sound in a form that cannot be decoded.")
    return stream


def _check_header(
    container: InputContainer, size_bytes: int, name: str, max_duration_s: float
) -> None:
    """Refuse early what its header says is too long, where header and size agree."""
    if container.duration is None or not container.format.name.startswith(_STATE_LENGTH):
        return
    duration_s = container.duration / av.time_base
    # A length that the bytes cannot hold is a wrong header: `decode` counts for itself then.
    if max_duration_s < duration_s <= size_bytes / _FEWEST_BYTES_PER_S:
        raise _too_long(name, max_duration_s)


def _promised_s(container: InputContainer, stream: AudioStream) -> float:
    """How much sound there is by the file's own word, or 0.

    The word of a WAV is not relied on: a recorder that is switched off leaves a wrong one behind.
    An mp3 gives its word in its first frame, with the delay of its encoder, at which it starts;
    without it, FFmpeg guesses.
    """
    word = container.format.name in _PROMISE_LENGTH
    if container.format.name == "mp3":
        word = bool(stream.start_time)
    if not word or not stream.duration or not stream.time_base:
        return 0.0
    return float(stream.duration * stream.time_base)


def _too_long(name: str, max_duration_s: float) -> AudioTooLong:
    return AudioTooLong(
        f"{name} is longer than {max_duration_s:g} s, the longest that is analysed. "
        "Cut it into shorter parts."
    )


def _gaps(container: InputContainer, size_bytes: int) -> Gaps:
    """In a film the sound may set in after the picture; elsewhere it is alone and sets the time."""
    filmed = container.format.name.startswith(_CLOCK_FROM_ZERO)
    stated_s = (container.duration or 0) / av.time_base
    believed = 0 < stated_s <= size_bytes / _FEWEST_BYTES_PER_S
    return Gaps(
        first_s=0.0 if filmed else None, most_s=stated_s if believed else _LONGEST_UNSTATED_GAPS_S
    )


def _blocks(frames: Iterator[AudioFrame], gaps: Gaps, condition: Condition) -> Iterator[Samples]:
    mixer = Mixer(condition)
    for frame in frames:
        try:
            if gap_s := gaps.before(frame):
                yield from mixer.rest(gap_s)
            yield from mixer.push(frame)
            condition.decoded_s += frame.samples / frame.sample_rate
        except (av.error.FFmpegError, ValueError):
            condition.damaged_packets += 1
            condition.damaged_s += frame.samples / max(frame.sample_rate, 1)
    yield from mixer.finish()


def _frames(
    container: InputContainer, stream: AudioStream, condition: Condition
) -> Iterator[AudioFrame]:
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            return
        except av.error.FFmpegError:  # the file ends in the middle: keep what came before
            condition.damaged_packets += 1
            return
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            condition.damaged_packets += 1
            condition.damaged_s += float((packet.duration or 0) * (packet.time_base or 0))
            continue
        yield from frames

"""What can be heard around the middle of a music file, decoded without reading the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import av
import av.error
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from emotion_stream.errors import DamagedAudio, EmptyAudio, NoAudioTrack, NotAudio

# The stretches of a recording that can be heard.

_BLOCKS_PER_S = 10
_FLOOR_POWER = 10 ** (-60.0 / 10)  # of full scale; dither lies at -96 dB, a tape's hiss near -60
_RANGE_POWER = 10 ** (-50.0 / 10)  # of the loudest tenth of a second
_PAUSE_S = 3.0


def audible_part(samples: NDArray[np.float32], sample_rate_hz: int) -> NDArray[np.float32]:
    """The samples without their silent stretches; a pause of up to 3 s belongs to the music.

    A steady offset cannot be heard, however high.
    """
    block = sample_rate_hz // _BLOCKS_PER_S
    if not len(samples):
        return samples
    whole = np.pad(samples, (0, -len(samples) % block), mode="edge")
    power = whole.reshape(-1, block).var(axis=1)
    heard = power > max(_FLOOR_POWER, float(power.max()) * _RANGE_POWER)
    places = np.flatnonzero(heard)
    gaps = np.diff(places)
    for index in np.flatnonzero((gaps > 1) & (gaps <= _PAUSE_S * _BLOCKS_PER_S)):
        heard[places[index] : places[index + 1]] = True
    kept: NDArray[np.float32] = samples[np.repeat(heard, block)[: len(samples)]]
    return kept


SAMPLE_RATE_HZ = 22_050
EXCERPT_S = 75.0

# Nothing but plain sound containers: a playlist that is named .mp3 must not make the decoder open
# other files.
_CONTAINERS = "mp3,aac,mov,ogg,flac,wav,w64,aiff,matroska,webm"
_LOCKED = frozenset({"drms", "enca"})
_STILL = frozenset({"mjpeg", "png", "gif", "bmp", "tiff", "webp"})
_MAX_BROKEN_PACKETS = 500
_LONGEST_BELIEVED_S = 48 * 3600.0
_CENTRES = (0.5, 0.25, 0.75)  # of the duration: albums hide tracks behind minutes of silence
_ENOUGH = 2 / 3  # of the length, audible: then no other place is tried


@dataclass(frozen=True)
class Excerpt:
    """`samples` are float32 mono at `SAMPLE_RATE_HZ`, without silent stretches; `duration_s` is
    of the whole file.

    `container` and `codec` are the names the decoder gives them ("mp3", "pcm_s16le"). `moves`
    says that there are moving pictures to it: a cover does not move.
    """

    samples: NDArray[np.float32]
    duration_s: float
    container: str
    codec: str
    source_rate_hz: int
    channels: int
    moves: bool = False


def read_excerpt(path: Path, length_s: float = EXCERPT_S) -> Excerpt:
    """Decode `length_s` from the middle of a file, or all of a shorter one.

    Where little of the middle can be heard, other places are tried and the best is taken.
    Raises OSError where the file cannot be read, EmptyAudio for no bytes, NotAudio, NoAudioTrack
    and DamagedAudio as their names say.
    """
    with path.open("rb") as file:
        if not file.read(1):
            raise EmptyAudio(f"{path.name} is empty.")
        file.seek(0)
        with _opened(file, path.name) as container:
            if not container.streams.audio:
                raise NoAudioTrack(f"{path.name} has no sound in it.")
            return _excerpt(container, container.streams.audio[0], path.name, length_s)


def _opened(file: BinaryIO, name: str) -> InputContainer:
    try:
        return av.open(
            file,
            mode="r",
            options={"format_whitelist": _CONTAINERS, "protocol_whitelist": "file"},
            metadata_errors="ignore",
        )
    except (av.error.FFmpegError, ValueError, EOFError) as error:
        raise NotAudio(f"{name} is not a sound file that can be played here.") from error


def _excerpt(container: InputContainer, stream: AudioStream, name: str, length_s: float) -> Excerpt:
    duration_s = _duration_s(container, stream)
    best, decoded_any = np.zeros(0, dtype=np.float32), False
    for start_s in _starts_s(duration_s, length_s):
        decoded = _decoded(container, stream, start_s, length_s)
        decoded_s = len(decoded) / SAMPLE_RATE_HZ
        decoded_any = decoded_any or decoded_s > 0
        if not start_s and decoded_s < length_s - 1:  # all there is, whatever the header promised
            duration_s = decoded_s
        audible = audible_part(decoded, SAMPLE_RATE_HZ)
        best = max(best, audible, key=len)
        if len(best) >= _ENOUGH * length_s * SAMPLE_RATE_HZ:
            break
    if not decoded_any:
        raise DamagedAudio(f"Nothing can be decoded of {name}: copy the file again.")
    return Excerpt(
        best,
        duration_s,
        container.format.name,
        _codec(stream),
        stream.codec_context.sample_rate,
        stream.codec_context.channels,
        any(video.codec_context.name not in _STILL for video in container.streams.video),
    )


def _codec(stream: AudioStream) -> str:
    """What is bought and locked calls itself by the name of the lock; inside it is AAC."""
    tag = stream.codec_context.codec_tag
    return tag if tag in _LOCKED else stream.codec_context.codec.canonical_name


def _starts_s(duration_s: float, length_s: float) -> list[float]:
    """Where to listen, best place first; the beginning is there even if the header is wrong."""
    last_s = max(0.0, duration_s - length_s)
    centred = (share * duration_s - length_s / 2 for share in _CENTRES)
    return list(dict.fromkeys([*(min(max(0.0, start), last_s) for start in centred), 0.0]))


def _duration_s(container: InputContainer, stream: AudioStream) -> float:
    """As the header says, or by the last packet where it says nothing or nonsense."""
    if stream.duration and stream.time_base:
        claimed_s = float(stream.duration * stream.time_base)
    else:
        claimed_s = (container.duration or 0) / av.time_base
    if 0 < claimed_s < _LONGEST_BELIEVED_S:
        return claimed_s
    end_s = 0.0
    for packet in _packets(container, stream):
        if packet.pts is not None and packet.time_base:
            end_s = max(end_s, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    _seek(container, 0.0)
    return end_s


def _decoded(
    container: InputContainer, stream: AudioStream, start_s: float, length_s: float
) -> NDArray[np.float32]:
    """Samples from `start_s` on, at most `length_s`; what is damaged in between is left out."""
    if not _seek(container, start_s):
        return np.zeros(0, dtype=np.float32)
    # After a seek a decoder still holds what came before it (avcodec_flush_buffers).
    stream.codec_context.flush_buffers()
    resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE_HZ)
    wanted, have, whole, broken = int(length_s * SAMPLE_RATE_HZ), 0, 0, 0
    chunks: list[NDArray[np.float32]] = []
    for packet in _packets(container, stream):
        try:
            for frame in packet.decode():
                for mono in resampler.resample(frame):
                    chunks.append(mono.to_ndarray()[0])
                    have += mono.samples
            whole += 1
        except (av.error.FFmpegError, ValueError):
            broken += 1
        if have >= wanted or broken > _MAX_BROKEN_PACKETS:
            break
    # Random bytes hold a few frames that decode by chance.
    joined = np.concatenate(chunks)[:wanted] if chunks and whole > broken else np.zeros(0)
    # A file of floats may hold anything: NaN, infinity, peaks a thousand times full scale.
    finite = np.nan_to_num(joined.astype(np.float32, copy=False), copy=False)
    return np.clip(finite, -4.0, 4.0, out=finite)


def _packets(container: InputContainer, stream: AudioStream) -> Iterator[av.Packet[AudioStream]]:
    """Packets up to the end or up to where the container is damaged."""
    packets = container.demux(stream)
    while True:
        try:
            yield next(packets)
        except (StopIteration, av.error.FFmpegError, ValueError):
            return


def _seek(container: InputContainer, start_s: float) -> bool:
    try:
        container.seek(int(start_s * av.time_base))
    except av.error.FFmpegError:
        return start_s == 0.0  # a raw stream that cannot seek is read from where it stands
    return True

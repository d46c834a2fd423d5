"""The first bytes of a file: do they promise sound?"""

from __future__ import annotations

_SIGNATURES = (b"OggS", b"fLaC", b"ID3", b"caff", b"\x1aE\xdf\xa3")
# Families that hold pictures too (WebP, HEIC, AVIF): the kind stands in the third word.
_WAVE = (b"WAVE",)
_KINDS = {
    b"RIFF": _WAVE,
    b"RF64": _WAVE,
    b"BW64": _WAVE,
    b"RIFX": _WAVE,
    b"FORM": (b"AIFF", b"AIFC"),
}
_PICTURES = (
    b"heic",
    b"heix",
    b"heim",
    b"heis",
    b"hevc",
    b"mif1",
    b"msf1",
    b"avif",
    b"avis",
    b"crx ",
)


def looks_like_sound(head: bytes) -> bool:
    """Whether the first twelve bytes are the signature of a format people have.

    Not all have one: an mp3 may begin anywhere.
    """
    kind = head[8:12]
    if head[4:8] == b"ftyp":
        return kind not in _PICTURES
    return kind in _KINDS.get(head[:4], ()) or head.startswith(_SIGNATURES)

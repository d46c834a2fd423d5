import pytest

from emotion_stream.music.local.analysis import media_type


@pytest.mark.parametrize(
    ("container", "codec", "expected"),
    [
        ("mp3", "mp3", "audio/mpeg"),
        ("mp3", "mp2", None),
        ("mov,mp4,m4a,3gp,3g2,mj2", "aac", "audio/mp4"),
        ("mov,mp4,m4a,3gp,3g2,mj2", "alac", None),
        ("ogg", "vorbis", "audio/ogg"),
        ("ogg", "speex", None),
        ("flac", "flac", "audio/flac"),
        ("wav", "pcm_s24le", "audio/wav"),
        ("wav", "adpcm_ms", None),
        ("matroska,webm", "opus", "audio/webm"),
        ("aac", "aac", "audio/aac"),
        ("aiff", "pcm_s16be", None),
        ("asf", "wmav2", None),
    ],
)
def test_the_content_decides_how_a_browser_plays_it(
    container: str, codec: str, expected: str | None
) -> None:
    assert media_type(container, codec, 44_100, 2) == expected


@pytest.mark.parametrize(
    ("rate_hz", "channels", "plays"),
    [(1, 1, False), (8000, 1, True), (192_000, 6, True), (10**7, 2, False), (44_100, 64, False)],
)
def test_rates_and_channels_no_browser_takes_are_refused(
    rate_hz: int, channels: int, plays: bool
) -> None:
    assert (media_type("wav", "pcm_s16le", rate_hz, channels) is not None) == plays

import pytest

from emotion_stream.music.local.playable import media_type


@pytest.mark.parametrize(
    ("container", "codec", "expected"),
    [
        ("mp3", "mp3", "audio/mpeg"),
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
    assert media_type(container, codec) == expected

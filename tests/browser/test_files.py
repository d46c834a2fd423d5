"""Files: every way in, every format, and what is said about those that cannot be used."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import sounds

from .page_driver import (
    agree,
    analyse,
    choose,
    expect_screen,
    open_page,
    record,
    refuse,
    screen,
    sound_file,
    stored_session,
)
from .server import running

FORMATS = {
    "wav": ("wav", "pcm_s16le", 16_000, "audio/wav"),
    "mp3": ("mp3", "libmp3lame", 44_100, "audio/mpeg"),
    "m4a": ("ipod", "aac", 44_100, "audio/mp4"),
    "opus": ("ogg", "libopus", 48_000, "audio/ogg"),
    "flac": ("flac", "flac", 48_000, "audio/flac"),
    "webm": ("webm", "libopus", 48_000, "audio/webm"),
}
GIVE = """([kind, name, type, base64]) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name, { type }));
    const event = kind === "paste"
        ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true })
        : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
}"""


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_of_each_format_is_analysed(page: Page, ending: str) -> None:
    container, codec, rate_hz, media_type = FORMATS[ending]
    name = f"monday.{ending}"
    sound = sounds.encoded(sounds.speech(), container=container, codec=codec, rate_hz=rate_hz)
    agree(page)
    choose(page, sound_file(name, sound, media_type))
    expect(screen(page, "review")).to_contain_text(name)
    analyse(page)
    assert stored_session(page)["readings"][0]["file"] == name


def test_a_file_half_of_which_is_missing_says_so(page: Page) -> None:
    sound = sounds.encoded(sounds.speech(), container="flac", codec="flac")
    agree(page)
    choose(page, sound_file("half.flac", sound[: len(sound) * 6 // 10], "audio/flac"))
    analyse(page)
    expect(screen(page, "result")).to_contain_text("of the recording is damaged or missing")


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_a_file_can_be_dropped_and_pasted(page: Page, spoken_wav: bytes, kind: str) -> None:
    agree(page)
    encoded = base64.b64encode(spoken_wav).decode()
    page.evaluate(GIVE, [kind, "voice.wav", "audio/wav", encoded])
    expect(screen(page, "review")).to_contain_text("voice.wav, 6.0 seconds")
    analyse(page)


def test_the_curtain_says_where_to_drop(page: Page) -> None:
    agree(page)
    page.evaluate("""() => {
        const data = new DataTransfer();
        data.items.add(new File(["x"], "voice.wav"));
        const event = new DragEvent("dragover", { dataTransfer: data, bubbles: true });
        document.body.dispatchEvent(event);
    }""")
    expect(page.get_by_text("Drop it here")).to_be_visible()


def test_before_the_consent_a_file_is_not_taken(page: Page, spoken_wav: bytes) -> None:
    open_page(page)
    expect_screen(page, "notice")
    encoded = base64.b64encode(spoken_wav).decode()
    page.evaluate(GIVE, ["drop", "voice.wav", "audio/wav", encoded])
    expect(page.locator("[data-toast]")).to_contain_text("agree first")
    expect_screen(page, "notice")


def test_a_file_dropped_on_the_moods_is_taken(page: Page, spoken_wav: bytes) -> None:
    agree(page)
    page.get_by_role("button", name="Choose my mood by hand").click()
    expect_screen(page, "mood")
    page.evaluate(GIVE, ["drop", "voice.wav", "audio/wav", base64.b64encode(spoken_wav).decode()])
    expect(screen(page, "review")).to_contain_text("voice.wav")


def test_a_file_dropped_where_none_is_taken_is_not_opened(page: Page) -> None:
    open_page(page, "/settings")
    page.evaluate(
        f"""(given) => {{
        document.addEventListener("drop", (event) => {{ window.kept = event.defaultPrevented; }});
        ({GIVE})(given);
    }}""",
        ["drop", "voice.wav", "audio/wav", ""],
    )
    assert page.evaluate("window.kept")
    expect(page.locator("[data-toast]")).to_contain_text("Nothing was opened.")


def test_a_file_that_is_slow_to_draw_is_reviewed_before_its_outline(
    page: Page, spoken_wav: bytes
) -> None:
    page.add_init_script("""
        const decode = OfflineAudioContext.prototype.decodeAudioData;
        const drawn = new Promise((draw) => { window.draw = draw; });
        OfflineAudioContext.prototype.decodeAudioData = async function (...bytes) {
            await drawn;
            return decode.apply(this, bytes);
        };
    """)
    agree(page)
    choose(page, sound_file("voice.wav", spoken_wav))
    facts = screen(page, "review").locator("[data-facts]")
    expect(facts).to_have_text("voice.wav")
    page.evaluate("window.draw()")
    expect(facts).to_have_text("voice.wav, 6.0 seconds")


def test_each_file_that_is_refused_is_named(page: Page, spoken_wav: bytes) -> None:
    notes = sound_file("notes.txt", b"hello", "text/plain")
    empty = sound_file("empty.wav", b"")
    agree(page)
    choose(page, notes, empty)
    problem = screen(page, "problem")
    expect(problem).to_contain_text("notes.txt is not a sound file")
    expect(problem).to_contain_text("empty.wav is empty")
    choose(page, notes, sound_file("voice.wav", spoken_wav), empty)
    review = screen(page, "review")
    expect(review).to_contain_text("notes.txt is not a sound file")
    expect(review).to_contain_text("empty.wav is empty")
    expect(page.locator("#announcer")).to_contain_text("notes.txt is not a sound file")
    choose(page, notes, sound_file("more.wav", spoken_wav))
    expect(page.locator("[data-toast]")).to_contain_text("more.wav waits its turn. notes.txt is")


def test_several_files_wait_their_turn(page: Page, spoken_wav: bytes) -> None:
    agree(page)
    choose(page, *(sound_file(f"{day}.wav", spoken_wav) for day in ("monday", "tuesday")))
    expect(screen(page, "review")).to_contain_text("monday.wav")
    expect(screen(page, "review")).to_contain_text("One more file waits its turn.")
    analyse(page)
    page.get_by_role("button", name="Go on with tuesday.wav").click()
    expect(screen(page, "review")).to_contain_text("tuesday.wav")
    analyse(page)
    assert [each["file"] for each in stored_session(page)["readings"]] == [
        "tuesday.wav",
        "monday.wav",
    ]


def test_a_file_that_waits_is_lost_by_no_way_out(page: Page, spoken_wav: bytes) -> None:
    agree(page)
    days = ("monday", "tuesday", "wednesday")
    choose(page, *(sound_file(f"{day}.wav", spoken_wav) for day in days))
    review, ready = screen(page, "review"), screen(page, "ready")
    review.get_by_role("button", name="Discard").click()
    expect(ready).to_contain_text("That file is not used.")
    ready.get_by_role("button", name="Go on with tuesday.wav").dblclick()
    expect(review).to_contain_text("tuesday.wav")
    expect(review).to_contain_text("One more file waits its turn.")
    review.get_by_role("button", name="Discard").click()
    choose(page, sound_file("today.wav", spoken_wav))
    expect(review).to_contain_text("today.wav")
    expect(review).to_contain_text("One more file waits its turn.")


def test_a_file_does_not_push_away_what_is_under_review(page: Page, spoken_wav: bytes) -> None:
    agree(page)
    record(page)
    encoded = base64.b64encode(spoken_wav).decode()
    page.evaluate(GIVE, ["drop", "voice.wav", "audio/wav", encoded])
    review = screen(page, "review")
    expect(review).to_contain_text("One more file waits its turn.")
    expect(review).to_contain_text("of your voice.")


def test_the_limit_of_the_server_holds_before_a_file_is_sent(page: Page, tmp_path: Path) -> None:
    with running(tmp_path, EMOTION_STREAM_MAX_UPLOAD_MB="1") as small:
        page.goto(small.address)
        page.get_by_role("button", name="Agree and continue").click()
        choose(page, sound_file("long.wav", sounds.wav(sounds.tone(40))))
        expect(screen(page, "problem")).to_contain_text("long.wav has 1.3 MB; the limit is 1 MB.")


@pytest.mark.parametrize(
    ("name", "media_type", "content", "words"),
    [
        ("notes.txt", "text/plain", b"hello", "notes.txt is not a sound file"),
        ("empty.wav", "audio/wav", b"", "empty.wav is empty"),
    ],
)
def test_a_file_that_cannot_be_sound_is_refused_before_it_is_sent(
    page: Page, name: str, media_type: str, content: bytes, words: str
) -> None:
    page.route("**/api/v1/analyses", lambda route: pytest.fail("it was sent"))
    agree(page)
    choose(page, sound_file(name, content, media_type))
    expect(screen(page, "problem")).to_contain_text(words)
    expect(screen(page, "problem").get_by_role("button", name="Choose a file")).to_be_visible()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"These are only words, whatever the name says. " * 40, "not a sound file"),
        (b"RIFF\x24\x00\x00\x00WAVE", ""),
    ],
)
def test_a_file_that_only_calls_itself_sound_is_refused_by_the_server(
    page: Page, content: bytes, words: str
) -> None:
    agree(page)
    choose(page, sound_file("lies.wav", content))
    page.get_by_role("button", name="Analyse").click()
    problem = screen(page, "problem")
    expect(problem.get_by_role("heading", name="That file cannot be used")).to_be_visible()
    expect(problem.locator("[data-message]")).to_contain_text(words)
    expect(problem.locator("[data-message]")).to_contain_text("lies.wav")
    expect(problem.get_by_role("button", name="Try again")).to_be_hidden()
    page.reload()
    expect_screen(page, "ready")


@pytest.mark.parametrize(
    ("status", "code", "can_try_again"),
    [
        (413, "upload_too_large", False),
        (422, "damaged_audio", False),
        (429, "rate_limited", True),
        (503, "busy", True),
        (500, "internal", True),
    ],
)
def test_what_the_server_says_is_shown(
    page: Page, spoken_wav: bytes, status: int, code: str, can_try_again: bool
) -> None:
    agree(page)
    choose(page, sound_file("voice.wav", spoken_wav))
    refuse(page, "**/api/v1/analyses", status, code, "A sentence of the server.")
    page.get_by_role("button", name="Analyse").click()
    problem = screen(page, "problem")
    expect(problem).to_contain_text("A sentence of the server.")
    expect(problem.get_by_role("button", name="Try again")).to_be_visible(visible=can_try_again)


def test_a_file_this_browser_cannot_play_can_still_be_analysed(page: Page) -> None:
    sound = sounds.encoded(sounds.speech(), container="aiff", codec="pcm_s16be")
    agree(page)
    choose(page, sound_file("studio.aiff", sound, "audio/aiff"))
    expect(screen(page, "review")).to_contain_text("studio.aiff")
    page.get_by_role("button", name="Play it").click()
    expect(page.locator("[data-toast]")).to_contain_text("This browser cannot play the file.")
    analyse(page)

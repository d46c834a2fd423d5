"""The pure modules of the page, in the browser that runs them."""

from __future__ import annotations

import io
import json
import wave
from typing import Any

import numpy as np
import pytest

from .conftest import Run


def sine(frequency_hz: float, rate_hz: int, length: int) -> str:
    step = 2 * np.pi * frequency_hz / rate_hz
    return f"Float32Array.from({{ length: {length} }}, (_, n) => 0.5 * Math.sin({step} * n))"


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 48_000, 96_000])
def test_resampling_keeps_a_tone_of_the_voice(run: Run, rate_hz: int) -> None:
    tone = sine(1000, rate_hz, rate_hz)
    output = np.array(run("recording/resample.js", f"[...resample({tone}, {rate_hz}, 16000)]"))
    assert len(output) == 16_000
    expected = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(16_000) / 16_000)
    middle = slice(400, -400)  # the ends fade into the silence outside
    error = np.sqrt(np.mean((output[middle] - expected[middle]) ** 2))
    assert error < 1e-3


@pytest.mark.parametrize("frequency_hz", [9_000, 12_000, 20_000])
def test_resampling_lets_nothing_above_the_new_nyquist_fold_back(
    run: Run, frequency_hz: int
) -> None:
    tone = sine(frequency_hz, 48_000, 48_000)
    output = np.array(run("recording/resample.js", f"[...resample({tone}, 48000, 16000)]"))
    level = np.sqrt(np.mean(output[400:-400] ** 2))
    assert 20 * np.log10(level / 0.354 + 1e-12) < -60


def test_resampling_thirty_seconds_takes_no_time_a_person_notices(run: Run) -> None:
    took_ms = run(
        "recording/resample.js",
        "(() => { const samples = new Float32Array(48000 * 30), start = performance.now();"
        " resample(samples, 48000, 16000); return performance.now() - start; })()",
    )
    assert took_ms < 2000


def test_resampling_refuses_a_rate_that_is_none(run: Run) -> None:
    message = run(
        "recording/resample.js",
        "(() => { try { resample(new Float32Array(4), 0, 16000); }"
        " catch (e) { return e.message; } })()",
    )
    assert message == "cannot resample 0 Hz to 16000 Hz"


def test_samples_become_integers_without_wrapping(run: Run) -> None:
    pcm = run("recording/wav.js", "[...toInt16(Float32Array.of(0, 1, -1, 7, -7, 0.5, NaN))]")
    assert pcm == [0, 32767, -32768, 32767, -32768, 16384, 0]


def test_the_wav_file_is_read_back_as_it_was(run: Run) -> None:
    data = run(
        "recording/wav.js", "[...new Uint8Array(wavFile(Int16Array.of(0, 1, -2, 32767), 16000))]"
    )
    with wave.open(io.BytesIO(bytes(data))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
        assert list(np.frombuffer(file.readframes(9), np.int16)) == [0, 1, -2, 32767]


@pytest.mark.parametrize(
    ("amplitude", "until_ms", "word"),
    [
        (0.0, 500, "waiting"),
        (0.0, 4000, "silent"),
        (0.004, 4000, "quiet"),
        (0.1, 4000, "good"),
        (1.0, 4000, "loud"),
    ],
)
def test_loudness_in_words(run: Run, amplitude: float, until_ms: int, word: str) -> None:
    said = run(
        "recording/level-meter.js",
        "(() => { const meter = new LevelMeter(); let word;"
        f" const chunk = new Float32Array(1600).fill({amplitude});"
        f" for (let at = 100; at <= {until_ms}; at += 100) word = meter.add(loudness(chunk), at);"
        " return word; })()",
    )
    assert said == word


def test_a_recording_ends_at_thirty_seconds_and_knows_when_it_is_long_enough(run: Run) -> None:
    facts = run(
        "recording/recording-buffer.js",
        "(() => { const buffer = new RecordingBuffer(8000), second = () => new Float32Array(8000);"
        " buffer.add(second()); buffer.add(second()); const short = buffer.isLongEnough;"
        " for (let i = 0; i < 40; i++) buffer.add(second());"
        " return [short, buffer.isLongEnough, buffer.isFull, buffer.duration_s]; })()",
    )
    assert facts == [False, True, True, 30]


def test_peaks_and_their_bars(run: Run) -> None:
    module = "recording/waveform-peaks.js"
    assert run(module, "computePeaks(Float32Array.of(0, -0.5, 0.25, 3), 2)") == [0.5, 1]
    assert run(module, "barHeights([0.1, 0.2, 0.1, 0.2], 2)") == [1, 1]
    assert run(module, "barHeights([], 5)") == []


def test_every_state_can_be_reached_and_left(run: Run) -> None:
    transitions = run("recording/state-machine.js", "TRANSITIONS")
    reached, front = {"loading"}, ["loading"]
    while front:
        for following in transitions[front.pop()].values():
            if following not in reached:
                reached.add(following)
                front.append(following)
    assert reached == set(transitions)
    assert all(transitions.values())
    assert set(run("recording/state-machine.js", "TITLES")) == set(transitions)
    assert set(run("recording/state-machine.js", "SENTENCES")) == set(transitions)


def test_an_event_the_state_does_not_know_changes_nothing(run: Run) -> None:
    told = run(
        "recording/state-machine.js",
        "(() => { const machine = new StateMachine(), heard = [];"
        " machine.on((state) => heard.push(state));"
        " const events = ['consent', 'file', 'use', 'use', 'stop', 'analysed'];"
        " const taken = events.map((event) => machine.send(event));"
        " return [taken, heard, machine.state, machine.can('record'), machine.can('use')]; })()",
    )
    assert told == [
        [True, True, True, False, False, True],
        ["ready", "review", "analysing", "result"],
        "result",
        True,
        False,
    ]


def test_a_scope_disposes_last_in_first_out_and_isolates_errors(run: Run) -> None:
    order = run(
        "scope.js",
        "(() => { const scope = new Scope(), order = []; window.onerror = () => true;"
        " scope.own(() => order.push(1)); scope.own(() => { throw new Error('no'); });"
        " const child = scope.child(); child.own(() => order.push('child'));"
        " scope.own(() => order.push(3)); scope.dispose(); scope.own(() => order.push('late'));"
        " return order; })()",
    )
    assert order == [3, "child", 1, "late"]


def moment(start_s: float, end_s: float, emotion: str | None) -> dict[str, Any]:
    return {"start_s": start_s, "end_s": end_s, "emotion": emotion, "confidence": 1, "scores": {}}


def test_overlapping_windows_become_one_row_of_spans(run: Run) -> None:
    timeline = [moment(0, 3, "calm"), moment(1, 4, "calm"), moment(2, 5, None)]
    row = run("result/timeline.js", f"spans({json.dumps(timeline)}, 6)")
    assert [(each["start_s"], each["end_s"], each["emotion"]) for each in row] == [
        (0, 3, "calm"),
        (3, 5, "unsure"),
    ]
    groups = run("result/timeline.js", f"byEmotion({json.dumps(row)})")
    assert [(each["emotion"], each["seconds"]) for each in groups] == [("calm", 3), ("unsure", 2)]


def test_three_hours_of_windows_are_drawn_at_once(run: Run) -> None:
    took_ms = run(
        "result/timeline.js",
        "(() => { const windows = Array.from({ length: 10800 }, (_, s) =>"
        " ({ start_s: s, end_s: s + 3, emotion: s % 2 ? 'calm' : null }));"
        " const start = performance.now(); spans(windows, 10800);"
        " return performance.now() - start; })()",
    )
    assert took_ms < 1000


def test_the_queue_goes_on_around_what_is_taken_out(run: Run) -> None:
    shown = run(
        "player/queue.js",
        "(() => { const item = (id) => ({ provider: 'p', id }), queue = new Queue(), seen = [];"
        " const note = () => seen.push(queue.current?.id ?? null);"
        " queue.replace(['a', 'b', 'c', 'd'].map(item), 1); note(); queue.next(); note();"
        " queue.remove(0); note(); queue.remove(1); note(); queue.remove(1); note();"
        " seen.push(queue.next()); queue.remove(0); note(); return seen; })()",
    )
    assert shown == ["b", "c", "c", "d", "b", None, None]


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("clock(65)", "1:05"),
        ("clock(3661)", "1:01:01"),
        ("clock(NaN)", "0:00"),
        ("spoken(61)", "1 minute 1 second"),
        ("spoken(0)", "0 seconds"),
        ("ago('2026-03-01T10:00:00Z', new Date('2026-03-01T10:12:30Z'))", "12 minutes ago"),
        ("ago('2026-03-01T10:00:00Z', new Date('2026-03-01T10:00:30Z'))", "just now"),
    ],
)
def test_durations_as_people_read_them(run: Run, expression: str, words: str) -> None:
    assert run("time-format.js", expression) == words


def test_the_map_in_words(run: Run) -> None:
    said = run(
        "result/affect-map.js",
        "mapWords({ valence: -0.6, arousal: 0.7 }, { valence: 0.6, arousal: -0.6 })",
    )
    assert said == "From energetic and unpleasant to quiet and pleasant."


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        ("Mozilla/5.0 (X11; Linux) Chrome/150.0 Safari/537.36", "chrome"),
        ("Mozilla/5.0 (Windows) Chrome/150.0 Safari/537.36 Edg/150.0", "edge"),
        ("Mozilla/5.0 (X11; rv:150.0) Gecko/20100101 Firefox/150.0", "firefox"),
        ("Mozilla/5.0 (Macintosh) Version/26.0 Safari/605.1.15", "safari"),
        ("Mozilla/5.0 (iPhone) Version/26.0 Mobile Safari/604.1", "ios"),
        ("Lynx", "other"),
    ],
)
def test_the_browser_whose_settings_are_explained(run: Run, agent: str, family: str) -> None:
    assert run("recording/microphone.js", f"browserOf({json.dumps(agent)})") == family

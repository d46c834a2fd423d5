"""The recipes read speaker and label from the names their authors gave."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.emotions import Emotion
from emotion_stream.errors import UsageError
from emotion_stream.training.corpora import RECIPES, read_corpus
from emotion_stream.training.corpora.emospeech_india import UNKNOWN_USER
from emotion_stream.training.corpora.utterance import emotions_of

pytestmark = pytest.mark.training

READ = [
    ("ravdess", "Actor_12/03-01-02-01-01-02-12.wav", "ravdess/12", Emotion.CALM, "female"),
    ("ravdess", "Actor_07/03-01-08-02-02-02-07.wav", "ravdess/07", Emotion.SURPRISE, "male"),
    ("ravdess_song", "03-02-05-01-01-02-12.wav", "ravdess/12", Emotion.ANGER, "female"),
    ("emodb", "wav/03a01Fa.wav", "emodb/03", Emotion.HAPPINESS, "male"),
    ("emodb", "wav/16b10Wb.wav", "emodb/16", Emotion.ANGER, "female"),
    ("savee", "AudioData/DC/sa01.wav", "savee/DC", Emotion.SADNESS, "male"),
    ("savee", "KL_su15.wav", "savee/KL", Emotion.SURPRISE, "male"),
    ("tess", "OAF_back_angry.wav", "tess/OAF", Emotion.ANGER, "female"),
    ("tess", "OA_bite_neutral.wav", "tess/OAF", Emotion.NEUTRAL, "female"),
    ("tess", "12testYAF_gaze_ps39.wav", "tess/YAF", Emotion.SURPRISE, "female"),
    ("nemo", "samples/SM0_surprised_76.wav", "nemo/SM0", Emotion.SURPRISE, "male"),
    ("ased", "04Sad/s4-03-02-01-26.wav", "ased/26", Emotion.SADNESS, "female"),
    ("ased", "02Fearful/F2-03-01-02-31.wav", "ased/31", Emotion.FEAR, "male"),
    ("emospeech_india", "House/yes-safe-happy-1-ab.wav", "emospeech_india/ab", "happiness", None),
    ("emogator", "mp3/000349-25-3.mp3", "emogator/000349", Emotion.CALM, None),
    ("emogator", "mp3/000349-13-1.mp3", "emogator/000349", Emotion.HAPPINESS, None),
    ("crema_d", "AudioWAV/1001_DFA_ANG_XX.wav", "crema_d/1001", Emotion.ANGER, None),
    ("crema_d", "AudioWAV/1091_IEO_HAP_HI.wav", "crema_d/1091", Emotion.HAPPINESS, None),
]

LEFT_OUT = [
    ("ravdess", "03-02-02-01-01-02-12.wav"),  # a song
    ("ravdess", "01-01-02-01-01-02-12.wav"),  # the sound of a video
    ("emodb", "03a01La.wav"),  # boredom
    ("emospeech_india", "background-safe-calm-1-ab.wav"),
    ("emospeech_india", "background-scream-None-1-ab.wav"),
    ("emogator", "000349-01-1.mp3"),  # a category that is none of the eight
    ("savee", "readme01.wav"),
    ("tess", "OAF_back_bored.wav"),
    ("crema_d", "1001_DFA_ANG.wav"),
]


def _touch(folder: Path, name: str) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()


@pytest.mark.parametrize(("corpus", "name", "speaker", "emotion", "gender"), READ)
@pytest.mark.parametrize("suffix", [".wav", ".flac", ".opus", ".mp3"])
def test_reads_a_name(
    tmp_path: Path,
    corpus: str,
    name: str,
    speaker: str,
    emotion: str,
    gender: str | None,
    suffix: str,
) -> None:
    _touch(tmp_path, str(Path(name).with_suffix(suffix)))
    (utterance,) = read_corpus(corpus, tmp_path)
    assert (utterance.speaker, utterance.emotion, utterance.gender) == (speaker, emotion, gender)
    assert utterance.corpus == corpus
    assert utterance.language == RECIPES[corpus].language


@pytest.mark.parametrize(("corpus", "name"), LEFT_OUT)
def test_leaves_out_what_is_no_part_of_it(tmp_path: Path, corpus: str, name: str) -> None:
    _touch(tmp_path, name)
    with pytest.raises(UsageError, match="is the folder right"):
        read_corpus(corpus, tmp_path)


def test_every_recipe_has_a_name_in_the_tests() -> None:
    assert {row[0] for row in READ} == set(RECIPES)


def test_the_unknown_user_is_anonymous() -> None:
    assert UNKNOWN_USER in RECIPES["emospeech_india"].anonymous


def test_hidden_files_and_other_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("._1001_DFA_ANG_XX.wav", "1001_DFA_ANG_XX.txt", "1002_DFA_SAD_LO.wav"):
        _touch(tmp_path, name)
    assert [u.speaker for u in read_corpus("crema_d", tmp_path)] == ["crema_d/1002"]


def test_emotions_come_in_the_order_of_the_list(tmp_path: Path) -> None:
    for name in ("1001_DFA_SAD_XX.wav", "1001_DFA_NEU_XX.wav"):
        _touch(tmp_path, name)
    assert emotions_of(read_corpus("crema_d", tmp_path)) == (Emotion.NEUTRAL, Emotion.SADNESS)


def test_an_unknown_corpus_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'iemocap'"):
        read_corpus("iemocap", tmp_path)
    with pytest.raises(UsageError, match="nowhere"):
        read_corpus("tess", tmp_path / "nowhere")


class TestManifest:
    def _read(self, tmp_path: Path, text: str) -> tuple[object, ...]:
        (tmp_path / "a.wav").touch()
        (tmp_path / "mine.csv").write_text(text)
        return read_corpus("mine", tmp_path / "mine.csv")

    def test_reads_rows(self, tmp_path: Path) -> None:
        first, second = self._read(
            tmp_path,
            "path,emotion,speaker,gender,language\na.wav,fear,ann,female,fi\na.wav,,bob,,\n",
        )
        assert vars(first) == {
            "path": tmp_path / "a.wav",
            "corpus": "mine",
            "speaker": "mine/ann",
            "emotion": Emotion.FEAR,
            "language": "fi",
            "gender": "female",
        }
        assert (second.emotion, second.gender, second.language) == (None, None, None)  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("path,emotion\na.wav,fear\n", "no column 'speaker'"),
            ("path,emotion,speaker\na.wav,bored,ann\n", "line 2: unknown emotion 'bored'"),
            ("path,emotion,speaker\na.wav,fear,\n", "line 2: no speaker"),
            ("path,emotion,speaker\nb.wav,fear,ann\n", "line 2: there is no file"),
            ("path,emotion,speaker,gender\na.wav,fear,ann,x\n", "line 2: gender"),
        ],
    )
    def test_names_the_line_of_a_mistake(self, tmp_path: Path, text: str, problem: str) -> None:
        with pytest.raises(UsageError, match=problem):
            self._read(tmp_path, text)

"""The recipes read speaker and label from the names their authors gave."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.emotions import Emotion
from emotion_stream.errors import UsageError
from emotion_stream.training.data.corpora import RECIPES, Recipe, contents_of, read_corpus
from emotion_stream.training.data.corpora.emospeech_india import UNKNOWN_USER
from emotion_stream.training.data.corpora.utterance import emotions_of

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
    ("crema_d", "AudioWAV/1001_DFA_ANG_XX.wav", "crema_d/1001", Emotion.ANGER, "male"),
    ("crema_d", "AudioWAV/1091_IEO_HAP_HI.wav", "crema_d/1091", Emotion.HAPPINESS, "female"),
    ("crema_d", "AudioWAV/1040_ITH_SAD_X.wav", "crema_d/1040", Emotion.SADNESS, "male"),
    ("urdu", "Angry/SM4_F48_A0100.wav", "urdu/SM4", Emotion.ANGER, "male"),
    ("urdu", "Happy/SF1_F10_H010.wav", "urdu/SF1", Emotion.HAPPINESS, "female"),
    ("turev", "Sound Source/Angry/1157_kz_acik.wav", "turev/1157", Emotion.ANGER, None),
    ("turev", "Sound Source/Calm/1234_sk_algi.wav", "turev/1234", Emotion.CALM, None),
    ("emovo", "f1/gio-f1-b1.wav", "emovo/f1", Emotion.HAPPINESS, "female"),
    ("emovo", "m3/tri-m3-n5.wav", "emovo/m3", Emotion.SADNESS, "male"),
    ("cafe", "Colère/Faible/01-C-1-1.wav", "cafe/01", Emotion.ANGER, "male"),
    ("cafe", "Neutre/12-N-1-6.wav", "cafe/12", Emotion.NEUTRAL, "female"),
    ("shemo", "female/F01A01.wav", "shemo/F01", Emotion.ANGER, "female"),
    ("shemo", "male/M02F01.wav", "shemo/M02", Emotion.FEAR, "male"),
    ("shemo", "male/M12W107.wav", "shemo/M12", Emotion.SURPRISE, "male"),
    ("jl_corpus", "JL(wav+txt)/male1_angry_10a_1.wav", "jl_corpus/male1", "anger", "male"),
    ("jl_corpus", "female2_neutral_15b_2.wav", "jl_corpus/female2", "neutral", "female"),
    ("aesdd", "anger/a01 (1).wav", "aesdd/1", Emotion.ANGER, None),
    ("aesdd", "fear/f12 (01).wav", "aesdd/1", Emotion.FEAR, None),
    ("aesdd", "disgust/d04 (5)b.wav", "aesdd/5", Emotion.DISGUST, None),
    ("seac", "1052/0/1_0_0_MMMD01L__19-04-21-09-07-28.wav", "seac/1052", Emotion.ANGER, "male"),
    ("seac", "1052/2/3_2_0_okzd02r__19-04-21-07-11-11.wav", "seac/1052", "happiness", "male"),
]

LEFT_OUT = [
    ("ravdess", "03-02-02-01-01-02-12.wav"),  # a song
    ("ravdess", "01-01-02-01-01-02-12.wav"),  # the sound of a video
    ("savee", "readme01.wav"),
    ("crema_d", "1001_DFA_ANG.wav"),
    ("urdu", "Angry/SX1_F1_A01.wav"),
    ("emovo", "dis-f4-b1.wav"),
    ("cafe", "01-C-3-1.wav"),
    ("esd", "0021/Angry/0021_000351.wav"),
    ("jl_corpus", "male3_angry_10a_1.wav"),
    ("aesdd", "a01.wav"),
    ("seac", "1_0_0_MMMD01L__19-04-21-09-07-28.wav"),  # no folder of a speaker
]

SET_ASIDE = [
    ("emodb", "03a01La.wav", r"L \(boredom\)"),
    ("emospeech_india", "background-safe-calm-1-ab.wav", "background noise"),
    ("emospeech_india", "background-scream-None-1-ab.wav", "background noise"),
    ("emospeech_india", "help-safe-None-1-ab.wav", "no emotion stated"),
    ("emogator", "000349-01-1.mp3", "adoration"),
    ("jl_corpus", "male1_excited_10a_1.wav", "excited"),
    ("jl_corpus", "male1_anxious_10a_1.wav", "anxious"),
    ("turev", "Model Output for Test Data/t/sound/Angry/1157_kz_dil.wav", "filtered copy"),
]

UNKNOWN = [
    ("crema_d", "1001_DFA_JOY_XX.wav", "JOY"),
    ("tess", "OAF_back_bored.wav", "bored"),
    ("ravdess_song", "03-02-07-01-01-02-12.wav", "07"),
    ("esd", "0011/Wütend/0011_000351.wav", "Wütend"),
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


@pytest.mark.parametrize(
    ("corpus", "name", "sentence"),
    [
        ("ravdess", "03-01-08-02-01-02-07.wav", "01"),
        ("ravdess_song", "03-02-05-01-02-01-12.wav", "02"),
        ("emodb", "16b10Wb.wav", "b10"),
        ("nemo", "SM0_surprised_76.wav", "76"),
        ("crema_d", "1091_IEO_HAP_HI.wav", "IEO"),
        ("cafe", "Neutre/12-N-1-6.wav", "6"),
        ("emovo", "m3/tri-m3-n5.wav", "n5"),
        ("tess", "12testYAF_Gaze_ps39.wav", "gaze"),
        ("savee", "KL_su15.wav", None),  # its numbers are of other texts for each emotion
    ],
)
def test_knows_the_sentence_where_the_name_tells_it(
    tmp_path: Path, corpus: str, name: str, sentence: str | None
) -> None:
    _touch(tmp_path, name)
    (utterance,) = read_corpus(corpus, tmp_path)
    assert utterance.sentence == sentence


@pytest.mark.parametrize(("corpus", "name"), LEFT_OUT)
def test_leaves_out_what_is_no_part_of_it(tmp_path: Path, corpus: str, name: str) -> None:
    _touch(tmp_path, name)
    with pytest.raises(UsageError, match="is the folder right"):
        read_corpus(corpus, tmp_path)


@pytest.mark.parametrize(("corpus", "name", "reason"), SET_ASIDE)
def test_says_why_nothing_can_be_used(tmp_path: Path, corpus: str, name: str, reason: str) -> None:
    _touch(tmp_path, name)
    with pytest.raises(UsageError, match=f"none can be used: .*{reason}"):
        read_corpus(corpus, tmp_path)


@pytest.mark.parametrize(("corpus", "name", "label"), UNKNOWN)
def test_a_label_that_does_not_map_is_named(
    tmp_path: Path, corpus: str, name: str, label: str
) -> None:
    _touch(tmp_path, name)
    with pytest.raises(UsageError, match=f"labels that the recipe does not know: {label}"):
        read_corpus(corpus, tmp_path)


def test_every_recipe_has_a_name_in_the_tests() -> None:
    assert {row[0] for row in READ} | {"esd", "meld"} == set(RECIPES)


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=lambda recipe: recipe.name)
def test_a_recipe_says_what_the_full_release_holds(recipe: Recipe) -> None:
    release = recipe.release
    assert release.url.startswith("http")
    assert release.citation
    assert release.licence
    assert recipe.version >= 1
    assert any(recipe.labels.values())
    assert set(recipe.meanings) <= set(recipe.labels)
    assert len(set(release.speaker_ids)) in (0, release.speakers)
    assert (recipe.kind == "bursts") == (not release.languages)


def test_the_women_and_men_of_crema_d_are_those_of_its_table(tmp_path: Path) -> None:
    for number in range(1001, 1092):
        _touch(tmp_path, f"{number}_DFA_NEU_XX.wav")
    genders = [utterance.gender for utterance in read_corpus("crema_d", tmp_path)]
    assert (genders.count("female"), genders.count("male")) == (43, 48)


@pytest.mark.parametrize(
    ("name", "speaker", "language", "gender"),
    [
        ("0001/Angry/0001_000351.wav", "esd/0001", "zh", "female"),
        ("0011/Angry/train/0011_000351.wav", "esd/0011", "en", "male"),
        ("Emotion Speech Dataset/0019/Angry/0019_000351.wav", "esd/0019", "en", "female"),
    ],
)
def test_esd_has_the_emotion_in_the_folder_and_two_languages(
    tmp_path: Path, name: str, speaker: str, language: str, gender: str
) -> None:
    _touch(tmp_path, name)
    (found,) = read_corpus("esd", tmp_path)
    assert (found.speaker, found.language, found.gender) == (speaker, language, gender)
    assert found.emotion is Emotion.ANGER


def test_files_with_labels_to_leave_out_do_not_stop_the_others(tmp_path: Path) -> None:
    for name in ("03a01La.wav", "03a01Fa.wav", "notes.wav"):
        _touch(tmp_path, name)
    contents = contents_of("emodb", tmp_path)
    assert [utterance.path.name for utterance in contents.utterances] == ["03a01Fa.wav"]
    assert [(each.path.name, each.cause) for each in contents.left_out] == [
        ("03a01La.wav", "label"),
        ("notes.wav", "foreign"),
    ]
    assert contents.clips == 2


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
        for name in ("a.wav", "b.wav"):
            (tmp_path / name).touch()
        (tmp_path / "mine.csv").write_text(text)
        return read_corpus("mine", tmp_path / "mine.csv")

    def test_reads_rows(self, tmp_path: Path) -> None:
        first, second = self._read(
            tmp_path,
            "path,emotion,speaker,gender,language\na.wav,fear,ann,female,fi\nb.wav,,bob,,\n",
        )
        assert vars(first) == {
            "path": tmp_path / "a.wav",
            "corpus": "mine",
            "speaker": "mine/ann",
            "emotion": Emotion.FEAR,
            "language": "fi",
            "gender": "female",
            "sentence": None,
        }
        assert (second.emotion, second.gender, second.language) == (None, None, None)  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("path,emotion\na.wav,fear\n", "no column 'speaker'"),
            ("path,emotion,speaker\na.wav,bored,ann\n", "line 2: unknown emotion 'bored'"),
            ("path,emotion,speaker\na.wav,fear,\n", "line 2: no speaker"),
            ("path,emotion,speaker\nc.wav,fear,ann\n", "line 2: there is no file"),
            ("path,emotion,speaker,gender\na.wav,fear,ann,x\n", "line 2: gender"),
            ("path,emotion,speaker\na.wav,fear,ann\n./a.wav,,bob\n", "line 3: .*listed in line 2"),
            ("path,emotion,speaker\n", "lists no recording"),
            ("", "lists no recording"),
        ],
    )
    def test_names_the_line_of_a_mistake(self, tmp_path: Path, text: str, problem: str) -> None:
        with pytest.raises(UsageError, match=problem):
            self._read(tmp_path, text)

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            ("path,emotion,speaker\na.wav,fear,Zoë\n".encode("latin-1"), "not in UTF-8"),
            ("path,emotion,speaker\n".encode("utf-16"), "not in UTF-8"),
            (b"path,emotion,speaker\n" + b"a" * 200_000, "no CSV file"),
        ],
    )
    def test_names_a_file_that_is_no_such_table(
        self, tmp_path: Path, content: bytes, problem: str
    ) -> None:
        (tmp_path / "mine.csv").write_bytes(content)
        with pytest.raises(UsageError, match=problem):
            read_corpus("mine", tmp_path / "mine.csv")

    def test_a_cell_with_a_line_break_does_not_shift_the_lines(self, tmp_path: Path) -> None:
        text = 'path,emotion,speaker,note\na.wav,fear,ann,"two\nlines"\nb.wav,bored,ann,\n'
        with pytest.raises(UsageError, match="line 4: unknown emotion 'bored'"):
            self._read(tmp_path, text)

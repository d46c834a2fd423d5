"""MELD is read from its tables: who speaks, how, and what several say at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.emotions import Emotion
from emotion_stream.errors import UsageError
from emotion_stream.training.data.corpora import RECIPES, contents_of, read_corpus

pytestmark = pytest.mark.training

HEAD = "Sr No.,Utterance,Speaker,Emotion,Sentiment,Dialogue_ID,Utterance_ID,Season,Episode\n"
TRAIN = (
    '1,"Oh, hey",Phoebe,joy,positive,0,0,4,7\n'
    "2,What?,Woman,surprise,negative,0,1,4,7\n"
    "3,Hey!,All,joy,positive,0,2,4,7\n"
    "4,No!,Joey and Ross,anger,negative,0,3,4,7\n"
)


def _meld(folder: Path, *clips: str, train: str = HEAD + TRAIN) -> Path:
    (folder / "train_sent_emo.csv").write_bytes(train.encode("latin-1"))
    (folder / "dev_sent_emo.csv").write_text(HEAD + "1,Well,Ross,sadness,negative,0,0,4,7\n")
    for clip in clips:
        file = folder / clip
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return folder


def test_the_same_number_is_another_clip_in_another_part(tmp_path: Path) -> None:
    clips = ("train_splits/dia0_utt0.mp4", "dev_splits_complete/dia0_utt0.wav")
    dev, train = read_corpus("meld", _meld(tmp_path, *clips))
    assert (dev.speaker, dev.emotion, dev.gender) == ("meld/Ross", Emotion.SADNESS, "male")
    assert (train.speaker, train.emotion) == ("meld/Phoebe", Emotion.HAPPINESS)


def test_guests_are_one_speaker_who_is_never_held_out(tmp_path: Path) -> None:
    (guest,) = read_corpus("meld", _meld(tmp_path, "train/dia0_utt1.wav"))
    assert guest.speaker in RECIPES["meld"].anonymous
    assert guest.gender is None


def test_several_at_once_and_a_second_copy_are_set_aside(tmp_path: Path) -> None:
    clips = [f"train/dia0_utt{n}.wav" for n in (0, 2, 3)]
    contents = contents_of("meld", _meld(tmp_path, *clips, "train/dia0_utt0.mp4"))
    assert len(contents.utterances) == 1
    assert [(each.path.name, each.reason) for each in contents.left_out] == [
        ("dia0_utt0.mp4", "its sound was extracted to the wav beside it"),
        ("dia0_utt2.wav", "several people speak"),
        ("dia0_utt3.wav", "several people speak"),
    ]


def test_an_apostrophe_in_another_encoding_does_no_harm(tmp_path: Path) -> None:
    odd = HEAD + "1,It\x92s,Joey,anger,negative,0,0,4,7\n"
    (joey,) = read_corpus("meld", _meld(tmp_path, "train/dia0_utt0.wav", train=odd))
    assert joey.emotion is Emotion.ANGER


def test_clips_without_a_line_or_a_part_are_not_of_the_corpus(tmp_path: Path) -> None:
    folder = _meld(tmp_path, "train/dia9_utt9.wav", "dia0_utt0.wav", "train/dia0_utt0.wav")
    assert [each.cause for each in contents_of("meld", folder).left_out] == ["foreign", "foreign"]


def test_the_tables_must_be_there_and_whole(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / "dia0_utt0.wav").touch()
    with pytest.raises(UsageError, match=r"train_sent_emo\.csv"):
        read_corpus("meld", tmp_path)
    with pytest.raises(UsageError, match="no column 'Dialogue_ID'"):
        read_corpus("meld", _meld(tmp_path, train="Speaker,Emotion\n"))

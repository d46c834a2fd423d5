from collections import Counter

from emotion_stream.music.local.analysis import Skipped
from emotion_stream.music.local.scan import ScanProgress
from emotion_stream.music.provider import ProviderState


def test_a_scan_is_told_from_beginning_to_end() -> None:
    progress = ScanProgress()
    progress.begin()
    assert progress.status(0).state is ProviderState.SCANNING
    progress.walked(done=1, waiting=2, skipped=Counter())
    progress.looked(None)
    status = progress.status(2)
    assert (status.state, status.done, status.total) == (ProviderState.SCANNING, 2, 3)
    assert status.message == "Listening to your music: 2 of 3 files."
    progress.looked(Skipped.DAMAGED)
    progress.finish()
    status = progress.status(2)
    assert status.state is ProviderState.READY
    assert status.message == "2 tracks. 1 file left out: 1 damaged."


def test_a_scan_asked_for_during_a_scan_hides_nothing() -> None:
    progress = ScanProgress()
    progress.begin()
    progress.walked(done=1, waiting=2, skipped=Counter())
    progress.begin()
    assert progress.status(1).message == "Listening to your music: 1 of 3 files."


def test_nothing_found_says_what_was_left_out() -> None:
    progress = ScanProgress()
    progress.walked(done=0, waiting=0, skipped=Counter({Skipped.NOT_PLAYABLE: 3, Skipped.EMPTY: 1}))
    progress.finish()
    status = progress.status(0)
    assert status.state is ProviderState.EMPTY
    assert "4 files left out: 3 in a format browsers cannot play, 1 empty." in status.message


def test_a_walk_without_news_is_no_scan() -> None:
    progress = ScanProgress()
    progress.walked(done=5, waiting=0, skipped=Counter())
    assert progress.status(5).state is ProviderState.READY


def test_trouble_stays_until_a_walk_succeeds() -> None:
    progress = ScanProgress()
    progress.fail("The disk is not there.")
    assert progress.status(3).state is ProviderState.ERROR
    assert progress.status(3).message == "The disk is not there."
    progress.walked(done=3, waiting=0, skipped=Counter())
    assert progress.status(3).state is ProviderState.READY


def test_results_that_cannot_be_kept_are_admitted() -> None:
    progress = ScanProgress(unsaved="No space left on device")
    assert "cannot be saved (No space left on device)" in progress.status(1).message

"""Every emotion and goal has phrases enough, and each turn is another list."""

from __future__ import annotations

import itertools

import pytest

from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.music.provider import Goal
from emotion_stream.music.spotify.recipes import Recipe, Recipes

RECIPES = Recipes.shipped()
LANGUAGES = ("de", "es", "fr", "pl")
MOODS = list(itertools.product(EMOTIONS, Goal))


@pytest.mark.parametrize(("emotion", "goal"), MOODS)
def test_every_mood_has_recipes_enough(emotion: Emotion, goal: Goal) -> None:
    assert len(RECIPES.of(emotion, goal)) >= 4
    for language in LANGUAGES:
        recipes = RECIPES.of(emotion, goal, [language])
        assert len(recipes) >= 2
        assert {recipe.language for recipe in recipes} == {language}


@pytest.mark.parametrize(("emotion", "goal"), MOODS)
@pytest.mark.parametrize("languages", [["en"], ["de"], ["pl", "en"]])
def test_eight_turns_are_eight_different_searches(
    emotion: Emotion, goal: Goal, languages: list[str]
) -> None:
    turns = [RECIPES.at(emotion, goal, languages, turn) for turn in range(8)]
    most = 3 * len(RECIPES.of(emotion, goal, languages))
    assert len(set(turns)) == min(8, most)


@pytest.mark.parametrize(("emotion", "goal"), MOODS)
def test_phrases_are_short_and_different(emotion: Emotion, goal: Goal) -> None:
    for language in ("en", *LANGUAGES):
        queries = [recipe.query for recipe in RECIPES.of(emotion, goal, [language])]
        assert len({query.casefold() for query in queries}) == len(queries)
        assert all(0 < len(query) <= 40 and ":" not in query for query in queries)


def test_the_same_phrase_comes_back_with_the_next_places() -> None:
    count = len(RECIPES.of(Emotion.SADNESS, Goal.LIFT))
    at = [RECIPES.at(Emotion.SADNESS, Goal.LIFT, [], count * n) for n in range(4)]
    assert [offset for _, offset in at] == [0, 10, 20, 0]
    assert len({recipe for recipe, _ in at}) == 1


def test_languages_take_turns_in_the_order_asked_for() -> None:
    recipes = RECIPES.of(Emotion.CALM, Goal.STAY, ["de-AT", "EN"])
    assert [recipe.language for recipe in recipes[:4]] == ["de", "en", "de", "en"]
    assert len(recipes) == len(set(recipes))


def test_english_stands_in_for_a_language_without_recipes() -> None:
    assert RECIPES.of(Emotion.CALM, Goal.STAY, ["xx"]) == RECIPES.of(Emotion.CALM, Goal.STAY)


def test_the_words_of_a_phrase() -> None:
    assert Recipe("Musik für nebenbei", "de").words == ("musik", "für", "nebenbei")

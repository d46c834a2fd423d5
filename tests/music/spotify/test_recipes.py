"""There is a phrase for every mood and wish, and nobody hears the same list twice in a row."""

from __future__ import annotations

from itertools import product

import pytest

from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.music.provider import Goal
from emotion_stream.music.spotify.recipes import Recipe, shipped_recipes

RECIPES = shipped_recipes()
MOODS = list(product(EMOTIONS, Goal))


@pytest.mark.parametrize(("emotion", "goal"), MOODS)
def test_every_mood_and_goal_has_phrases_in_five_languages(emotion: Emotion, goal: Goal) -> None:
    least = {"en": 4, "de": 2, "es": 2, "fr": 2, "pl": 2}
    for language, count in least.items():
        recipes = RECIPES.of(emotion, goal, [language])
        assert {recipe.language for recipe in recipes} == {language}
        queries = {recipe.query.casefold() for recipe in recipes}
        assert len(queries) == len(recipes) >= count
        assert all(recipe.words and len(recipe.query) <= 40 for recipe in recipes)


def test_no_phrase_asks_for_heavy_things_or_a_filter() -> None:
    for emotion, goal in MOODS:
        for recipe in RECIPES.of(emotion, goal, ["en", "de", "es", "fr", "pl"]):
            assert ":" not in recipe.query
            assert not {"suicide", "depression", "death", "kill"} & set(recipe.words)


def test_languages_take_turns() -> None:
    recipes = RECIPES.of(Emotion.SADNESS, Goal.LIFT, ["de-AT", "EN", "de"])
    assert [recipe.language for recipe in recipes[:4]] == ["de", "en", "de", "en"]


@pytest.mark.parametrize("languages", [[], ["xx"], ["", "-"]])
def test_without_a_language_that_is_known_english_is_searched(languages: list[str]) -> None:
    recipes = RECIPES.of(Emotion.CALM, Goal.STAY, languages)
    assert {recipe.language for recipe in recipes} == {"en"}


@pytest.mark.parametrize(("emotion", "goal"), MOODS)
def test_twelve_turns_are_twelve_different_searches(emotion: Emotion, goal: Goal) -> None:
    turns = [RECIPES.at(emotion, goal, ["en"], turn) for turn in range(12)]
    assert len({(turn.recipe.query, turn.offset) for turn in turns}) == 12


def test_results_further_down_come_after_every_recipe_was_used() -> None:
    recipes = RECIPES.of(Emotion.ANGER, Goal.CALM, ["en"])
    turns = [RECIPES.at(Emotion.ANGER, Goal.CALM, ["en"], n) for n in range(3 * len(recipes) + 1)]
    assert [turn.offset for turn in turns[:: len(recipes)]] == [0, 10, 20, 0]
    assert [turn.recipe for turn in turns[: len(recipes)]] == list(recipes)


def test_words_that_say_nothing_do_not_count() -> None:
    assert Recipe.of("Songs to cry to", "en").words == ("songs", "cry")
    assert Recipe.of("calmer l'anxiété", "fr").words == ("calmer", "anxiété")
    assert Recipe.of("on the", "en").words == ("on", "the")

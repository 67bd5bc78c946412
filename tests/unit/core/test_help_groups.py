"""The data that help is made of: every request has one place, every group one name, every hint an example."""

from collections import Counter

from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.core.concepts import concept_called
from nixforhumanity.core.help_groups import Amount, group_called, help_data
from nixforhumanity.core.wording import Wording
from nixforhumanity.understanding.normalise import normalise
from nixforhumanity.understanding.shown_examples import examples_of

NO_PLACE = {"help", "greeting", "thanks", "out_of_scope"}
"""Nobody needs to be told, and nothing is to be said for the last."""
TOLD_AT_THE_MOMENT = {"confirm", "deny", "cancel", "plan_safety", "plan_duration"}
HINTS = [hint for group in help_data().groups.values() for hint in (*group.first, *group.later)]
MOMENTS = [hint for hints in help_data().moments.values() for hint in hints]


def test_every_request_has_a_place() -> None:
    named = {hint.request for hint in HINTS}
    assert named | TOLD_AT_THE_MOMENT | NO_PLACE == set(catalogue())
    assert not named & (TOLD_AT_THE_MOMENT | NO_PLACE)


def test_no_request_is_twice_in_groups_but_where_it_fits_both() -> None:
    twice = [name for name, count in Counter(hint.request for hint in HINTS).items() if count > 1]
    assert twice == ["package_info"]


def test_what_is_told_at_a_moment_is_in_the_catalogue() -> None:
    assert {hint.request for hint in MOMENTS} <= set(catalogue())
    assert {hint.request for hint in MOMENTS} >= TOLD_AT_THE_MOMENT


def test_a_preferred_example_is_an_example() -> None:
    wrong = [
        hint
        for hint in HINTS + MOMENTS
        if hint.example and hint.example not in examples_of(hint.request, "en")
    ]
    assert wrong == []


def test_groups_have_words_of_their_own() -> None:
    words = [word for group in help_data().groups.values() for word in group.words]
    assert [word for word, count in Counter(words).items() if count > 1] == []
    assert all(normalise(word) == word for word in words)
    assert all(group_called(word) is not None for word in words)
    assert group_called("elephants") is None
    assert concept_called("ports", "en") is None


def test_groups_and_moments_have_headings() -> None:
    wording = Wording("en")
    assert all(wording.has(f"help-group-{name}") for name in help_data().groups)
    assert all(wording.has(f"help-moment-{name.replace('_', '-')}") for name in help_data().moments)


def test_more_includes_what_is_less() -> None:
    assert Amount.FEW.includes == (Amount.FEW,)
    assert Amount.ALL.includes == tuple(Amount)

"""Understanding survives any text in all languages: it answers, in bounded time, with nothing unchecked."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hostile_lines import (
    HUGE_LINES,
    INVISIBLE,
    contexts,
    held_back,
    lines,
    odd_lines,
    with_invisible,
    written_lines,
)
from nixforhumanity.compose.understanding import whole_understander
from nixforhumanity.core.catalogue import Effect, catalogue
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.understanding.answer_words import are_answer_words, says_no
from nixforhumanity.understanding.answer_words_of_languages import answer_words
from nixforhumanity.understanding.languages import LANGUAGES
from nixforhumanity.understanding.normalise import normalise
from nixforhumanity.understanding.requests import Context, Decision, Request, Understanding
from nixforhumanity.understanding.understander import Understander
from slot_values import exists_in, faults

SLOWER = 100
"""Times what a plain line takes: where a line that takes longer hangs rather than works."""
pytestmark = pytest.mark.timeout(1_800)  # with --torture
FINALLY = frozenset("delete remove clean install undo it them that up everything all good".split())  # noqa: SIM905
"""What may follow a yes to say what is allowed: "yes, delete them for good"."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PackageIndex]:
    index = PackageIndex.open(tmp_path_factory.mktemp("index"))
    yield index
    index.close()


@pytest.fixture(scope="module")
def understander(tmp_path_factory: pytest.TempPathFactory) -> Understander:
    return whole_understander(tmp_path_factory.mktemp("whole"), "en")


@pytest.fixture(scope="module")
def judged(understander: Understander, index: PackageIndex) -> Callable[[str, Context], Understanding]:
    """Give the function that understands a line and checks what holds for every line."""
    known = exists_in(index.resolve)

    def judge(text: str, context: Context) -> Understanding:
        understood = understander.understand(text, context)
        assert isinstance(understood, Understanding)
        assert understood.text == text
        assert understood.requests
        assert set(understood.alternatives) <= set(catalogue())
        assert faults(understood, known) == []
        assert all(choice.request.name != "confirm" for choice in understood.choices)
        said = {request.name for request in understood.requests}
        if understood.decision is Decision.ACT and "confirm" in said:
            assert is_only_a_yes(text, understander.language_of(text, context.language))
        return understood

    return judge


def is_only_a_yes(text: str, language: str) -> bool:
    """Tell whether a line is made of nothing but words of a yes."""
    words = normalise(text, language=language)
    known = answer_words(language)
    if known is not None:
        return words.rstrip("?？؟") == words and known.says_yes(words)
    plain = " ".join(word for word in words.replace(",", " ").split() if word not in FINALLY)
    return are_answer_words(plain) and not says_no(plain)


def may_change(understood: Understanding) -> bool:
    """Tell whether a plan for a change would be made at once."""
    effects = {catalogue()[request.name].effect for request in understood.requests}
    return understood.decision is Decision.ACT and bool(effects & {Effect.CHANGE, Effect.FINAL})


@pytest.mark.parametrize("language", LANGUAGES)
def test_odd_lines_are_answered(
    language: str, judged: Callable[[str, Context], Understanding], request: pytest.FixtureRequest
) -> None:
    """All of them with --torture, else every third, in each language others."""
    step = 1 if request.config.getoption("--torture") else 3
    for text in odd_lines()[LANGUAGES.index(language) % step :: step]:
        judged(text, Context(language=language))


@settings(max_examples=2 * settings().max_examples)
@given(lines(), contexts())
@example("да\u200b?", Context(language="ru"))
def test_any_line_is_answered(
    judged: Callable[[str, Context], Understanding], text: str, context: Context
) -> None:
    judged(text, context)


@given(
    st.sampled_from(LANGUAGES).flatmap(lambda one: st.sampled_from(written_lines(one))),
    st.randoms(),
    contexts(),
)
def test_what_is_invisible_decides_nothing(
    understander: Understander, text: str, chance: Random, context: Context
) -> None:
    plain = understander.understand(text, context)
    spoilt = understander.understand(with_invisible(text, chance), context)
    assert spoilt == replace(plain, text=spoilt.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_dangerous_lines_change_nothing(language: str, understander: Understander) -> None:
    dangerous = [line.text for line in held_back(language) if line.kind == "dangerous"]
    assert len(dangerous) >= 9
    acted = [
        text for text in dangerous if may_change(understander.understand(text, Context(language=language)))
    ]
    assert acted == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_that_people_wrote_keep_to_the_rules(
    language: str, judged: Callable[[str, Context], Understanding], request: pytest.FixtureRequest
) -> None:
    """All of them with --torture, else every fortieth, while a plan waits: none is a yes by chance."""
    step = 1 if request.config.getoption("--torture") else 40
    waiting = Context(language=language, waiting=Request("remove_package", {"package": "vlc"}))
    for text in written_lines(language)[::step]:
        judged(text, waiting)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "да?\u200b"),
        ("zh_CN", "好的？\u2060"),
        ("ja", "はい？\ufeff"),
        ("ar", "نعم؟\u200f"),
        ("de", "ja?\u200b\n"),
    ],
)
def test_a_question_is_no_yes_whatever_unseen_follows(
    language: str, text: str, understander: Understander
) -> None:
    waiting = Context(language=language, waiting=Request("remove_package", {"package": "vlc"}))
    understood = understander.understand(text, waiting)
    assert not (understood.decision is Decision.ACT and understood.requests[0].name == "confirm")


@pytest.mark.parametrize("unseen", INVISIBLE)
def test_a_name_with_something_unseen_in_it_is_the_name(unseen: str, understander: Understander) -> None:
    for text in (
        f"ich hätte gern gi{unseen}mp drauf",
        f"поставь мне gi{unseen}mp",
        f"{unseen}/install gimp",
    ):
        assert understander.understand(text).requests[0].slots == {"package": "gimp"}


@pytest.mark.parametrize(
    "text", ["switch to generation 0", "compare generation 0 and 3", "go back to number 0"]
)
def test_there_is_no_generation_of_less_than_one(text: str, understander: Understander) -> None:
    assert 0 not in understander.understand(text).requests[0].slots.values()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_huge_line_takes_bounded_work(language: str, understander: Understander) -> None:
    context = Context(language=language)

    def worked(text: str) -> float:
        before = time.thread_time()
        understander.understand(text, context)
        return time.thread_time() - before

    for text in HUGE_LINES.values():
        worked(text[:40])  # reads the tables, which is not what is measured
    usual = statistics.median(worked(line.text) for line in held_back(language)[:40])
    slow = {name: took for name, text in HUGE_LINES.items() if (took := worked(text)) > SLOWER * usual}
    assert slow == {}

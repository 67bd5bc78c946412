"""Texts from outside stay texts, and long errors stay quick."""

import asyncio
import time
from types import SimpleNamespace
from typing import Any

import pytest

from nixforhumanity.assistant.answers import Answer
from nixforhumanity.assistant.plan_cards import StepIds, build_card
from nixforhumanity.assistant.plans import PlanDraft
from nixforhumanity.assistant.rendering import escape
from nixforhumanity.assistant.skills.errors import diagnose_error
from nixforhumanity.assistant.skills.happened import show_history
from nixforhumanity.core.text import Message, message
from nixforhumanity.core.wording import Wording
from nixforhumanity.nix.diagnosis import explain
from nixforhumanity.understanding.requests import Request


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
        ("see http://x.y and HTTPS://z", r"see http\://x.y and HTTPS\://z"),
        ("www.x.y", r"www\.x.y"),
        ("a@b.c", r"a\@b.c"),
        ("note: this", "note: this"),
        ("a\x1b[31mb\u202ec\x00\u2066d", r"a\[31mbcd"),
        ("**b** `c`", r"\*\*b\*\* \`c\`"),
    ],
)
def test_what_comes_from_outside_is_no_markup(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_an_explanation_on_a_card_is_no_markup() -> None:
    draft = PlanDraft(
        request="switch_generation", actions=(), title=message("not-now"), sentence=message("not-now"),
        undo=message("not-now"), allow=message("not-now"), done=message("not-now"),
        explanation=(message("history-done", title="[a](b)", at="x"),),
    )  # fmt: skip
    card = build_card(draft, StepIds("p", ()), (), (), Wording(), "beginner")
    assert r"\[a\](b)" in card.explanation


def test_times_in_the_history_are_local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        entry = SimpleNamespace(state="done", title="x", at="2024-01-01T20:30:00.000Z")
        journal = SimpleNamespace(entries=lambda _: [entry], that_hold=lambda _: [])
        situation: Any = SimpleNamespace(journal=journal)
        answer = asyncio.run(show_history(Request("show_history"), situation))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert isinstance(answer, Answer)
    line: Any = answer.parts[1]
    assert line.lines[0].parameters["at"] == "2024-01-02 05:30"


@pytest.mark.parametrize(
    "text", ["error: " + "a" * 19_000, "error: " + "\n" * 19_000 + "x", "error: " + "1" * 19_000]
)
def test_a_long_error_is_explained_quickly(text: str) -> None:
    before = time.process_time()
    explain([text])
    assert time.process_time() - before < 2  # a hang, not a speed: it takes a few milliseconds


@pytest.mark.parametrize("text", ["{error}\n{rest}", "{rest}\n{error}"])
def test_the_beginning_and_the_end_of_a_long_error_count(text: str) -> None:
    pasted = text.format(error="error: attribute 'foo' missing", rest="noise\n" * 3_000)
    situation: Any = SimpleNamespace(level="beginner")
    answer = asyncio.run(diagnose_error(Request("diagnose_error", {"error_text": pasted}), situation))
    assert isinstance(answer, Answer)
    assert answer.parts[0] == Message("nix-error-attr-missing", {"name": "foo"})

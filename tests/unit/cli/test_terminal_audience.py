"""What a terminal shows: whole cards, plain words, nothing that drives the terminal."""

import asyncio
import io
import os
import pty
import sys
from dataclasses import dataclass
from typing import TextIO

import msgspec
import pytest

from nixforhumanity.cli.terminal_audience import TerminalAudience
from nixforhumanity.cli.terminal_text import printable, without_markdown, wrapped
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import AgentMessageChunk, PlanUpdate, TextBlock, ToolCallUpdate

CARD = cards.PlanCard(
    plan_id="p", hash="h", request="remove_package", title="Remove vlc", sentence="It goes.",
    costs=["Looking"], undo="Can be undone.", undoable=True, allow_label="Remove", reject_label="Not now",
    steps=[cards.StepCard(tool_call_id="t", title="Remove vlc", command="nix-env -e vlc")],
)  # fmt: skip


def show(audience: TerminalAudience, card: cards.PlanCard) -> None:
    audience.updated("s", PlanUpdate(entries=[], meta={cards.PLAN: cards.to_meta(card)}))


def shown(target: io.StringIO) -> str:
    text = target.getvalue()
    target.seek(0)
    target.truncate()
    return text


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"packages": [cards.PackageChange(name="gimp", before="2.1")]}, "− gimp 2.1"),
        ({"packages": [cards.PackageChange(name="gimp", before="1", after="2")]}, "gimp 1 → 2"),
        ({"removals": ["generation 3"]}, "− generation 3"),
        ({"warnings": ["Careful."]}, "Careful."),
        ({"costs": ["Frees 3 MB"]}, "Frees 3 MB"),
    ],
)
def test_a_card_that_changed_is_printed_whole(changed: dict, line: str) -> None:
    target = io.StringIO()
    audience = TerminalAudience(io.StringIO(), target)
    show(audience, CARD)
    assert "nix-env -e vlc" in shown(target)
    show(audience, CARD)
    assert shown(target) == ""
    show(audience, msgspec.structs.replace(CARD, **changed))
    text = shown(target)
    for part in (line, "Remove vlc", "nix-env -e vlc"):
        assert part in text


@dataclass
class Option:
    name: str


@dataclass
class Question:
    meta: dict
    options: list


def test_a_card_that_was_not_printed_is_printed_before_the_question() -> None:
    ours, theirs = pty.openpty()
    target = io.StringIO()
    try:
        with open(theirs, closefd=False, encoding="utf-8") as source:
            audience = TerminalAudience(source, target)
            show(audience, msgspec.structs.replace(CARD, state="queued", state_text="Waits."))
            assert shown(target) == "Waits.\n"
            os.write(ours, b"yes\nno\n")
            question = Question({cards.PLAN_ID: "p"}, [Option("Remove")])

            async def ask_twice() -> list[str]:
                return [(await audience.ask_permission(question)).option_id for _ in range(2)]  # type: ignore

            assert asyncio.run(ask_twice()) == ["allow", "reject"]
        text = shown(target)
        assert text.index("nix-env -e vlc") < text.index("yes")
        assert text.count("nix-env -e vlc") == 1
    finally:
        os.close(ours)
        os.close(theirs)


def test_markdown_is_plain_text() -> None:
    said = "**bold** and \\*stars\\*, `a*b`, https\\://x\n\n```\nrm **x** \\*\n```\n- end"
    assert without_markdown(said) == "bold and *stars*, a*b, https://x\n\n    rm **x** \\*\n- end"


def test_nothing_drives_the_terminal() -> None:
    assert printable("a\x1b[2J\tb\r\n\x9bc\u202ed\x00") == "a[2J\tb\ncd"
    target = io.StringIO()
    audience = TerminalAudience(sys.stdin, target)
    show(audience, msgspec.structs.replace(CARD, title="x\x1b]0;y\x07"))
    audience.updated("s", AgentMessageChunk(content=TextBlock(text="**hi** \x1b[31m")))
    assert not {"\x1b", "\x07"} & set(target.getvalue())
    assert "hi [31m" in target.getvalue()


def test_lines_fit_the_terminal_and_commands_stay_whole() -> None:
    command = "$ nix profile install --profile somewhere hello\n    code that is long\n"
    text = "- one two three four five six seven\n" + command
    assert wrapped(text, 20) == (
        "- one two three four\n  five six seven\n"
        "$ nix profile install --profile somewhere hello\n    code that is long\n"
    )
    assert wrapped(text, None) == text


def asked(source: TextIO, target: TextIO, card: cards.PlanCard, *, allow: bool) -> tuple[str, bool]:
    audience = TerminalAudience(source, target, allow=allow)
    show(audience, card)
    question = Question({cards.PLAN_ID: "p"}, [Option("Remove")])
    answer = asyncio.run(audience.ask_permission(question))  # type: ignore[arg-type]
    return answer.option_id, audience.failed  # type: ignore[union-attr]


def test_yes_on_the_command_line_allows_what_can_be_undone_and_nothing_else() -> None:
    final = msgspec.structs.replace(CARD, final=True)
    assert asked(io.StringIO(), io.StringIO(), CARD, allow=True) == ("allow", False)
    assert asked(io.StringIO(), io.StringIO(), CARD, allow=False) == ("reject", True)
    target = io.StringIO()
    assert asked(io.StringIO(), target, final, allow=True) == ("reject", True)
    assert "only done at a terminal" in target.getvalue()


class NobodyReads(io.StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_output_that_nobody_reads_ends_quietly_and_allows_nothing() -> None:
    audience = TerminalAudience(io.StringIO(), NobodyReads(), allow=True)
    audience.updated("s", AgentMessageChunk(content=TextBlock(text="hi")))
    assert audience.gone
    question = Question({cards.PLAN_ID: "p"}, [Option("Remove")])
    answer = asyncio.run(audience.ask_permission(question))  # type: ignore[arg-type]
    assert answer.option_id == "reject"  # type: ignore[union-attr]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("kind", "moves"), [("xterm", True), ("dumb", False), ("", False)])
def test_progress_moves_only_where_it_can_be_seen(
    kind: str, moves: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", kind)
    monkeypatch.setenv("COLUMNS", "30")
    target = Terminal()
    audience = TerminalAudience(io.StringIO(), target)
    text = "building a long thing " * 9
    update = ToolCallUpdate(tool_call_id="t", meta={cards.PROGRESS: {"text": text}})
    audience.updated("s", update)
    assert bool(target.getvalue()) is moves
    assert len(target.getvalue()) < 40
    plain = io.StringIO()
    TerminalAudience(io.StringIO(), plain).updated("s", update)
    assert plain.getvalue() == ""


def test_two_answers_in_a_row_stand_apart() -> None:
    target = io.StringIO()
    audience = TerminalAudience(io.StringIO(), target)
    for text in ("One.", "Two."):
        audience.updated("s", AgentMessageChunk(content=TextBlock(text=text)))
    assert target.getvalue() == "One.\n\nTwo."

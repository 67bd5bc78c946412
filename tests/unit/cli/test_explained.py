"""A trace as text for a terminal: columns, colour only where wanted, all scripts unharmed; and as JSON."""

import io
import json
from dataclasses import replace

import pytest

from nixforhumanity.cli.explained import Look, _cells, as_object, explained, look_of
from nixforhumanity.core.wording import Wording
from nixforhumanity.understanding.origins import Origin, Way
from nixforhumanity.understanding.requests import Decision, Likelihood, Request
from nixforhumanity.understanding.trace import Reason, Trace

BOTH = (Likelihood("install_package", 0.8312), Likelihood("try_package", 0.1), Likelihood("help", 0.001))
TRACE = Trace(
    text="instal fierfox",
    language="en",
    normalised="instal fierfox",
    command_tool="",
    foreseen=(),
    read_by_model="instal fierfox",
    repaired=(("instal", "install"), ("fierfox", "firefox")),
    by_words=BOTH,
    by_meaning=(),
    together=BOTH,
    parts=(),
    requests=(Request("install_package", {"package": "firefox"}),),
    slots=((Origin("package", "firefox", "fierfox", Way.SLIP),),),
    decision=Decision.ACT,
    reason=Reason.SURE,
    lacking="",
    offered=(),
    next_best=(("try_package", 0.1), ("help", 0.001), ("thanks", None)),
)
WORDS = Wording("en")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_each_step_is_said_in_words() -> None:
    text = explained(TRACE, WORDS, Look())
    assert "“fierfox” is taken for “firefox”." in text
    assert "83 % install_package" in text
    assert "firefox. Said was “fierfox”, and a slip was repaired." in text
    assert "Act: the model gives it 83\xa0%, and from 60\xa0% on" in text
    assert "try_package (10\xa0%), help (<1\xa0%), thanks" in text
    assert "\x1b" not in text
    assert "#" not in text


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words(reason: Reason, caplog: pytest.LogCaptureFixture) -> None:
    explained(replace(TRACE, reason=reason), WORDS, Look())
    assert caplog.text == ""


@pytest.mark.parametrize("way", list(Way))
def test_every_way_has_words(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    explained(replace(TRACE, slots=((Origin("package", "a", "b", way),),)), WORDS, Look())
    assert caplog.text == ""


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = explained(replace(TRACE, reason=Reason.OVERRULED), WORDS, Look(width=width))
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize(
    "said", ["ثبّت فايرفوكس من فضلك", "התקן את פיירפוקס", "फ़ायरफ़ॉक्स लगाओ", "ファイアフォックスを入れて"]
)
def test_every_script_stays_as_it_was_typed(said: str) -> None:
    text = explained(replace(TRACE, text=said, normalised=said, repaired=((said, "x"),)), WORDS, Look())
    assert text.splitlines()[0] == said
    assert text.count(said) >= 2


def test_what_would_steer_the_terminal_is_not_printed() -> None:
    nasty = "a\x1b[31m\u202eb\x07\nc"
    text = explained(replace(TRACE, text=nasty, normalised=nasty, lacking=nasty), WORDS, Look())
    assert not {"\x1b", "\u202e", "\x07"} & set(text)
    assert "\nc" not in text


def test_wide_letters_take_two_columns_and_marks_none() -> None:
    assert _cells("入れ") == 4
    assert _cells("e\u0301") == 1


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert look_of(Terminal()).colour
    assert look_of(Terminal()).bars
    assert not look_of(io.StringIO()).colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not look_of(Terminal()).colour
    monkeypatch.setenv("TERM", "dumb")
    assert not look_of(Terminal()).bars


def test_bars_and_colour_change_no_words() -> None:
    plain, coloured = (explained(TRACE, WORDS, Look(colour=on)) for on in (False, True))
    assert "\x1b[32mAct" in coloured
    without = coloured
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[0m"):
        without = without.replace(code, "")
    assert without == plain
    assert "83 % #################... install_package" in explained(TRACE, WORDS, Look(bars=True))


def test_as_an_object_it_is_json() -> None:
    found = json.loads(json.dumps(as_object(TRACE)))
    assert found["reason"] == "sure"
    assert found["together"][0] == ["install_package", 0.8312]
    assert found["requests"][0]["slots"] == [
        {"slot": "package", "value": "firefox", "said": "fierfox", "way": "slip"}
    ]

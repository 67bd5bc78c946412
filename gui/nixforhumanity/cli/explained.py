"""A trace of understanding as lines for a terminal, and as an object for programs."""

import os
import shutil
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from nixforhumanity.cli.terminal_text import printable
from nixforhumanity.core.wording import Wording
from nixforhumanity.understanding.by_model import ENOUGH
from nixforhumanity.understanding.origins import Origin
from nixforhumanity.understanding.requests import Decision, Likelihood
from nixforhumanity.understanding.trace import Reason, Trace

_WIDEST = 80
_NARROWEST = 40
_BAR = 20
_SHOWN = 3
_WORTH_SHOWING = 0.005
_INDENT = 2
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_COLOURS = {Decision.ACT: "\x1b[32m", Decision.ASK: "\x1b[33m", Decision.DECLINE: "\x1b[31m"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a terminal wants it."""

    width: int = _WIDEST
    colour: bool = False
    bars: bool = False
    """Bars are for eyes: not for a pipe, a file or a plain terminal."""


def look_of(target: TextIO) -> Look:
    """Return how a stream wants it: colour at a terminal alone, and not where NO_COLOR is set."""
    terminal = target.isatty() and os.environ.get("TERM", "") not in ("", "dumb")
    width = shutil.get_terminal_size().columns if target.isatty() else _WIDEST
    return Look(
        min(max(width, _NARROWEST), _WIDEST),
        colour=terminal and not os.environ.get("NO_COLOR"),
        bars=terminal,
    )


def explained(trace: Trace, words: Wording, look: Look) -> str:
    """Return the trace as text: a line for each step, its name to the left."""
    rows = _rows(trace, words, look)
    names = [printable(name) for name, _ in rows]
    widest = max(_cells(name) for name in names)
    before = " " * (_INDENT + widest + 2)
    lines = [_coloured(" ".join(printable(trace.text).split()), _BOLD, look)]
    previous = ""
    for name, (_, text) in zip(names, rows, strict=True):
        shown = "" if name == previous else name
        start = " " * _INDENT + _coloured(shown, _DIM, look) + " " * (widest - _cells(shown) + 2)
        wrapped = textwrap.wrap(
            text, look.width - len(before), break_long_words=False, break_on_hyphens=False
        ) or [""]
        if name == words.text("explain-decision"):
            wrapped = [_coloured(line, _COLOURS[trace.decision], look) for line in wrapped]
        lines.append((start + wrapped[0]).rstrip())
        lines += [before + line for line in wrapped[1:]]
        previous = name
    return "\n".join(lines)


def _rows(trace: Trace, words: Wording, look: Look) -> list[tuple[str, str]]:
    """Return the name of each step and what is said about it; the same name again has no name in front."""

    def row(name: str, message_id: str, **parameters: str | int) -> tuple[str, str]:
        given = {key: _safe(value) for key, value in parameters.items()}
        return words.text(f"explain-{name}"), words.text(message_id, **given)

    rows = [
        (words.text("explain-read"), _safe(trace.normalised)),
        row("language", "explain-says-language", language=trace.language),
    ]
    if trace.command_tool:
        rows.append(row("command", "explain-says-command", tool=trace.command_tool))
    else:
        rows.append(row("command", "explain-says-no-command"))
    if trace.foreseen:
        rows.append(row("foreseen", "explain-says-foreseen", requests=", ".join(trace.foreseen)))
    else:
        rows.append(row("foreseen", "explain-says-not-foreseen"))
    if trace.together:
        if trace.read_by_model != trace.normalised:
            rows.append((words.text("explain-read-by-model"), _safe(trace.read_by_model)))
        rows += [row("slips", "explain-says-slip", before=one, after=two) for one, two in trace.repaired]
        if not trace.repaired:
            rows.append(row("slips", "explain-says-no-slips"))
        rows += _opinion("by-words", trace.by_words, words, look)
        rows += _opinion("by-meaning", trace.by_meaning, words, look)
        rows += _opinion("together", trace.together, words, look)
    else:
        rows.append(row("together", "explain-says-not-asked"))
    if trace.parts:
        rows.append(row("two", "explain-says-two", first=trace.parts[0], second=trace.parts[-1]))
    elif len(trace.requests) > 1:
        rows.append(row("two", "explain-says-several", count=len(trace.requests)))
    else:
        rows.append(row("two", "explain-says-one"))
    for request, found in zip(trace.requests, trace.slots, strict=True):
        rows.append((words.text("explain-asked-for"), request.name))
        rows += [_slot(one, words) for one in found]
    rows.append((words.text("explain-decision"), _decision(trace, words)))
    if trace.offered:
        rows.append((words.text("explain-offered"), ", ".join(map(_safe, trace.offered))))
    rows.append((words.text("explain-next"), _next(trace, words)))
    return rows


def _opinion(name: str, likely: Sequence[Likelihood], words: Wording, look: Look) -> list[tuple[str, str]]:
    label = words.text(f"explain-{name}")
    if not likely:
        return [(label, words.text("explain-says-no-meaning"))]
    shown = [one for one in likely[:_SHOWN] if one.probability >= _WORTH_SHOWING] or likely[:1]
    widest = max(len(one.request) for one in shown)
    return [(label, _share(one, widest, look)) for one in shown]


def _share(one: Likelihood, widest: int, look: Look) -> str:
    percent = f"{_percent(one.probability):3d} %"
    if not look.bars:
        return f"{percent} {one.request}"
    full = round(one.probability * _BAR)
    return f"{percent} {'#' * full}{'.' * (_BAR - full)} {one.request}"


def _slot(origin: Origin, words: Wording) -> tuple[str, str]:
    value = ", ".join(origin.value) if isinstance(origin.value, list) else str(origin.value)
    way = origin.way.value.replace("_", "-")
    text = words.text(f"explain-way-{way}", value=_safe(value), said=_safe(origin.said))
    return words.text("explain-slot", slot=origin.slot), text


def _decision(trace: Trace, words: Wording) -> str:
    best = trace.together[0].probability if trace.together else 0.0
    reason = trace.reason.value.replace("_", "-")
    if trace.reason is Reason.UNSURE and (not trace.together or best >= ENOUGH):
        reason = "unclear"
    because = words.text(
        f"explain-because-{reason}",
        percent=_percent(best), enough=_percent(ENOUGH), lacking=_safe(trace.lacking),
    )  # fmt: skip
    return f"{words.text(f'explain-{trace.decision.value}')}: {because}"


def _next(trace: Trace, words: Wording) -> str:
    if not trace.next_best:
        return words.text("explain-says-nothing-next")
    return ", ".join(
        name if chance is None else f"{name} ({_small(chance)})" for name, chance in trace.next_best
    )


def _small(chance: float) -> str:
    return f"{_percent(chance)}\xa0%" if chance >= _WORTH_SHOWING else "<1\xa0%"


def _percent(probability: float) -> int:
    return round(100 * probability)


def _safe(value: str | int) -> str:
    """Return words of the person on one line, without what would steer the terminal."""
    return " ".join(printable(str(value)).split())


def _coloured(text: str, colour: str, look: Look) -> str:
    return f"{colour}{text}{_PLAIN}" if look.colour and text else text


def _cells(text: str) -> int:
    """Return how many columns a terminal gives a text: wide letters have two, marks on letters none."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )


def as_object(trace: Trace) -> dict[str, object]:
    """Return the trace in the form that stands beside the fixed fields; the names of requests are ours."""
    return {
        "language": trace.language,
        "normalised": trace.normalised,
        "typed_command": trace.command_tool or None,
        "foreseen": list(trace.foreseen),
        "read_by_model": trace.read_by_model,
        "repaired": [list(pair) for pair in trace.repaired],
        "by_words": _shares(trace.by_words),
        "by_meaning": _shares(trace.by_meaning),
        "together": _shares(trace.together),
        "parts": list(trace.parts),
        "requests": [
            {
                "request": request.name,
                "slots": [
                    {"slot": one.slot, "value": one.value, "said": one.said, "way": one.way.value}
                    for one in found
                ],
            }
            for request, found in zip(trace.requests, trace.slots, strict=True)
        ],
        "decision": trace.decision.value,
        "reason": trace.reason.value,
        "lacking": trace.lacking,
        "offered": list(trace.offered),
        "next_best": [
            [name, None if chance is None else round(chance, 4)] for name, chance in trace.next_best
        ],
    }


def _shares(likely: Sequence[Likelihood]) -> list[list[object]]:
    return [[one.request, round(one.probability, 4)] for one in likely]

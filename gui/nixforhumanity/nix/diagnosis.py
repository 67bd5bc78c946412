"""Errors of Nix: which of them is the cause, and what it means in a person's words."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from nixforhumanity.core.resources import resource
from nixforhumanity.core.text import Message, Parameter
from nixforhumanity.nix.text import clean

_ERROR = re.compile(r"^[ \t]*error:[ \t]*", re.MULTILINE)
_TRACE = re.compile(r"\n[ \t]*\n[ \t]*(?:at |… |… while |\(use '--show-trace')", re.DOTALL)
_LONGEST_DETAIL = 4000
_LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class KnownError:
    """One row of resources/errors.toml."""

    id: str
    pattern: re.Pattern[str]
    consequence: bool
    """It only tells that something else went wrong before."""
    refusal: str
    """The id of the error that a person is told when it comes up before anything was done; may be empty."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """An error in a person's words."""

    known: str
    """Id of the known error; empty for an unknown one."""
    message: Message
    advice: Message | None
    detail: str
    refusal: str = ""


@cache
def known_errors() -> tuple[KnownError, ...]:
    """Read the known errors; the first that fits counts."""
    table = tomllib.loads(resource("errors.toml").read_text(encoding="utf-8"))
    return tuple(
        KnownError(
            id=error_id,
            pattern=re.compile(row["pattern"], re.DOTALL),
            consequence=row.get("consequence", False),
            refusal=row.get("refusal", ""),
        )
        for error_id, row in table.items()
    )


def explain(texts: Iterable[str], known: Sequence[KnownError] | None = None) -> Explanation:
    """Explain what went wrong, from the errors in the order in which they came, or from a whole output.

    A known cause counts before a known consequence, and an earlier one before a later one. An error that
    is not known is told as Nix tells it, without the trace around it.
    """
    known = known_errors() if known is None else known
    errors = [innermost for text in texts for innermost in _innermost(clean(text))]
    consequence: Explanation | None = None
    for error in errors:
        for row in known:
            if found := row.pattern.search(error):
                explanation = _known(row, found, error)
                if not row.consequence:
                    return explanation
                consequence = consequence or explanation
                break
    if consequence is not None:
        return consequence
    detail = _without_trace(errors[-1]) if errors else ""
    if not detail:
        return Explanation("", Message("nix-error-silent"), None, "")
    first_line = detail.split("\n", 1)[0][:_LONGEST_VALUE]
    return Explanation("", Message("nix-error-unknown", {"error": first_line}), None, detail)


def _known(row: KnownError, found: re.Match[str], error: str) -> Explanation:
    values: dict[str, Parameter] = {}
    for group, value in found.groupdict(default="").items():
        # A group that stands in two alternatives of a pattern has a number after its name in the second.
        name = group.rstrip("0123456789")
        values[name] = values.get(name) or value.strip()[:_LONGEST_VALUE]
    return Explanation(
        known=row.id,
        message=Message(f"nix-error-{row.id}", values),
        advice=Message(f"nix-error-{row.id}-advice", values),
        detail=_without_trace(error),
        refusal=row.refusal,
    )


def _innermost(text: str) -> list[str]:
    """Return the errors of a text: of a trace the last, of a list of errors each."""
    starts = [(found.start(), found.end()) for found in _ERROR.finditer(text)]
    if not starts:
        return [text.strip()] if text.strip() else []
    ends = [start for start, _ in starts[1:]] + [len(text)]
    blocks: list[str] = []
    for index, ((start, begin), end) in enumerate(zip(starts, ends, strict=True)):
        block = text[begin:end].strip()
        nested = text[start:begin].startswith((" ", "\t"))
        if index and nested and blocks:
            blocks[-1] = block
        else:
            blocks.append(block)
    return [block for block in blocks if block]


def _without_trace(error: str) -> str:
    cut = _TRACE.search(error)
    text = error[: cut.start()] if cut else error
    lines = [line.rstrip() for line in text.split("\n")]
    indent = min((len(line) - len(line.lstrip()) for line in lines[1:] if line), default=0)
    return "\n".join([lines[0], *(line[indent:] for line in lines[1:])]).strip()[:_LONGEST_DETAIL]

"""Errors of Nix: which of them is the cause, and what it means in a person's words."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from nixforhumanity.core.resources import resource
from nixforhumanity.core.text import Message, Parameter
from nixforhumanity.nix.text import clean

_ERROR = re.compile(r"^[ \t]*error:[ \t]*", re.MULTILINE)
_TRACE = re.compile(r"\n[ \t]*\n[ \t]*(?:at |… |… while |\(use '--show-trace')", re.DOTALL)
_BUILD_ROW = "builder-failed"
_BUILD_FAILED = re.compile(r"builder for '[^']+' failed|Cannot build '[^']+'")
_LOG_LINES = 40
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
    in_build: bool = False
    """A builder says it, not Nix."""
    only_in_build: bool = False
    """It means something else outside of a build that failed."""
    lookup: str = ""
    """The table of build_needs.toml that knows the package of the group `name`."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """An error in a person's words."""

    known: str
    """Id of the known error; empty for an unknown one."""
    message: Message
    advice: Message | None
    detail: str
    refusal: str = ""
    meaning: Message | None = None
    """Why, where the message only tells that a build failed."""


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
            in_build=row.get("in_build", False),
            only_in_build=row.get("only_in_build", False),
            lookup=row.get("lookup", ""),
        )
        for error_id, row in table.items()
    )


def explain(texts: Iterable[str], known: Sequence[KnownError] | None = None) -> Explanation:
    """Explain what went wrong, from the errors in the order in which they came, or from a whole output.

    A known cause counts before a known consequence, and an earlier one before a later one. An error that
    is not known is told as Nix tells it, without the trace around it.
    """
    known = known_errors() if known is None else known
    errors = [innermost for text in texts for innermost in _with_log(clean(text))]
    consequence: Explanation | None = None
    for error in errors:
        built = _BUILD_FAILED.search(error) is not None
        for row in known:
            if row.only_in_build and not built:
                continue
            if found := row.pattern.search(error):
                explanation = _known(row, found, error)
                if row.in_build and built:
                    return _of_build(explanation, error, known)
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


def _of_build(cause: Explanation, error: str, known: Sequence[KnownError]) -> Explanation:
    """Return which build failed, with what its own output gives as the cause."""
    for row in known:
        if row.id == _BUILD_ROW and (found := row.pattern.search(error)):
            return replace(_known(row, found, error), advice=cause.advice, meaning=cause.message)
    return cause


@cache
def _build_needs() -> dict[str, dict[str, str]]:
    return tomllib.loads(resource("build_needs.toml").read_text(encoding="utf-8"))


def _known(row: KnownError, found: re.Match[str], error: str) -> Explanation:
    values: dict[str, Parameter] = {}
    for group, value in found.groupdict(default="").items():
        # A group that stands in two alternatives of a pattern has a number after its name in the second.
        name = group.rstrip("0123456789")
        values[name] = values.get(name) or value.strip()[:_LONGEST_VALUE]
    message_id = f"nix-error-{row.id}"
    if row.lookup and (package := _build_needs()[row.lookup].get(str(values.get("name", "")))):
        values["package"] = package
        message_id += "-known"
    return Explanation(
        known=row.id,
        message=Message(message_id, values),
        advice=Message(f"{message_id}-advice", values),
        detail=_without_trace(error),
        refusal=row.refusal,
    )


def _with_log(text: str) -> list[str]:
    """Return the errors of a text; a failed build has what its builder printed before with it."""
    first = _ERROR.search(text)
    log = text[: first.start()].strip() if first else ""
    errors = _innermost(text)
    if not log:
        return errors
    end = "\n".join(log.split("\n")[-_LOG_LINES:])
    return [f"{one}\n{end}" if _BUILD_FAILED.search(one) else one for one in errors]


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

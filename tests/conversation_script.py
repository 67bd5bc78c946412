"""Reads conversation scripts: what a person says, and what must come of it. docs/conversation-scripts.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

LEVELS = ("beginner", "intermediate", "expert")
PLANS = ("plan", "done", "aside", "declined", "failed", "unneeded")
"""What becomes of a plan: put forward, carried out, set aside for another, declined, failed, not needed."""
TEXTS = ("says", "asks", "titled", "silent")
LISTS = ("offers", "installed")
EXPECTED = (*PLANS, "answer", *TEXTS, *LISTS)
STAGED = ("has", "level", "breaks", "elsewhere")
_LINE = re.compile(r"(?P<word>[a-z]+):(?: (?P<rest>.*))?")
_REQUEST = re.compile(r"[a-z_]+(?: [a-z_]+=[^ =]+)*")


class BadScriptError(Exception):
    """A script that cannot be read; says the file and the line."""

    def __init__(self, path: Path, number: int, why: str) -> None:
        super().__init__(f"{path.name}:{number}: {why}")


@dataclass(frozen=True)
class Expectation:
    """One line of what must come of an exchange."""

    kind: str
    text: str
    line: int


@dataclass
class Exchange:
    """What the person says, what is staged before it, and everything that must come of it."""

    said: str
    line: int
    breaks: str = ""
    """The next change fails with this error."""
    elsewhere: str = ""
    """Said, and allowed, in another conversation before."""
    expected: list[Expectation] = field(default_factory=list)

    def of_kind(self, *kinds: str) -> list[str]:
        """What is expected of some kinds, in order."""
        return [one.text for one in self.expected if one.kind in kinds]


@dataclass
class Script:
    """A whole conversation."""

    path: Path
    level: str = "beginner"
    has: tuple[str, ...] = ()
    """Programs that are installed when it begins."""
    exchanges: list[Exchange] = field(default_factory=list)


def read_script(path: Path) -> Script:
    """Read a script; BadScriptError says where one is wrong."""
    script = Script(path)
    staged: dict[str, str] = {}
    number = 0
    for number, line in _lines(path):
        if line.startswith(">"):
            _check_last(script, number)
            said = line[1:].strip().replace("\\n", "\n")
            if not said:
                raise BadScriptError(path, number, "nothing is said")
            script.exchanges.append(Exchange(said, number, **_moment(staged)))
            staged = {}
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise BadScriptError(path, number, f"neither “> words” nor “word: what”: {line!r}")
        word, rest = match["word"], (match["rest"] or "").strip()
        if word in STAGED:
            _stage(script, staged, word, rest, number)
        elif word in EXPECTED:
            if staged or not script.exchanges:
                raise BadScriptError(path, number, f"“{word}” comes before anything is said")
            _check_expected(path, number, word, rest)
            script.exchanges[-1].expected.append(Expectation(word, rest, number))
        else:
            raise BadScriptError(
                path, number, f"unknown word “{word}”; known: {', '.join(EXPECTED + STAGED)}"
            )
    if staged:
        raise BadScriptError(path, number, "something is staged, but nothing is said after it")
    _check_last(script, number)
    if not script.exchanges:
        raise BadScriptError(path, number, "nobody says anything")
    return script


def request_and_slots(text: str) -> tuple[str, dict[str, str]]:
    """Return the parts of `install_package package=vlc`."""
    name, *slots = text.split(" ")
    return name, dict(slot.split("=", 1) for slot in slots)


def fits(pattern: str, text: str) -> bool:
    """Tell whether a text is the pattern, in which `~` stands for any words; capitals do not count."""
    parts = [re.escape(part.strip().casefold()) for part in pattern.split("~")]
    return re.fullmatch(".*".join(parts), " ".join(text.casefold().split())) is not None


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.rstrip()


def _stage(script: Script, staged: dict[str, str], word: str, rest: str, number: int) -> None:
    opening = word in ("has", "level")
    if not rest:
        raise BadScriptError(script.path, number, f"“{word}” says nothing")
    if opening and script.exchanges:
        raise BadScriptError(script.path, number, f"“{word}” comes only before the first words")
    if word == "has":
        script.has = tuple(rest.split())
    elif word == "level":
        if rest not in LEVELS:
            raise BadScriptError(script.path, number, f"no such level: {rest}")
        script.level = rest
    elif word in staged:
        raise BadScriptError(script.path, number, f"“{word}” is there twice")
    else:
        staged[word] = rest


def _moment(staged: dict[str, str]) -> dict[str, str]:
    return {word: staged[word] for word in ("breaks", "elsewhere") if word in staged}


def _check_expected(path: Path, number: int, word: str, rest: str) -> None:
    if not rest and word not in ("silent", "installed"):
        raise BadScriptError(path, number, f"“{word}” says nothing")
    if rest and word == "silent":
        raise BadScriptError(path, number, "“silent” stands alone")
    if word in (*PLANS, "answer") and _REQUEST.fullmatch(rest) is None:
        raise BadScriptError(path, number, f"not “request slot=value ...”: {rest}")


def _check_last(script: Script, number: int) -> None:
    if script.exchanges and not script.exchanges[-1].expected:
        raise BadScriptError(script.path, number, f"nothing is expected of line {script.exchanges[-1].line}")

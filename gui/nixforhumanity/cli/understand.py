"""`understand` says what lines of words are taken for, one JSON line each: to measure, and to look into."""

import argparse
import json
import sys
import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from nixforhumanity.compose.understanding import whole_understander
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.wording import languages
from nixforhumanity.understanding.requests import Decision, Understanding

_MOST_ALTERNATIVES = 5


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "understand",
        help="say what words are taken for",
        description="Read lines and say what each is taken for. Nothing is carried out,\n"
        "and no line knows of another.",
        epilog="examples:\n  nix-for-humanity understand 'get rid of vlc'\n"
        "  nix-for-humanity understand --file lines.txt --json\n\n"
        "exit codes:\n  0 done    1 the file cannot be read    2 the command line was not understood",
    )
    parser.add_argument("words", nargs="*", help="the line; without it: --file, or standard input")
    parser.add_argument("--language", default="en", help="the language of the lines (default: en)")
    parser.add_argument("--file", type=Path, help="read the lines of this file")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    if arguments.language not in languages():
        raise UserError("language-unknown", language=arguments.language, known=", ".join(languages()))
    understander = whole_understander(Folders.of_this_user().cache, arguments.language)
    with ExitStack() as stack:
        for line in _lines(arguments, stack):
            started = time.perf_counter()
            understood = understander.understand(line)
            row = as_row(understood, 1000 * (time.perf_counter() - started))
            print(json.dumps(row, ensure_ascii=False) if arguments.json else _for_people(row), flush=True)
    return 0


def _lines(arguments: argparse.Namespace, stack: ExitStack) -> Iterable[str]:
    if arguments.words:
        return [" ".join(arguments.words)]
    if arguments.file is None:
        return (line.rstrip("\n") for line in sys.stdin)
    try:
        file = stack.enter_context(arguments.file.open(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise UserError("file-not-readable", path=str(arguments.file), reason=error.strerror or "") from error
    return (line.rstrip("\n") for line in file)


def as_row(understood: Understanding, milliseconds: float) -> dict[str, object]:
    """Return an understanding in the form that is fixed for measuring."""
    declined = understood.decision is Decision.DECLINE
    names = [request.name for request in understood.requests]
    others = [name for name in understood.alternatives if name not in names]
    return {
        "text": understood.text,
        "requests": [
            {"request": one.name, "slots": dict(one.slots), "confidence": round(one.confidence, 4)}
            for one in understood.requests
        ],
        "decision": understood.decision.value,
        "alternatives": [*(() if declined else names), *others][:_MOST_ALTERNATIVES],
        "ms": round(milliseconds, 2),
    }


def _for_people(row: dict[str, object]) -> str:
    requests = row["requests"]
    assert isinstance(requests, list)
    said = " + ".join(
        f"{one['request']}({', '.join(f'{name}={value}' for name, value in one['slots'].items())})"
        for one in requests
    )
    return f"{row['text']}\n  {row['decision']}: {said}"

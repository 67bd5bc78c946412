"""`understand` says what lines of words are taken for, one JSON line each: to measure, and to look into."""

import argparse
import json
import sys
import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from nixforhumanity.cli.explained import as_object, explained, look_of
from nixforhumanity.compose.understanding import whole_understander
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.folders import Folders
from nixforhumanity.core.wording import Wording
from nixforhumanity.understanding.fixed_names import fixed_name, fixed_slots
from nixforhumanity.understanding.languages import LANGUAGES, nearest_language
from nixforhumanity.understanding.requests import Decision, Understanding
from nixforhumanity.understanding.trace import Trace, traced

_MOST_ALTERNATIVES = 5


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "understand",
        help="say what words are taken for",
        description="Read lines and say what each is taken for. Nothing is carried out,\n"
        "and no line knows of another.",
        epilog="examples:\n  nix-for-humanity understand 'get rid of vlc'\n"
        "  nix-for-humanity understand --file lines.txt --json\n"
        "  nix-for-humanity understand --explain 'get rid of vlc'\n\n"
        "exit codes:\n  0 done    1 the file cannot be read    2 the command line was not understood",
    )
    parser.add_argument("words", nargs="*", help="the line; without it: --file, or standard input")
    parser.add_argument("--language", default="en", help="the language that is expected (default: en)")
    parser.add_argument("--file", type=Path, help="read the lines of this file")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--explain", action="store_true", help="say what each step made of the line, and why")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    language = nearest_language(arguments.language.replace("-", "_").partition(".")[0])
    if language is None:
        raise UserError("language-unknown", language=arguments.language, known=", ".join(LANGUAGES))
    understander = whole_understander(Folders.of_this_user().cache, language)
    with ExitStack() as stack:
        for line in _lines(arguments, stack):
            started = time.perf_counter()
            understood = understander.understand(line)
            row = as_row(understood, 1000 * (time.perf_counter() - started))
            trace = traced(understander, understood) if arguments.explain else None
            print(_said(row, trace, as_json=arguments.json), flush=True)
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
    """Return an understanding in the form that is fixed for measuring: names of the first catalogue alone."""
    declined = understood.decision is Decision.DECLINE
    names = [fixed_name(request.name) for request in understood.requests]
    others = map(fixed_name, understood.alternatives)
    alternatives = dict.fromkeys([*(() if declined else names), *(one for one in others if one not in names)])
    return {
        "text": understood.text,
        "requests": [
            {"request": name, "slots": fixed_slots(one), "confidence": round(one.confidence, 4)}
            for name, one in zip(names, understood.requests, strict=True)
        ],
        "decision": understood.decision.value,
        "alternatives": list(alternatives)[:_MOST_ALTERNATIVES],
        "ms": round(milliseconds, 2),
    }


def _said(row: dict[str, object], trace: Trace | None, *, as_json: bool) -> str:
    if as_json:
        whole = row if trace is None else {**row, "trace": as_object(trace)}
        return json.dumps(whole, ensure_ascii=False)
    if trace is None:
        return _for_people(row)
    return explained(trace, Wording(), look_of(sys.stdout)) + "\n"


def _for_people(row: dict[str, object]) -> str:
    requests = row["requests"]
    assert isinstance(requests, list)
    said = " + ".join(
        f"{one['request']}({', '.join(f'{name}={value}' for name, value in one['slots'].items())})"
        for one in requests
    )
    return f"{row['text']}\n  {row['decision']}: {said}"

"""A parser whose mistakes are answered in plain words, with the nearest thing that would have been right."""

import argparse
import difflib
import re
from collections.abc import Sequence
from typing import Any, NoReturn

_INVALID = re.compile(r"invalid choice: '(?P<said>.*?)' \(choose from (?P<choices>.*)\)")
BAD_INPUT = 2


class CommandParser(argparse.ArgumentParser):
    """Reads a command or a part of one; help keeps its line breaks, options are never abbreviated."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(allow_abbrev=False, **options)
        self._practising = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """See ArgumentParser; remembers what a mistake has to be explained by."""
        self._practising = isinstance(args, Sequence) and any(word.startswith("--practice") for word in args)
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Say what was wrong and what is near, and end with code 2."""
        self.exit(BAD_INPUT, f"{self._in_plain_words(message)}\n")

    def _in_plain_words(self, message: str) -> str:
        more = f"“{self.prog} --help” shows everything."
        found = _INVALID.search(message)
        if found is None:
            return f"{message[:1].upper()}{message[1:]}.\n{more}"
        said = found["said"]
        choices = [choice.strip("' ") for choice in found["choices"].split(",")]
        near = difflib.get_close_matches(said, choices, n=1, cutoff=0.5)
        lines = [f"There is no command “{said}”."]
        if near:
            lines.append(f"Did you mean “{self.prog} {near[0]}”?")
        if self.prog.count(" ") == 0:
            lines.append(f"To say it to the assistant: {self.prog} ask '{said} ...'")
            if self._practising:
                lines.append(f"To practise in a new folder of that name: {self.prog} --practice=./{said}")
        return "\n".join([*lines, more])

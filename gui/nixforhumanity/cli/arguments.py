"""Puts a command line in order before it is read: which words are options, and which are only said."""

from collections.abc import Sequence
from pathlib import Path

_PRACTICE = "--practice"
_ASK = "ask"
_HELP = "help"
_ASK_OPTIONS = frozenset({"--yes", "--help", "-h", _PRACTICE})


def arranged(arguments: Sequence[str]) -> list[str]:
    """Return the command line with `--practice` bound to its folder or none, and what is said after `--`."""
    bound = _bound_practice(arguments)
    command = next((place for place, word in enumerate(bound) if not word.startswith("-")), len(bound))
    if bound[command : command + 1] == [_HELP]:
        return [*bound[:command], *bound[command + 1 :], "--help"]
    if bound[command : command + 1] != [_ASK]:
        return bound
    options: list[str] = []
    said: list[str] = []
    for place, word in enumerate(bound[command + 1 :], command + 1):
        if word == "--":
            said += bound[place + 1 :]
            break
        # Before the first word a dash begins an option, known or mistyped; after it only one that we know.
        known = word in _ASK_OPTIONS or word.startswith(_PRACTICE + "=")
        (options if known or (word.startswith("-") and not said) else said).append(word)
    return [*bound[: command + 1], *options, *(["--", *said] if said else [])]


def _bound_practice(arguments: Sequence[str]) -> list[str]:
    bound: list[str] = []
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--":
            return [*bound, word, *rest]
        if word == _PRACTICE:
            folder = rest.pop(0) if rest and names_a_folder(rest[0]) else ""
            word = f"{_PRACTICE}={folder}"
        bound.append(word)
    return bound


def names_a_folder(text: str) -> bool:
    """Tell the folder of a practice system from words that are said: it exists, or is written as a path."""
    if text.startswith("-"):
        return False
    if Path(text).is_dir():
        return True
    if text.startswith("/"):
        from nixforhumanity.understanding.slash_commands import SLASH_COMMANDS  # slow, and seldom needed

        return text[1:].split(" ")[0].casefold() not in SLASH_COMMANDS
    return "/" in text and (" " not in text or text.startswith((".", "~")))

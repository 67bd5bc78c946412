"""What is said to words that nothing can be done for: honestly no, and the nearest that can be done."""

import difflib
import re
from collections.abc import Sequence

from nixforhumanity.assistant.answers import Answer, Bullets, Suggested, suggested
from nixforhumanity.assistant.fitting_examples import ShownExamples, place_of
from nixforhumanity.assistant.naming import suggested_program
from nixforhumanity.assistant.situation import Situation, known_name
from nixforhumanity.core.help_groups import Hint
from nixforhumanity.core.text import message
from nixforhumanity.understanding.nearest import HARMLESS
from nixforhumanity.understanding.normalise import normalise
from nixforhumanity.understanding.slash_commands import SLASH_COMMANDS

_USUAL = ("suggest_package", "list_installed", "explain_concept")
_OFFERED = 3
_SURE = 0.9
_SHORTEST_NAME = 4
_SLASH = re.compile(r"/(?P<name>[^\W\d]*)(?: (?P<words>.*))?")
_NEAR = 0.4


def decline(situation: Situation, text: str, nearest: Sequence[str]) -> Answer:
    """Say that this cannot be done, and offer the nearest requests that can, or programs that were named."""
    if (slash := _SLASH.fullmatch(normalise(text))) is not None:
        return _unknown_slash(slash["name"], slash["words"] or "")
    if (named := _named_program(text, situation)) is not None:
        buttons = [suggested_program(one, named, situation.finder) for one in ("install", "about")]
        name = known_name(named, situation.finder)
        return Answer((message("declined-named", name=name),), (*buttons, suggested("help")))
    near = [name for name in nearest if name in HARMLESS - {"help"}][:_OFFERED]
    if not near:
        return Answer((message("declined"), _lines(_USUAL, situation)), _buttons(_USUAL[:2], situation))
    return Answer((message("declined-near"), _lines(near, situation)), _buttons(near, situation))


def not_yet(situation: Situation) -> Answer:
    """Say that a request is understood, but that this version cannot do it."""
    return Answer((message("declined-not-yet"), _lines(_USUAL, situation)), _buttons(_USUAL[:2], situation))


def _unknown_slash(name: str, words: str) -> Answer:
    """Say what is wrong with a slash command: its name, or that words are missing or too many."""
    command = SLASH_COMMANDS.get(name)
    if command is not None:
        wrong = "slash-wants-words" if command.slot else "slash-wants-none"
        return Answer((message(wrong, name=name),), (suggested("help"),))
    near = difflib.get_close_matches(name, SLASH_COMMANDS, n=2, cutoff=_NEAR)
    if not near:
        every = ", ".join(f"/{one}" for one in SLASH_COMMANDS)
        return Answer((message("slash-unknown", name=name, commands=every),), (suggested("help"),))
    lines = [f"/{one} {words}" if SLASH_COMMANDS[one].slot and words else f"/{one}" for one in near]
    buttons = tuple(suggested("example", example=line) for line in lines)
    return Answer((message("slash-near", name=name, near=lines[0]),), (*buttons, suggested("help")))


def _named_program(text: str, situation: Situation) -> str | None:
    """Return a well-known program that the words name, if there is just one."""
    found = set()
    for word in normalise(text).replace(",", " ").split():
        match = next(iter(situation.finder.resolve(word, 1)), None) if len(word) >= _SHORTEST_NAME else None
        facts = situation.finder.facts(match.attribute) if match and match.score >= _SURE else None
        if match is not None and facts is not None and facts.description:
            found.add(match.attribute)
    return found.pop() if len(found) == 1 else None


def _examples(names: Sequence[str], situation: Situation) -> list[str]:
    """Return an example of each request that can be carried out here."""
    return ShownExamples(place_of(situation)).lines([Hint(name) for name in names], len(names))


def _lines(names: Sequence[str], situation: Situation) -> Bullets:
    examples = _examples(names, situation)
    return Bullets(tuple(message("help-line", example=example) for example in examples))


def _buttons(names: Sequence[str], situation: Situation) -> tuple[Suggested, ...]:
    examples = _examples(names, situation)
    return (*(suggested("example", example=example) for example in examples), suggested("help"))

"""What the dialogue expects: which of the open choices an answer picks."""

import re
from collections.abc import Sequence

from nixforhumanity.understanding.requests import Choice

_NUMBERS = {
    "1": 1, "one": 1, "first": 1, "2": 2, "two": 2, "second": 2, "3": 3, "three": 3, "third": 3,
    "4": 4, "four": 4, "fourth": 4, "5": 5, "five": 5, "fifth": 5, "6": 6, "six": 6, "sixth": 6,
}  # fmt: skip
_ORDINAL = re.compile(
    r"(?:i (?:would like|want|choose|pick|take) |take |pick |use |choose )?"
    r"(?:the |number |option |no )?(?P<number>[a-z]+|[0-9]+)(?: one| option)?"
)


def picked_choice(text: str, choices: Sequence[Choice]) -> Choice | None:
    """Return the choice that the normalised text picks by number, order, label or words."""
    if not choices:
        return None
    for choice in choices:
        if text in _ways_to_say(choice):
            return choice
    if text in ("the last", "the last one", "last", "last one"):
        return choices[-1]
    match = _ORDINAL.fullmatch(text)
    if match is not None and (number := _NUMBERS.get(match["number"], 0)) and number <= len(choices):
        return choices[number - 1]
    return None


def _ways_to_say(choice: Choice) -> set[str]:
    words = {choice.label.casefold(), *(word.casefold() for word in choice.words)}
    return words | {f"the {word} one" for word in words} | {f"{word} please" for word in words}

"""What the dialogue expects: which of the open choices an answer picks, also in whole sentences."""

import re
from collections.abc import Sequence

from nixforhumanity.understanding.requests import Choice, Request

_NUMBERS = {
    "1": 1, "one": 1, "first": 1, "2": 2, "two": 2, "second": 2, "3": 3, "three": 3, "third": 3,
    "4": 4, "four": 4, "fourth": 4, "5": 5, "five": 5, "fifth": 5, "6": 6, "six": 6, "sixth": 6,
}  # fmt: skip
_ORDINAL = re.compile(
    r"(?:the |number |option |no )*(?P<number>[a-z]+|[0-9]+)(?: one| option| program| choice| entry)?"
)
_LAST = re.compile(r"(?:the )?last(?: one| option| program| choice)?")
_OTHER = re.compile(r"(?:the )?other(?: one| program| choice)?")
_SECOND_THOUGHTS = re.compile(
    r"(?:(?:oh no|no wait|wait|no|oh|ok|okay|well|hmm?|actually|sorry|then|so|and|but|yes|please"
    r"|i (?:have )?(?:just )?changed my mind|on second thoughts?|i was wrong|that was wrong)(?:[ ,.;!]+|$))+"
)
_WISH = re.compile(
    r"(?:(?:i|we) (?:would (?:like|love|prefer|rather|take|choose)|will(?: have| take| choose)?|want|choose"
    r"|pick|take|prefer|need|am going to take|think i(?: would| will)? (?:like|want|take))(?: to)?"
    r"(?: (?:have|take|install|try|use|get|go (?:with|for)))? "
    r"|(?:please )?(?:give|get|install|bring|show)(?: me| us)? |let (?:us|me) (?:take|have|try|use) "
    r"|(?:make it|go (?:with|for)|how about|what about|rather|better|take|pick|use|choose|try|have) )"
)
_TAIL = re.compile(
    r"(?:[ ,.]+(?:please|then|instead|thanks|thank you|for me|rather|after all|looks good|sounds good"
    r"|will do|would be (?:good|nice|fine)))+$"
)


def picked_choice(text: str, choices: Sequence[Choice], taken: int | None = None) -> Choice | None:
    """Return the choice that the normalised text picks by number, order, label or words.

    `taken` is the place (from 0) of the one that was picked before: "the other one" is not that one.
    """
    if not choices:
        return None
    for words in _ways_to_read(text):
        for choice in choices:
            if words in _ways_to_say(choice):
                return choice
        if _LAST.fullmatch(words):
            return choices[-1]
        if taken is not None and len(choices) == 2 and _OTHER.fullmatch(words):
            return choices[1 - taken]
        match = _ORDINAL.fullmatch(words)
        if match is not None and (number := _NUMBERS.get(match["number"], 0)) and number <= len(choices):
            return choices[number - 1]
    return None


def place_of(requests: Sequence[Request], choices: Sequence[Choice]) -> int | None:
    """Return the place (from 0) of the choice that the requests are; None when they are none of them."""
    places = (place for place, choice in enumerate(choices) if [choice.request] == list(requests))
    return next(places, None)


def without_second_thoughts(text: str) -> str:
    """Return the words after "no wait, I changed my mind" and the like; the same words without any."""
    return _SECOND_THOUGHTS.sub("", text, count=1) if _SECOND_THOUGHTS.match(text) else text


def _ways_to_read(text: str) -> list[str]:
    """Return the text itself, and what is left of it without the words of a wish around it."""
    bare = _TAIL.sub("", without_second_thoughts(text))
    wished = _WISH.match(bare)
    rest = bare[wished.end() :] if wished else bare
    return list(dict.fromkeys((text, bare, rest.strip(" ,."))))


def _ways_to_say(choice: Choice) -> set[str]:
    words = {choice.label.casefold(), *(word.casefold() for word in choice.words)}
    return words | {f"the {word} one" for word in words} | {f"{word} one" for word in words}

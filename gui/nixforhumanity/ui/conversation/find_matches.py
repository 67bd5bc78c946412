"""Where words are in a conversation. Knows no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from nixforhumanity.ui.conversation.items import Item, MessageItem
from nixforhumanity.ui.conversation.visible_text import plain_text, visible_text


@dataclass(frozen=True, slots=True)
class Match:
    """One place where the words are."""

    row: int
    number: int
    """The how manieth place in its row, from 0."""


def searchable_text(item: Item) -> str:
    """Return about the text that a person sees of an item, in lower case."""
    if isinstance(item, MessageItem):
        return plain_text(visible_text(item.text)).lower()
    card = item.card
    parts = (card.title, card.sentence, *card.costs, card.undo, *(step.command for step in card.steps))
    return "\n".join(parts).lower()


def line_of(text: str, words: str, number: int) -> str:
    """Return the line in which the words are for the how manieth time, from 0; empty if nowhere."""
    left = number
    for line in text.split("\n"):
        count = line.lower().count(words.lower())
        if left < count:
            return line.strip()
        left -= count
    return ""


def find_matches(texts: Sequence[str], words: str) -> list[Match]:
    """Return all places of the words (any case) in these lower-case texts, from the first to the last."""
    wanted = words.lower()
    if not wanted:
        return []
    return [
        Match(row, number)
        for row, text in enumerate(texts)
        if wanted in text
        for number in range(text.count(wanted))
    ]

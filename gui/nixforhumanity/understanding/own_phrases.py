"""A person's own words for a request: which words may be kept, and what is meant when they are said again."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from nixforhumanity.core.catalogue import Effect, catalogue
from nixforhumanity.understanding.answer_words import says_no, says_yes
from nixforhumanity.understanding.answer_words_of_languages import is_answer_anywhere
from nixforhumanity.understanding.follow_up_words import follow_up_words
from nixforhumanity.understanding.normalise import clean, normalise, without_politeness
from nixforhumanity.understanding.requests import (
    Choice,
    Decision,
    NameIndex,
    NameMatch,
    Request,
    Understanding,
)
from nixforhumanity.understanding.slots import CERTAIN, everyday_word
from nixforhumanity.understanding.typed_commands import typed_command

MOST_WORDS = 14
MOST_LETTERS = 160
NAME = "\x1f"
"""Stands in a key where the program is named; no words that are said can hold it."""
_LONGEST_NAME = 4
_EXACT = 0.999
_OFFERED = 3
_EDGES = ".,!?;:…¡¿、。！？'\"()[]{}-–"
_LASTING_TALK = frozenset({"show_history", "what_was_deleted"})
"""What is about the talk, and means the same whenever it is said."""
_NEVER = frozenset({"diagnose_error", "out_of_scope"})


@dataclass(frozen=True, slots=True)
class OwnPhrase:
    """What a person says, and what is meant by it."""

    words: str
    request: Request
    key: str
    """The words as they are compared; NAME stands for the program's name where another may be said."""


class PhraseBook(Protocol):
    """Keeps the phrases of one person."""

    def phrases_with(self, keys: Sequence[str]) -> Mapping[str, OwnPhrase]:
        """Return the phrases that have these keys, by key."""
        ...


def may_be_meant(request: str) -> bool:
    """Tell whether a phrase may stand for this request: never for a yes, a no or what answers something."""
    kind = catalogue().get(request)
    if kind is None or request in _NEVER:
        return False
    return kind.effect is not Effect.DIALOGUE or request in _LASTING_TALK


def key_of(words: str) -> str:
    """Return words as they are compared: without case, punctuation and politeness."""
    return " ".join(_bare_words(words))


def may_be_kept(words: str) -> bool:
    """Tell whether these words can be anybody's own: short, in one line, no command, no yes or no."""
    line = words.strip()
    if not line or "\n" in line or len(line) > MOST_LETTERS or line.startswith("/"):
        return False
    bare = _bare_words(line)
    if not 0 < len(bare) <= MOST_WORDS or typed_command(clean(line)) is not None:
        return False
    return not any(map(_is_answer, {normalise(line), clean(line).casefold(), " ".join(bare)}))


def phrase_for(words: str, request: Request, index: NameIndex, language: str) -> OwnPhrase | None:
    """Return the phrase that words and request make; None where it would mean something else next time.

    "It" is never the same thing. Whether the words were only a slip, the caller has to know.
    """
    if not may_be_kept(words) or not may_be_meant(request.name):
        return None
    bare = _bare_words(words)
    shown = " ".join(clean(words).split())
    package = request.slots.get("package")
    if not isinstance(package, str):
        return None if _points_back(bare, language) else OwnPhrase(shown, request, " ".join(bare))
    place = _named(bare, package, index)
    if place is None:
        return None if _points_back(bare, language) else OwnPhrase(shown, request, " ".join(bare))
    start, end = place
    key = " ".join((*bare[:start], NAME, *bare[end:]))
    # Nothing but a name: another name must not be taken for the same wish.
    return OwnPhrase(shown, request, " ".join(bare) if key == NAME else key)


def understood_by_phrase(
    text: str, book: PhraseBook, index: NameIndex
) -> tuple[OwnPhrase, Understanding] | None:
    """Return what a line means by the person's own words; None when they are not among them."""
    bare = _bare_words(text)
    if not 0 < len(bare) <= MOST_WORDS or not may_be_kept(text):
        return None
    spans = {" ".join((*bare[:start], NAME, *bare[end:])): (start, end) for start, end in _spans(bare)}
    kept = book.phrases_with([" ".join(bare), *spans])
    # Whatever the file says: a yes is never taken from it.
    found = {key: one for key, one in kept.items() if may_be_meant(one.request.name)}
    if (exact := found.get(" ".join(bare))) is not None:
        return exact, _act(text, exact.request)
    unsure: tuple[OwnPhrase, Understanding] | None = None
    # The shortest name first: the more words the phrase itself has, the more certain.
    for key, (start, end) in sorted(spans.items(), key=lambda item: item[1][1] - item[1][0]):
        if (phrase := found.get(key)) is None:
            continue
        name = " ".join(bare[start:end])
        near = index.resolve(name)
        if near and near[0].score >= CERTAIN and not everyday_word(name):
            return phrase, _act(text, phrase.request.about("package", near[0].attribute))
        if near and end - start == 1 and unsure is None:
            unsure = phrase, _ask(text, phrase, name, near)
    return unsure


def named_exactly(words: str, index: NameIndex) -> frozenset[str]:
    """Return the programs whose very names stand among the words."""
    every = (index.resolve(word, 1) for word in _bare_words(words) if not everyday_word(word))
    return frozenset(near[0].attribute for near in every if near and near[0].score >= _EXACT)


def _is_answer(line: str) -> bool:
    """Tell whether a line is a yes or a no in any language: it answers what is asked, and no more."""
    return says_yes(line) or says_no(line) or is_answer_anywhere(line)


def _bare_words(text: str) -> list[str]:
    bare = without_politeness(normalise(text))
    return [word for one in bare.split() if (word := one.strip(_EDGES))]


def _spans(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for length in range(1, _LONGEST_NAME + 1):
        for start in range(len(words) - length + 1):
            if length < len(words):
                yield start, start + length


def _every_span(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    yield from _spans(words)
    if len(words) <= _LONGEST_NAME:
        yield 0, len(words)


def _named(words: Sequence[str], package: str, index: NameIndex) -> tuple[int, int] | None:
    """Return where the words name a program: the surest place, of these the longest."""
    best: tuple[float, int, tuple[int, int]] | None = None
    for start, end in _every_span(words):
        near = index.resolve(" ".join(words[start:end]), 1)
        if near and near[0].attribute == package and near[0].score >= CERTAIN:
            this = (near[0].score, end - start, (start, end))
            best = this if best is None or this[:2] > best[:2] else best
    return None if best is None else best[2]


def _points_back(words: Sequence[str], language: str) -> bool:
    line = f" {' '.join(words)} "
    return any(re.search(rf" {re.escape(one)} ", line) for one in follow_up_words(language).pronouns)


def _act(text: str, request: Request) -> Understanding:
    return Understanding(text, (request,), Decision.ACT, alternatives=(request.name,))


def _ask(text: str, phrase: OwnPhrase, name: str, near: Sequence[NameMatch]) -> Understanding:
    choices = tuple(
        Choice(one.attribute, phrase.request.about("package", one.attribute), (one.attribute,))
        for one in near[:_OFFERED]
    )
    kept = {slot: value for slot, value in phrase.request.slots.items() if slot != "package"}
    return Understanding(
        text,
        (Request(phrase.request.name, kept, 0.5),),
        Decision.ASK,
        alternatives=(phrase.request.name,),
        choices=choices,
        unknown_name=name,
    )

"""Yes and no in the languages whose words are in resources/understanding/answers.toml."""

import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache

from nixforhumanity.core.resources import resource

_LONGEST = 8
"""Words; what is longer says more than yes or no."""
_LETTERS = 60
_LONGEST_RUN = 10
_SIGNS = ' \t,.!;:…。、！，।،"'
_BLANKS = str.maketrans(dict.fromkeys(_SIGNS, " "))


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """The words that short answers of one language are made of."""

    yes: frozenset[str]
    phrases: frozenset[str]
    """Whole ways to say yes, each word by a blank."""
    polite: frozenset[str]
    """What may stand beside a yes without changing it."""
    no: frozenset[str]
    beside: frozenset[str]
    """What may stand beside a no."""
    clear: frozenset[str]
    """A yes also beside thanks; "okay, thanks" ends a talk."""
    thanks: frozenset[str]

    def says_no(self, normalised: str) -> bool:
        """Tell whether a short answer is a no, also one that comes with a yes."""
        return bool(set(self._words(normalised, self.no | self.beside | self.yes)) & self.no)

    def says_yes(self, normalised: str) -> bool:
        """Tell whether a short answer is plainly a yes, and nothing else."""
        if self.says_no(normalised):
            return False
        if self._is_phrase(normalised.translate(_BLANKS).split()):
            return True
        words = self._words(normalised, self.yes | self.polite | self.phrases)
        said = [word for word in words if word in self.yes or word in self.phrases]
        others = [word for word in words if word in self.thanks]
        return bool(said) and not (others and not set(said) & self.clear)

    def is_answer(self, normalised: str) -> bool:
        """Tell whether a line is a yes or a no."""
        return self.says_no(normalised) or self.says_yes(normalised)

    def _is_phrase(self, words: list[str]) -> bool:
        """Tell whether words are a way to say yes, with a plain yes before it or politeness around it."""
        bare = [word for word in words if word not in self.polite]
        while bare and " ".join(bare) not in self.phrases and bare[0] in self.yes:
            del bare[0]
        return bool(bare) and " ".join(bare) in self.phrases and len(words) <= _LONGEST

    def _words(self, normalised: str, known: Set[str]) -> list[str]:
        """Return the words of a line that is made of known words only; nothing for any other line."""
        if len(normalised) > _LETTERS:
            return []
        found: list[str] = []
        for word in normalised.translate(_BLANKS).split():
            parts = [word] if word in known else _cut(word, known)
            if not parts:
                return []
            found += parts
        return found if len(found) <= _LONGEST else []


@cache
def answer_words(language: str) -> AnswerWords | None:
    """Return the words of a language; None for English, which has its own rules, and for unknown ones."""
    rows = _rows().get(language)
    if rows is None:
        return None
    phrases = frozenset(rows["phrases"].split("|"))
    kinds = ("polite", "no", "beside", "clear", "thanks")
    return AnswerWords(frozenset(rows["yes"].split()), phrases, *(frozenset(rows[k].split()) for k in kinds))


def is_answer_anywhere(normalised: str) -> bool:
    """Tell whether a line is a yes or a no in any language but English."""
    return any(words.is_answer(normalised) for words in _all_languages())


def is_yes_anywhere(normalised: str) -> bool:
    """Tell whether a line is a yes in some language but English, and a no in none of them."""
    known = _all_languages()
    return any(one.says_yes(normalised) for one in known) and not is_no_anywhere(normalised)


def is_no_anywhere(normalised: str) -> bool:
    """Tell whether a line is a no in any language but English."""
    return any(words.says_no(normalised) for words in _all_languages())


@cache
def _rows() -> Mapping[str, Mapping[str, str]]:
    rows: dict[str, dict[str, str]] = tomllib.loads(
        resource("understanding", "answers.toml").read_text(encoding="utf-8")
    )
    return rows


@cache
def _all_languages() -> tuple[AnswerWords, ...]:
    return tuple(words for language in _rows() if (words := answer_words(language)) is not None)


def _cut(run: str, known: Set[str]) -> list[str]:
    """Cut a run of Chinese or Japanese letters into the longest known words; nothing when that fails."""
    if not any("\u3040" <= letter <= "\u30ff" or "\u4e00" <= letter <= "\u9fff" for letter in run):
        return []
    found: list[str] = []
    while run:
        sizes = range(min(_LONGEST_RUN, len(run)), 0, -1)
        word = next((run[:size] for size in sizes if run[:size] in known), None)
        if word is None:
            return []
        found.append(word)
        run = run[len(word) :]
    return found

"""Yes and no in the languages whose words are in resources/understanding/answers.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache

from nixforhumanity.core.resources import resource

_LONGEST = 8
"""Words; what is longer says more than yes or no."""
_LETTERS = 60
_SIGNS = " \t,.!?;:…。、！？，।؟،\"'"


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """The words that short answers of one language are made of."""

    yes: frozenset[str]
    no: frozenset[str]
    beside: frozenset[str]
    """What may stand beside a yes or a no without changing it."""
    clear: frozenset[str]
    """A yes also beside thanks; "okay, thanks" ends a talk."""
    thanks: frozenset[str]

    def says_no(self, normalised: str) -> bool:
        """Tell whether a short answer is a no, also one that comes with a yes."""
        return bool(self.words_of(normalised) & self.no)

    def says_yes(self, normalised: str) -> bool:
        """Tell whether a short answer is nothing but a yes."""
        words = self.words_of(normalised)
        if normalised.rstrip().endswith(("?", "？", "؟")) or words & self.no:
            return False
        return bool(words & self.yes) and not (words & self.thanks and not words & self.clear)

    def words_of(self, normalised: str) -> set[str]:
        """Return the words of a line that is made of answer words only; nothing for any other line."""
        found: list[str] = []
        known = self.yes | self.no | self.beside
        if len(normalised) > _LETTERS:
            return set()
        for word in normalised.translate(_BLANKS).split():
            parts = [word] if word in known else self._cut(word, known)
            if not parts:
                return set()
            found += parts
        return set(found) if len(found) <= _LONGEST else set()

    def _cut(self, run: str, known: frozenset[str]) -> list[str]:
        """Cut a run of letters without spaces into the longest known words; nothing when that fails."""
        if run.isascii() or _has_letters_with_spaces(run):
            return []
        found: list[str] = []
        while run:
            word = next((run[:size] for size in range(min(8, len(run)), 0, -1) if run[:size] in known), None)
            if word is None:
                return []
            found.append(word)
            run = run[len(word) :]
        return found


_BLANKS = str.maketrans({sign: " " for sign in _SIGNS if sign != "'"})


@cache
def answer_words(language: str) -> AnswerWords | None:
    """Return the words of a language; None for English, which has its own rules, and for unknown ones."""
    rows = tomllib.loads(resource("understanding", "answers.toml").read_text(encoding="utf-8")).get(language)
    if rows is None:
        return None
    return AnswerWords(
        *(frozenset(rows[name].split()) for name in ("yes", "no", "beside", "clear", "thanks"))
    )


def _has_letters_with_spaces(run: str) -> bool:
    """Tell whether a run is of a script that puts spaces between words: anything but Chinese and Japanese."""
    return not any("\u3040" <= letter <= "\u30ff" or "\u4e00" <= letter <= "\u9fff" for letter in run)

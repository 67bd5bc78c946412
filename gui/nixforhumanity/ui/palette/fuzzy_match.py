"""How well a few typed letters fit a title."""

import unicodedata

NO_MATCH = -1
START_OF_WORD = 8
RUN_OF_LETTERS = 5
ANY_LETTER = 1
WHOLE_START = 20


def fold(text: str) -> str:
    """Return the text without case and accents, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def match_score(typed: str, title: str) -> int:
    """Return how well `typed` fits `title`: higher is better, NO_MATCH when it does not.

    Every word of `typed` must occur; letters at the start of a word and runs of letters count more.
    """
    title = fold(title)
    total = 0
    for word in fold(typed).split():
        score = max((_from(word, title, start) for start in range(len(title))), default=NO_MATCH)
        if score == NO_MATCH:
            return NO_MATCH
        total += score
    return total * 10 - min(len(title), 200) // 10 if total else 0


def _from(word: str, title: str, start: int) -> int:
    if title[start] != word[0]:
        return NO_MATCH
    score, at, last = 0, start, start - 2
    for letter in word:
        at = title.find(letter, at)
        if at < 0:
            return NO_MATCH
        if at == last + 1:
            score += RUN_OF_LETTERS
        elif at == 0 or not title[at - 1].isalnum():
            score += START_OF_WORD
        else:
            score += ANY_LETTER
        last, at = at, at + 1
    return score + (WHOLE_START if start == 0 and title.startswith(word) else 0)

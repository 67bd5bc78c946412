"""Words and names as a search sees them: without case, punctuation and endings, and how far two are apart."""

import re
import unicodedata

from rapidfuzz.distance import OSA

LONGEST_QUERY = 200
"""Letters of a query that are looked at; names and purposes are far shorter."""
MOST_WORDS = 12

_WORD = re.compile(r"[^\W_]+[+#]*")
_NOT_IN_KEY = re.compile(r"[^\w+#]|_")
_SMALL_WORDS = frozenset(
    """
    a an the and or of for to in on at by with from into my me i we our your you it its is are be am
    do does did can could would should will want wants need needs like let lets please some
    something anything any good best nice program programs app apps application applications
    software tool tools package packages thing things that which what who how this these those there
    have has get use using used help linux nixos nix
    """.split()  # noqa: SIM905
)


def cleaned(text: str) -> str:
    """Return the beginning of the text in one line, without control characters, letters composed."""
    start = unicodedata.normalize("NFKC", text[:LONGEST_QUERY])
    visible = "".join(letter if letter.isprintable() else " " for letter in start)
    return " ".join(visible.split())


def name_key(text: str) -> str:
    """Return what is left of a name when spelling does not matter: `VS Code` and `vscode` are the same."""
    return _NOT_IN_KEY.sub("", text.casefold())


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters; `c++` and `c#` are words."""
    return _WORD.findall(text.casefold())


def content_words(text: str) -> list[str]:
    """Return the words that carry meaning, at most twelve; all words when only small ones were said."""
    every = words_of(cleaned(text))
    return ([word for word in every if word not in _SMALL_WORDS] or every)[:MOST_WORDS]


def stem(word: str) -> str:
    """Return the word without common English endings, so that `editing`, `edits` and `edit` meet."""
    if len(word) < 4:
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def allowed_slips(word: str) -> int:
    """Return how many slips a word of this length may have: none to three letters, two from eight on."""
    if len(word) < 4:
        return 0
    return 2 if len(word) >= 8 else 1


def distance(first: str, second: str, most: int) -> int:
    """Return how many letters are added, lost, changed or swapped with the next one; `most + 1` when more."""
    return OSA.distance(first, second, score_cutoff=most)

"""The first step: one spelling for what was typed, so that later steps compare plain words."""

import re
import unicodedata

_CONTRACTIONS = {
    "what's": "what is", "whats": "what is", "where's": "where is", "who's": "who is", "how's": "how is",
    "that's": "that is", "it's": "it is", "let's": "let us", "i'd": "i would", "i'm": "i am",
    "i've": "i have", "i'll": "i will", "don't": "do not", "dont": "do not", "can't": "can not",
    "cannot": "can not", "won't": "will not", "doesn't": "does not", "isn't": "is not",
    "didn't": "did not", "wasn't": "was not", "you're": "you are", "wanna": "want to", "gonna": "going to",
    "gimme": "give me", "lemme": "let me", "pls": "please", "plz": "please", "u": "you",
}  # fmt: skip
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
)
_POLITE_START = re.compile(
    r"(?:(?:hey|hi|hello|ok|okay|so|well|um|uh|please|kindly|now|just)[ ,]+"
    r"|(?:can|could|would|will) you (?:please |kindly )?"
    r"|(?:i (?:want|need|would like) you to |i would like to |i want to |i need to |let us )"
    r"|(?:can|could|may) i (?:please )?)+"
)
_POLITE_END = re.compile(
    r"(?:[ ,]+(?:please|thanks|thank you|for me|now|right now|if you can|will you|would you|again please))+$"
)
_EDGES = " \t.,!?;:…。！？、'\""
MAXIMUM_LENGTH = 2_000
"""Characters that are looked at; a longer text is not a request but something pasted."""


def clean(text: str) -> str:
    """Return the text on one line, without control and invisible characters, in one Unicode form."""
    composed = unicodedata.normalize("NFKC", text[: MAXIMUM_LENGTH * 2]).translate(_QUOTES)
    kept = (
        " " if character.isspace() else character
        for character in composed
        if character.isspace() or unicodedata.category(character)[0] != "C"
    )
    return " ".join("".join(kept).split())[:MAXIMUM_LENGTH]


def normalise(text: str) -> str:
    """Return lower-case plain words, contractions spelled out and the edges' punctuation gone."""
    words = clean(text).casefold().strip(_EDGES).split(" ")
    words = [_CONTRACTIONS.get(word, word) for word in words]
    return re.sub(r"\s*[,;:!?]+(?=\s|$)", ",", " ".join(words)).strip(_EDGES)


def without_politeness(normalised: str) -> str:
    """Return the words less what is only polite around them; the same words when nothing else is left."""
    bare = _POLITE_END.sub("", normalised)
    bare = _POLITE_START.sub("", bare, count=1) if _POLITE_START.match(bare) else bare
    return bare.strip(_EDGES) or normalised

"""The first step: one spelling for what was typed, so that later steps compare plain words."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from nixforhumanity.understanding.invisible import visible

_CONTRACTIONS = {
    "what's": "what is", "whats": "what is", "where's": "where is", "who's": "who is", "how's": "how is",
    "that's": "that is", "it's": "it is", "let's": "let us", "i'd": "i would", "i'm": "i am",
    "i've": "i have", "i'll": "i will", "don't": "do not", "dont": "do not", "can't": "can not",
    "cannot": "can not", "won't": "will not", "doesn't": "does not", "isn't": "is not",
    "didn't": "did not", "wasn't": "was not", "you're": "you are", "wanna": "want to", "gonna": "going to",
    "gimme": "give me", "dunno": "do not know", "wat": "what", "ur": "your", "im": "i am", "ive": "i have",
    "id": "i would", "hows": "how is", "thats": "that is", "cant": "can not", "wont": "will not",
    "doesnt": "does not",
    "kinda": "kind of", "thx": "thanks", "ty": "thanks", "tnx": "thanks", "nvm": "never mind",
    "howto": "how to", "halp": "help", "yea": "yeah",
    "we're": "we are", "they're": "they are", "there's": "there is", "here's": "here is",
    "shouldn't": "should not", "lemme": "let me", "pls": "please", "plz": "please", "u": "you",
}  # fmt: skip
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
)
_POLITE_START = re.compile(
    r"(?:(?:hey|hi|hello|yo|ok|okay|so|well|um|uh|oh|ah|hmm|oops|right|also|sorry|excuse me"
    r"|please(?: to)?|kindly|now|just|maybe|simply|good (?:morning|day|evening|afternoon)"
    r"|dear computer|computer|dude|bro|mate)[ ,]+"
    r"|(?:can|could|would|will) (?:you|u) (?:please |kindly |maybe |just )?"
    r"|would you mind |be so (?:kind|good) (?:as to|and) |go ahead and |i wonder if you (?:can|could) "
    r"|i (?:want|need|would like|wish|would love) (?:for )?(?:you to|that you) "
    r"|i would (?:like|love) to |(?:i )?want to |i wish to "
    r"|i need to |i am trying to |we (?:can|should|could) |let us |let me |i have to |do you think you could "
    r"|(?:can|could|may|might) (?:i|we) (?:please )?)+"
)
_POLITE_END = re.compile(
    r"(?:[ ,]+(?:please|thanks|thank you|many thanks|for me|for us|now|rn|right now|right away|at once|asap"
    r"|quickly|real quick|if you can|if possible|if you do not mind|when you can|will you|would you"
    r"|can you|could you|again please|instead|after all|dude|bro|mate|lol|dear|dear computer|my friend"
    r"|already"
    r"|(?:and|then) tell me when (?:it|that) is (?:done|ready|gone|finished|over|there)))+$"
)
_POLITE_MIDDLE = re.compile(r",? (?:please|if you can|if possible),? ")
_NOTHING: Mapping[str, str] = MappingProxyType({})
_EDGES = " \t.,!?;:…。！？、，；¿¡؟،।'\""
MAXIMUM_LENGTH = 2_000
"""Characters that are looked at; a longer text is not a request but something pasted."""


def clean(text: str) -> str:
    """Return the text on one line, without control and invisible characters, in one Unicode form."""
    shown = visible(text[: MAXIMUM_LENGTH * 2])
    # One letter may stand for eighteen: what they become is cut as well.
    composed = unicodedata.normalize("NFKC", shown)[: MAXIMUM_LENGTH * 2].translate(_QUOTES)
    return " ".join(composed.split())[:MAXIMUM_LENGTH]


def normalise(text: str, mixed_in: Mapping[str, str] = _NOTHING, language: str = "en") -> str:
    """Return lower-case plain words, English contractions spelled out and the edges' punctuation gone.

    `mixed_in`: words of other languages and what they stand for. `language`: of the line, where it is known:
    "im" is a whole word in German.
    """
    words = clean(text).casefold().strip(_EDGES).split(" ")
    if language == "en":
        words = [_plain_word(word, mixed_in) for word in words]
    return re.sub(r"\s*[,;:!?]+(?=\s|$)", ",", " ".join(words)).strip(_EDGES)


def _plain_word(word: str, mixed_in: Mapping[str, str]) -> str:
    bare = word.rstrip(_EDGES)
    known = _CONTRACTIONS.get(bare) or mixed_in.get(bare)
    return word if known is None else known + word[len(bare) :]


def without_politeness(normalised: str) -> str:
    """Return the words less what is only polite around them; the same words when nothing else is left."""
    bare = _POLITE_END.sub("", _POLITE_MIDDLE.sub(" ", normalised))
    bare = _POLITE_START.sub("", bare, count=1) if _POLITE_START.match(bare) else bare
    return bare.strip(_EDGES) or normalised

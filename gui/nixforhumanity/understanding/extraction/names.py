"""Names of programs in a line: the longest first; other names, versions, spelt, split and misspelt ones."""

import re
from dataclasses import replace
from types import MappingProxyType

from nixforhumanity.understanding.extraction.numbers import number_of
from nixforhumanity.understanding.extraction.spans import Candidate
from nixforhumanity.understanding.extraction.spelling import allowed_slips, key_of, slips
from nixforhumanity.understanding.extraction.surroundings import context_word
from nixforhumanity.understanding.extraction.tables import english_words, word_set
from nixforhumanity.understanding.extraction.words import Line
from nixforhumanity.understanding.requests import NameIndex, NameMatch

CERTAIN = 0.9
"""From this score on a name is taken as meant."""
_ONE_OF_FEW = 0.85
"""From here on the name is right, but several packages have it."""
_ATTRIBUTE = re.compile(r"[A-Za-z_][\w+-]*(?:\.[A-Za-z_][\w+-]*){0,4}")
_PREFIX = re.compile(
    r"^(?:(?:github:)?nixpkgs(?:/[\w.-]+)?#|nixpkgs\.|nixos\.|pkgs\.|legacyPackages\.[\w-]+\.|nixos-unstable\.|unstable\.)"
)
_COMMAND_PATH = re.compile(r"^(?:/usr)?/bin/|^/nix/store/[a-z0-9]+-")
_ABOUT = re.compile(r"\.(?:version|name|pname|src|outPath|drvPath|meta(?:\.\w+){0,2})$")
_BETWEEN = frozenset({"and", "or", "to", "the", "for", "in", "with", "is", "of"})
_SLIP_OF_POPULAR = 0.8
"""A slip of a popular program's name has this score, and no other guess has it."""
_TWO_SLIPS = 0.7
_LIBRARIES_FOR_PEOPLE = frozenset(
    {"python3Packages", "kdePackages", "phpPackages", "nodePackages", "gnomeExtensions"}
)
_MOST_LOOK_UPS = 90
_MOST_WORDS = 60
_LONGEST = 4
_VERSIONS = MappingProxyType(
    {
        "python": ("python{0}{1}", "python{0}"), "py": ("python{0}{1}", "python{0}"), "java": ("jdk{0}",),
        "jdk": ("jdk{0}",), "openjdk": ("jdk{0}",), "node": ("nodejs_{0}",), "nodejs": ("nodejs_{0}",),
        "node.js": ("nodejs_{0}",), "postgres": ("postgresql_{0}",), "postgresql": ("postgresql_{0}",),
        "php": ("php{0}{1}", "php"), "gcc": ("gcc{0}",), "clang": ("clang_{0}",), "llvm": ("llvm_{0}",),
        "ruby": ("ruby_{0}_{1}", "ruby"), "go": ("go_{0}_{1}",), "godot": ("godot_{0}",),
        "lua": ("lua{0}_{1}",), "qt": ("qt{0}.full", "qt{0}.qtbase"), "gtk": ("gtk{0}",),
    }
)  # fmt: skip
_PLAIN = MappingProxyType({"qt": "qt6.qtbase", "qt5": "qt5.qtbase", "qt6": "qt6.qtbase", "gtk": "gtk3"})
_VERSION = re.compile(r"([0-9]{1,2})(?:\.([0-9]{1,2}))?(?:\.[0-9]{1,2})?")
_POSSESSIVE = re.compile(r"['’]s$")


def is_attribute(name: str) -> bool:
    """Tell whether this has the form of a package's attribute."""
    return len(name) <= 120 and _ATTRIBUTE.fullmatch(name) is not None


def prefixed_name(raw: str) -> str | None:
    """Return the name of a package that is written with its source, as in `nixpkgs#vlc`; None without it."""
    name = _PREFIX.sub("", raw)
    return _ABOUT.sub("", name) if name != raw else None


class NamesInLine:
    """Looks the names of one line up; each only once, and no more than a few dozen."""

    def __init__(self, line: Line, index: NameIndex) -> None:
        self._line = line
        self._index = index
        self._known: dict[str, tuple[NameMatch, ...]] = {}

    def candidates(self) -> list[Candidate]:
        """Return every name that the line may hold."""
        found: list[Candidate] = []
        for first in range(min(len(self._line.words), _MOST_WORDS)):
            found += self.versions(first)
            for last in range(self._longest(first), first, -1):
                if (one := self._exact(first, last)) is not None:
                    found.append(one)
        prefixed = [one for one in found if "prefixed" in one.marks]
        if prefixed:
            return [one for one in prefixed if is_attribute(one.value)]
        slips_in = {one.first for one in found}
        for first in range(min(len(self._line.words), _MOST_WORDS)):
            if first not in slips_in and (slip := self.slip(first)) is not None:
                found.append(slip)
        found = [one for one in found if is_attribute(one.value)]
        others = [one for one in found if one.value not in ("nix", "nixos-rebuild")] or found
        if any("everyday" not in one.marks for one in others):
            others = [one for one in others if "everyday-sameFalse" not in one.marks]
        rival = any(not _is_english(one) for one in others)
        return [
            replace(one, marks=(*one.marks, f"english-rival{rival}")) if _is_english(one) else one
            for one in others
        ]

    def _is_whole_run(self, first: int, last: int) -> bool:
        """Whether no letter goes before or after, but for an article."""
        words = self._line.words
        before = self._is_letter(first - 1) and words[first - 1].low not in ("a", "i")
        after = self._is_letter(last) and words[last].low != "a"
        return not before and not after

    def _is_letter(self, place: int) -> bool:
        words = self._line.words
        return 0 <= place < len(words) and len(words[place].low) == 1 and words[place].low.isalnum()

    def guesses(self, words: str) -> tuple[NameMatch, ...]:
        """Return what an uncertain name may mean."""
        return tuple(one for one in self._look_up(words) if is_attribute(one.attribute))

    def _longest(self, first: int) -> int:
        """Return where the longest name that begins here may end."""
        words = self._line.words
        last = first
        most = first + (12 if len(words[first].low) == 1 else _LONGEST)
        while last < min(most, len(words)):
            last += 1
            if words[last - 1].closes.strip("'\""):
                break
        return last

    def _exact(self, first: int, last: int) -> Candidate | None:
        if last - first == 1:
            return self._single(first)
        lows = self._line.lows(first, last)
        spelt = _spelt(lows)
        if spelt is not None and not self._is_whole_run(first, last):
            return None
        if spelt is None:
            small = word_set("everyday", "small")
            if last - first > _LONGEST or lows[0] in small or lows[-1] in small or _BETWEEN & set(lows):
                return None
        text = spelt or re.sub(r" (?:dash|minus|hyphen) ", "-", " ".join(lows))
        found = self.sure(text)
        if found is None or len(key_of(text)) < 2 + (spelt is None) or not _for_people(found, text):
            return None
        kind = "spelt" if spelt else "several"
        english = all(low in english_words() for low in lows)
        return Candidate(
            first, last, found.attribute, (kind, f"{kind}{last - first}", f"several-english{english}")
        )

    def _single(self, first: int) -> Candidate | None:
        word = self._line.words[first]
        prefixed = _PREFIX.sub("", word.raw)
        if prefixed != word.raw:
            prefixed = _ABOUT.sub("", prefixed)
        elif len(word.low) == 1 and (self._is_letter(first - 1) or self._is_letter(first + 1)):
            return None
        name = _COMMAND_PATH.sub("", _POSSESSIVE.sub("", prefixed))
        if (
            name.casefold() in word_set("everyday", "small")
            and name == word.raw
            and name.casefold() not in ("go", "r", "c")
        ):
            return None
        found = self.sure(name)
        value = found.attribute if found else _PLAIN.get(name.casefold())
        if value is None or (found is not None and not _for_people(found, name)):
            return None
        mark = "prefixed" if prefixed != word.raw else "english" if word.low in english_words() else "name"
        few = found is not None and found.score < CERTAIN
        same = value.casefold() == name.casefold()
        if word.low in word_set("everyday", "words") and mark == "english":
            mark = "everyday"
        return Candidate(
            first, first + 1, value, (mark, f"{mark}-few" if few else f"{mark}-sure", f"{mark}-same{same}")
        )

    def versions(self, first: int) -> list[Candidate]:
        """Return names with their version, as in `python 3.12` or `java seventeen`."""
        word = self._line.words[first]
        match = re.match(r"(?:python|node|nodejs|php|java|jdk|gcc|qt|postgres)(?=[0-9])", word.low)
        base, glued = (match[0], word.low[match.end() :]) if match else (word.low, "")
        if base not in _VERSIONS:
            return []
        said = [glued] if glued else [" ".join(self._line.lows(first + 1, first + 1 + n)) for n in (3, 2, 1)]
        for count, text in zip((0,) if glued else (3, 2, 1), said, strict=True):
            if (numbers := _version(text)) is None or first + 1 + count > len(self._line.words):
                continue
            for pattern in _VERSIONS[base]:
                attribute = pattern.format(numbers[0], numbers[1])
                found = self.sure(attribute)
                if found is not None and found.attribute == attribute:
                    return [Candidate(first, first + 1 + count, attribute, ("version", "name"))]
        return []

    def slip(self, first: int) -> Candidate | None:
        """Return the name that a word is a slip of; an everyday word never is."""
        word = self._line.words[first]
        low = _POSSESSIVE.sub("", word.low)
        most = allowed_slips(low)
        everyday = context_word(low)
        if everyday != low and slips(low, everyday, 1) == 1:
            return None
        if not most or low in english_words() or not any(letter.isalpha() for letter in low):
            return None
        for found in self._look_up(low):
            known = key_of(found.attribute.rpartition(".")[2])
            near = slips(key_of(low), known, most)
            popular = found.score >= _SLIP_OF_POPULAR or (len(low) > 6 and found.score >= _TWO_SLIPS)
            if popular and (near <= most or found.score >= _SLIP_OF_POPULAR):
                return Candidate(first, first + 1, found.attribute, ("slip", f"slip{min(near, 3)}"))
        return None

    def best(self, name: str) -> NameMatch | None:
        """Return what a name most likely means; None when nothing is near."""
        found = self._look_up(name)
        return found[0] if found else None

    def sure(self, name: str) -> NameMatch | None:
        """Return what a name certainly means; None when it is a guess."""
        found = self._look_up(name)
        return found[0] if found and found[0].score >= _ONE_OF_FEW else None

    def _look_up(self, name: str) -> tuple[NameMatch, ...]:
        if name not in self._known:
            if len(self._known) >= _MOST_LOOK_UPS:
                return ()
            self._known[name] = tuple(self._index.resolve(name)) if 0 < len(name) <= 80 else ()
        return self._known[name]


def _is_english(one: Candidate) -> bool:
    return bool({"english", "everyday"} & set(one.marks)) or "several-englishTrue" in one.marks


def _for_people(found: NameMatch, name: str) -> bool:
    """Whether a library of a set is meant: only under its whole name, or where it is certain."""
    top, dot, _ = found.attribute.partition(".")
    certain = found.score >= CERTAIN and name.casefold() not in english_words()
    return not dot or "." in name or certain or top in _LIBRARIES_FOR_PEOPLE


def _spelt(lows: tuple[str, ...]) -> str | None:
    """Return what is spelt letter by letter, numbers and dashes among the letters; None for plain words."""
    letters = sum(len(low) == 1 for low in lows)
    if letters < 2 and not (letters and len(lows) == 3):
        return None
    parts: list[str] = []
    numbers: list[str] = []
    for low in (*lows, ""):
        if low and number_of((low,)) is not None and not low.isdigit():
            numbers.append(low)
            continue
        if numbers:
            parts.append(str(number_of(numbers)))
            numbers = []
        if low in ("dash", "minus", "hyphen", "underscore"):
            parts.append("_" if low == "underscore" else "-")
        elif len(low) <= 1 or low in ("base", "cli", "js"):
            parts.append(low)
        else:
            return None
    return "".join(parts)


def _version(text: str) -> tuple[str, str] | None:
    """Return the two parts of a version, the second empty when none is said."""
    if (match := _VERSION.fullmatch(text)) is not None:
        return match[1], match[2] or ""
    words = text.split()
    if not words:
        return None
    if words[0] == "three" and len(words) == 2 and (minor := number_of(words[1:])) is not None:
        return "3", str(minor)
    if "dot" in words or "point" in words:
        place = words.index("dot") if "dot" in words else words.index("point")
        major, after = number_of(words[:place]), number_of(words[place + 1 :])
        return (str(major), str(after)) if major is not None and after is not None else None
    number = number_of(words)
    return (str(number), "") if number is not None and number < 100 else None

"""The tools of a development shell: every name that a line lists, in its order."""

from nixforhumanity.understanding.extraction.spans import Candidate
from nixforhumanity.understanding.extraction.surroundings import context_word
from nixforhumanity.understanding.extraction.tables import ENGLISH, english_words, language_words
from nixforhumanity.understanding.extraction.words import Line

_MOST = 20
_LISTING = frozenset(
    {"with", "and", "plus", "has", "have", "needs", "of", "for", "use", "in", "tools", "both", "&", "+", "or"}
)
_NOT_TOOLS = frozenset(
    """
    shell devshell mkshell nix-shell environment direnv flake project env dev nix flake.nix shell.nix tools
    repo repository each api web app only both everything nixpkgs
    work box script home dir course file develop time yes task world test code
    """.split()  # noqa: SIM905
)


def tools_in(line: Line, candidates: list[Candidate]) -> list[str]:
    """Return the attributes of the tools, each once."""
    found: list[str] = []
    taken = 0
    for one in sorted(candidates, key=lambda one: (one.first, -one.last)):
        if one.first < taken or not _is_listed(line, one):
            continue
        taken = one.last
        if one.value not in found:
            found.append(one.value)
    return found[:_MOST]


def _is_listed(line: Line, one: Candidate) -> bool:
    words = line.lows(one.first, one.last)
    if len(words) == 1 and words[0] in _NOT_TOOLS:
        return False
    if line.language != ENGLISH:
        certain = {"local", "several", "spelt", "version", "prefixed", "name-sure"} & set(one.marks)
        return bool(certain) or _is_listed_elsewhere(line, one)
    if "slip" in one.marks and not _follows_a_list_word(line, one):
        return False
    if not all(word in english_words() for word in words) and not {"english", "everyday"} & set(one.marks):
        return True
    return "spelt" in one.marks or _follows_a_list_word(line, one)


def _is_listed_elsewhere(line: Line, one: Candidate) -> bool:
    """Whether the words beside a name, which is an everyday word as well, list it among others."""
    listing = language_words(line.language, "listing")
    before = line.words[one.first - 1] if one.first else None
    after = line.words[one.last].low if one.last < len(line.words) else ""
    if before is not None and (before.low in listing or set(before.closes) & set(",:、，،+")):
        return True
    return after in listing and "slip" not in one.marks


def _follows_a_list_word(line: Line, one: Candidate) -> bool:
    if not one.first:
        return False
    before = line.words[one.first - 1]
    return bool({before.low, context_word(before.low)} & _LISTING) or bool(set(before.closes) & {",", ":"})

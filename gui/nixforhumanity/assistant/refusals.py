"""What a person is told when something cannot be done before anything was done: why, and the next step."""

from nixforhumanity.assistant.answers import Answer, Code, Part, Suggested, suggested
from nixforhumanity.assistant.naming import suggested_program, with_known_name
from nixforhumanity.assistant.situation import Finder, known_name
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import message

_WITH_ADVICE = frozenset(
    {"no-channel", "no-package-source", "package-unfree", "disk-full", "nix-daemon-unreachable"}
)
_ADD_CHANNEL = """nix-channel --add https://nixos.org/channels/nixpkgs-unstable nixpkgs
nix-channel --update"""
_COMMANDS = {
    "no-channel": _ADD_CHANNEL,
    "no-package-source": _ADD_CHANNEL,
    "package-unfree": "{ allowUnfree = true; }",
    "nix-daemon-unreachable": "sudo systemctl start nix-daemon",
}
_FREE_ONES = 3
_LOOKED_THROUGH = 8
_GET_NIX = (
    # The beginnings of the names that systems give themselves, and how Nix is got there.
    (("Debian", "Ubuntu", "Linux Mint", "Pop!_OS", "Raspbian"), "sudo apt install nix-bin"),
    (("Arch", "Manjaro", "EndeavourOS"), "sudo pacman -S nix"),
    (("Alpine",), "sudo apk add nix"),
    (("Fedora",), "sudo dnf install nix"),
)


def refused(error: UserError, finder: Finder, level: str = "intermediate") -> Answer:
    """Return the answer for an error that came up before anything was done."""
    name = error.message.id
    parts: list[Part] = [with_known_name(error.message, lambda package: known_name(package, finder))]
    if name in _WITH_ADVICE:
        parts.append(message(f"{name}-advice"))
    if name in _COMMANDS and not (name == "package-unfree" and level == "beginner"):
        parts.append(Code(_COMMANDS[name]))
    buttons: tuple[Suggested, ...] = (suggested("help"),)
    if name == "package-unfree":
        free = _free_alternatives(str(error.parameters.get("package", "")), finder)
        if free:
            parts.append(message("unfree-alternatives", count=len(free)))
            buttons = tuple(suggested_program("install", one, finder) for one in free)
        buttons = (*buttons, suggested("concept", concept="Unfree software"))
    elif name == "disk-full":
        buttons = (suggested("clean"), suggested("disk"))
    return Answer(tuple(parts), buttons, kind="error")


def how_to_get_nix(operating_system: str) -> tuple[Part, ...]:
    """Return how Nix is installed on that system; `operating_system` is its name for people."""
    for beginnings, command in _GET_NIX:
        if operating_system.startswith(beginnings):
            return (message("get-nix", system=operating_system), Code(command), message("get-nix-then"))
    return (message("get-nix-elsewhere"),)


def _free_alternatives(attribute: str, finder: Finder) -> list[str]:
    facts = finder.facts(attribute)
    if facts is None or not facts.description:
        return []
    found = []
    for one in finder.suggest(facts.description, _LOOKED_THROUGH):
        other = finder.facts(one.attribute)
        if other is not None and not other.unfree and one.attribute != attribute:
            found.append(one.attribute)
    return found[:_FREE_ONES]

"""Reads typed commands of Nix and of other package managers as the request they stand for; runs nothing."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from nixforhumanity.understanding.templates import TemplateMatch

_SHELL = re.compile(r"[;|&<>`(){}\\]|\$[^ ]")
_PROMPT = re.compile(r"^(?:[$#%] )?(?:(?:sudo|doas|run0|pkexec)(?: -[a-zA-Z]+)* )?")
_INSTALLABLE = re.compile(r"^(?:nixpkgs#|nixpkgs\.|nixos\.|(?:flake:|github:[\w./-]*)?nixpkgs[\w./-]*#)")
_AGE = re.compile(r"(\d{1,5})d")


@dataclass(frozen=True, slots=True)
class TypedCommand:
    """What a command line asks for, in its order."""

    matches: tuple[TemplateMatch, ...]
    tool: str
    """The package manager that it was written for, as it was typed."""
    foreign: bool
    """That is not Nix: here something else does the same."""


def typed_command(text: str) -> TypedCommand | None:
    """Return what a cleaned line means when it is a command that we know; None for everything else."""
    if _SHELL.search(text):
        return None
    words = _PROMPT.sub("", text).split(" ")
    tool = words[0].casefold()
    if tool in ("python", "python3") and words[1:3] == ["-m", "pip"]:
        tool, words = "pip", words[2:]
    read = _READERS.get(tool)
    if read is None or (len(words) < 2 and tool not in _ALONE):
        return None
    matches = tuple(read(words[1:]))
    if not matches:
        return None
    return TypedCommand(matches, tool, foreign=not tool.startswith("nix") and tool not in _ALONE)


def _match(request: str, **words: str) -> TemplateMatch:
    return TemplateMatch(request, words, 0)


def _plain(words: Sequence[str]) -> list[str]:
    """Return what is no option, less where a package comes from."""
    return [_INSTALLABLE.sub("", word) for word in words if not word.startswith("-")]


def _each(request: str, names: Sequence[str]) -> list[TemplateMatch]:
    return [_match(request, package=name.casefold()) for name in names]


def _one(request: str, slot: str, names: Sequence[str]) -> list[TemplateMatch]:
    return [_match(request, **{slot: " ".join(names).casefold()})] if names else []


def _shell(names: Sequence[str]) -> list[TemplateMatch]:
    """A temporary shell: one program is tried, several are tools."""
    if len(names) == 1:
        return _each("try_package", names)
    return _one("create_dev_shell", "tools", [f"{name}," for name in names])


def _collect(words: Sequence[str]) -> list[TemplateMatch]:
    for at, word in enumerate(words):
        if word == "--delete-older-than" and (age := _AGE.fullmatch(" ".join(words[at + 1 : at + 2]))):
            return [_match("garbage_collect", days=age[1])]
    known = {"-d", "--delete-old", "--dry-run", "-v", "--gc"}
    return [_match("garbage_collect")] if set(words) <= known else []


def _nix_env(words: Sequence[str]) -> list[TemplateMatch]:
    names = _plain(words)
    flags = [word for word in words if word.startswith("-")]
    first = flags[0] if flags else ""
    if first in ("-i", "-iA", "--install", "-Ai", "-f"):
        return _each("install_package", [name for name in names if name != "<nixpkgs>"])
    match first:
        case "-e" | "--uninstall":
            return _each("remove_package", names)
        case "-q" | "--query":
            return [_match("list_installed")]
        case "-qa" | "-qaP" | "-qaA":
            return _one("search_packages", "query", names)
        case "--list-generations":
            return [_match("list_generations")]
        case "--rollback":
            return [_match("rollback")]
        case "-G" | "--switch-generation":
            return _one("switch_generation", "generation", [name for name in names if name.isdigit()][:1])
        case "--delete-generations":
            return _old_generations(names)
        case "-u" | "-uA" | "--upgrade":
            return _each("update_package", names) or [_match("update_system")]
    return []


def _old_generations(names: Sequence[str]) -> list[TemplateMatch]:
    if list(names) == ["old"]:
        return [_match("delete_generations")]
    if len(names) == 1 and (age := _AGE.fullmatch(names[0])):
        return [_match("delete_generations", days=age[1])]
    if len(names) == 1 and re.fullmatch(r"\+\d{1,4}", names[0]):
        return [_match("delete_generations", count=names[0][1:])]
    return []


def _nix(words: Sequence[str]) -> list[TemplateMatch]:
    command, rest = words[0], words[1:]
    if command == "profile" and rest:
        return _nix_profile(rest[0], _plain(rest[1:]))
    if command == "store" and rest[:1] == ["gc"]:
        return [_match("garbage_collect")]
    match command:
        case "shell":
            return _shell(_plain(rest))
        case "run":
            return _each("run_package", _plain(rest)[:1])
        case "search":
            return _one("search_packages", "query", [name for name in _plain(rest) if name != "nixpkgs"])
        case "--version" | "--help":
            return [_match("help")] if command == "--help" else []
    return []


def _nix_profile(command: str, names: Sequence[str]) -> list[TemplateMatch]:
    match command:
        case "install" | "add":
            return _each("install_package", names)
        case "remove":
            return _each("remove_package", names)
        case "list":
            return [_match("list_installed")]
        case "rollback":
            return [_match("rollback")]
        case "history":
            return [_match("list_generations")]
        case "diff-closures":
            return [_match("diff_generations")]
        case "upgrade":
            return _each("update_package", names) or [_match("update_system")]
    return []


def _nix_shell(words: Sequence[str]) -> list[TemplateMatch]:
    given = [place for place, word in enumerate(words) if word in ("-p", "--packages")]
    return _shell(_plain(words[given[0] + 1 :])) if given else []


_VERBS = MappingProxyType(
    {
        **dict.fromkeys(("install", "in", "add", "-s", "get"), "install_package"),
        **dict.fromkeys(
            ("remove", "uninstall", "purge", "erase", "rm", "del", "delete", "-r", "-rs", "-rns"),
            "remove_package",
        ),
        **dict.fromkeys(("search", "find", "-ss"), "search_packages"),
        **dict.fromkeys(("list", "leaves", "freeze", "-q", "-qe"), "list_installed"),
        **dict.fromkeys(("autoremove", "clean", "autoclean", "cleanup"), "garbage_collect"),
        **dict.fromkeys(("info", "show"), "package_info"),
        **dict.fromkeys(("update", "upgrade", "full-upgrade", "dist-upgrade", "-syu"), "update_system"),
    }
)
_NO_NAMES = frozenset({"list_installed", "garbage_collect", "update_system"})


def _manager(words: Sequence[str]) -> list[TemplateMatch]:
    # The options before the verb are no part of what is asked for; pacman's verbs are options themselves.
    verbs = [place for place, word in enumerate(words) if word.casefold() in _VERBS]
    if not verbs:
        return []
    request = _VERBS[words[verbs[0]].casefold()]
    names = _plain(words[verbs[0] + 1 :])
    if request in _NO_NAMES:
        return [] if names and request != "update_system" else [_match(request)]
    if request == "search_packages":
        return _one(request, "query", names)
    return _each(request, names)


def _pip(words: Sequence[str]) -> list[TemplateMatch]:
    if words[0] == "install":
        return _one("create_dev_shell", "libraries", [f"{name}," for name in _plain(words[1:])])
    return _manager(words)


def _disk(words: Sequence[str]) -> list[TemplateMatch]:
    plain = _plain(words)
    return [_match("disk_usage")] if all(word in ("/", "/nix", "/nix/store") for word in plain) else []


_OTHERS = (
    "apt", "apt-get", "aptitude", "dnf", "yum", "zypper", "pacman", "yay", "paru", "apk", "brew", "port",
    "snap", "flatpak", "winget", "choco", "scoop", "guix", "conda", "mamba", "pkg", "emerge", "pipx", "cargo",
    "npm", "gem",
)  # fmt: skip
_ALONE = frozenset({"nix-collect-garbage", "df", "du"})

_READERS: Mapping[str, Callable[[Sequence[str]], list[TemplateMatch]]] = MappingProxyType(
    {
        **dict.fromkeys(_OTHERS, _manager),
        "pip": _pip,
        "pip3": _pip,
        "nix": _nix,
        "nix-env": _nix_env,
        "nix-shell": _nix_shell,
        "nix-collect-garbage": _collect,
        "df": _disk,
        "du": _disk,
    }
)

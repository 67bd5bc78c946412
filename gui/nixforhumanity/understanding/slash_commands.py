"""Slash commands: short names for requests, the same in every language."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nixforhumanity.understanding.templates import TemplateMatch


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """One slash command."""

    request: str
    slot: str | None = None
    """The slot that the words after the name fill; they must be there."""


SLASH_COMMANDS: Mapping[str, SlashCommand] = MappingProxyType(
    {
        "help": SlashCommand("help"),
        "install": SlashCommand("install_package", "package"),
        "remove": SlashCommand("remove_package", "package"),
        "try": SlashCommand("try_package", "package"),
        "info": SlashCommand("package_info", "package"),
        "run": SlashCommand("run_package", "package"),
        "find": SlashCommand("suggest_package", "purpose"),
        "search": SlashCommand("search_packages", "query"),
        "installed": SlashCommand("list_installed"),
        "generations": SlashCommand("list_generations"),
        "changes": SlashCommand("diff_generations"),
        "back": SlashCommand("rollback"),
        "undo": SlashCommand("undo_last_change"),
        "disk": SlashCommand("disk_usage"),
        "clean": SlashCommand("garbage_collect"),
        "history": SlashCommand("show_history"),
        "explain": SlashCommand("explain_concept", "concept"),
        "stop": SlashCommand("cancel"),
        "level": SlashCommand("change_mode", "level"),
    }
)


def slash_match(normalised: str) -> TemplateMatch | None:
    """Return what a normalised line that begins with `/` means; None when it is no slash command."""
    name, _, words = normalised.removeprefix("/").partition(" ")
    command = SLASH_COMMANDS.get(name)
    if not normalised.startswith("/") or command is None or bool(words) != (command.slot is not None):
        return None
    return TemplateMatch(command.request, {command.slot: words} if command.slot else {}, len(normalised))

"""Finds a terminal emulator for programs that need one."""

import shutil
from collections.abc import Mapping

_TERMINALS: tuple[tuple[str, ...], ...] = (
    # Those that can stay open after the program has ended come first.
    ("kitty", "--hold"),
    ("konsole", "--hold", "-e"),
    ("foot", "--hold"),
    ("alacritty", "--hold", "-e"),
    ("xterm", "-hold", "-e"),
    ("x-terminal-emulator", "-e"),
    ("kgx", "--"),
    ("ptyxis", "--"),
    ("gnome-terminal", "--"),
    ("xfce4-terminal", "--hold", "-x"),
    ("mate-terminal", "-x"),
    ("lxterminal", "-e"),
)


def find_terminal(environment: Mapping[str, str]) -> tuple[str, ...] | None:
    """Return the first terminal of this computer with what it takes before a command; None without any."""
    for name, *arguments in _TERMINALS:
        path = shutil.which(name, path=environment.get("PATH"))
        if path is not None:
            return (path, *arguments)
    return None

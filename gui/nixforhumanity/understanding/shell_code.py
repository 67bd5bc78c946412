"""Tells a script from a request: the model would pick some word of it."""

import re

_SHELL_CODE = re.compile(r"\$\(|`[^`]*`|[;|&]\s*[\w.-]+\s+[-~./]|>\s*[/~]")


def is_shell_code(text: str) -> bool:
    """Tell whether a text is a script of several commands, which is no request as a whole."""
    return _SHELL_CODE.search(text) is not None

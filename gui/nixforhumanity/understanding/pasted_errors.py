"""Tells an error that was pasted from words that a person says."""

import re

_PASTED_ERROR = re.compile(r"(?m)^[ \t]*(?:error|trace|warning): ")
_ERROR_OF_A_TOOL = re.compile(
    r"(?m)^[ \t]*error: \S|fatal error: \S|undefined reference to |ModuleNotFoundError: |cannot find -l\w"
    r"|error while loading shared libraries: |^CMake Error|^make(?:\[\d{1,9}\])?: \*\*\* "
    r"|builder for '[^']+' failed"
    r"|unable to download '[^']+'|No space left on device|Read-only file system"
)
"""What nobody says, and compilers and Nix print: one line of it is enough."""
_LOOKED_AT = 20_000
"""Letters of a text that are looked at."""


def is_pasted_error(text: str) -> bool:
    """Tell whether a text is what a compiler, Nix or another tool printed when it failed."""
    beginning = text[:_LOOKED_AT]
    if _ERROR_OF_A_TOOL.search(beginning) is not None:
        return True
    return "\n" in text.strip() and _PASTED_ERROR.search(beginning) is not None

"""Cuts a stream of bytes into lines, one message each; without I/O."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineTooLong:
    """A line over the limit was skipped."""


class LineFrames:
    """Collects bytes and gives out whole lines, without their ends; empty lines are skipped."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._begun = bytearray()
        self._skipping = False

    def feed(self, data: bytes) -> list[bytes | LineTooLong]:
        """Take bytes as they come, and return the lines that are complete now."""
        found: list[bytes | LineTooLong] = []
        *ends, rest = data.split(b"\n")
        for end in ends:
            self._add(end, found)
            line = bytes(self._begun).strip(b" \t\r")
            if line and not self._skipping:
                found.append(line)
            self._begun.clear()
            self._skipping = False
        self._add(rest, found)
        return found

    def _add(self, data: bytes, found: list[bytes | LineTooLong]) -> None:
        if self._skipping:
            return
        self._begun += data
        if len(self._begun) > self._longest:
            self._begun.clear()
            self._skipping = True
            found.append(LineTooLong())

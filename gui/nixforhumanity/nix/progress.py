"""How far a running Nix is, read from the lines that `--log-format internal-json` prints."""

import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from nixforhumanity.nix.text import clean, clean_line

_PREFIX = "@nix "
_COPY_PATH, _FILE_TRANSFER, _COPY_PATHS, _BUILDS, _BUILD = 100, 101, 103, 104, 105
_BUILD_LOG_LINE, _SET_PHASE, _PROGRESS, _SET_EXPECTED = 101, 104, 105, 106
_POST_BUILD_LOG_LINE = 107
_ERROR, _INFO = 0, 3
_LOG_LINES_WITH_ERROR = 10
_FAILED_RECIPE = re.compile(r"builder for '([^']+\.drv)' failed")

_PHASES = {
    "unpackPhase": "unpacking",
    "patchPhase": "patching",
    "configurePhase": "configuring",
    "buildPhase": "compiling",
    "checkPhase": "checking",
    "installCheckPhase": "checking",
    "installPhase": "installing",
    "fixupPhase": "finishing",
}
PHASES = (
    *("preparing", "waiting", "downloading", "copying", "building", "deleting"),
    *dict.fromkeys(_PHASES.values()),
)
"""Every phase key that a snapshot can have; their words are the messages `nix-phase-KEY`."""


@dataclass(frozen=True, slots=True)
class NixProgress:
    """One moment of a running command."""

    done: int
    expected: int
    """0 when not known."""
    unit: Literal["builds", "bytes", "paths", "steps"]
    phase: str
    """One of PHASES."""


@dataclass(slots=True)
class _Activity:
    kind: int
    done: int = 0
    expected: int = 0
    phase: str = ""
    log: deque[str] = field(default_factory=lambda: deque(maxlen=_LOG_LINES_WITH_ERROR))


class ProgressReader:
    """Is fed line by line, and tells the newest state."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        """Cleaned error messages in the order in which they came."""
        self.waits_for_lock = False
        """The last that was heard is that another program holds the profile or the store."""
        self.lock_message = ""
        """What Nix said about the last lock that it waited for."""
        self._activities: dict[int, _Activity] = {}
        self._builds = [0, 0]
        self._paths = [0, 0]
        self._expected_bytes = 0
        self._finished_bytes = 0
        self._deleted = 0
        self._lines: list[str] = []
        self._logs: dict[str, deque[str]] = {}
        """The last lines of each build's own output, by recipe."""

    def feed(self, line: str) -> None:
        """Take one line of the error output."""
        if not line.startswith(_PREFIX):
            self._plain(line)
            return
        try:
            event = msgspec.json.decode(line[len(_PREFIX) :], type=dict[str, Any])
            self._event(event)
        except (msgspec.DecodeError, IndexError, KeyError, TypeError, ValueError):
            # A line that Nix cut or a builder forged must not end the action that it belongs to.
            self._plain(line)

    def take_lines(self) -> list[str]:
        """Return the cleaned lines since the last call, for a person to read."""
        lines, self._lines = self._lines, []
        return lines

    def snapshot(self) -> NixProgress:
        """Return the state now."""
        builds = [one for one in self._activities.values() if one.kind == _BUILD]
        transfers = [one for one in self._activities.values() if one.kind in (_FILE_TRANSFER, _COPY_PATH)]
        if self.waits_for_lock:
            return NixProgress(0, 0, "steps", "waiting")
        if not builds and (transfers or (self._expected_bytes and not self._builds[1])):
            done = self._finished_bytes + sum(one.done for one in transfers)
            expected = max(
                self._expected_bytes, self._finished_bytes + sum(one.expected for one in transfers)
            )
            return NixProgress(min(done, expected) if expected else done, expected, "bytes", "downloading")
        if builds or self._builds[1]:
            phase = builds[-1].phase if builds else ""
            return NixProgress(self._builds[0], self._builds[1], "builds", _PHASES.get(phase, "building"))
        if self._paths[1]:
            return NixProgress(self._paths[0], self._paths[1], "paths", "copying")
        if self._deleted:
            return NixProgress(self._deleted, 0, "paths", "deleting")
        return NixProgress(0, 0, "steps", "preparing")

    def _event(self, event: dict[str, Any]) -> None:
        action = event["action"]
        if action == "msg":
            self._message(int(event["level"]), str(event["msg"]))
        elif action == "start":
            self.waits_for_lock = False
            activity = self._activities[int(event["id"])] = _Activity(int(event["type"]))
            if activity.kind == _BUILD and event.get("fields"):
                self._logs[str(event["fields"][0])] = activity.log
            if event["type"] in (_BUILD, _COPY_PATH) and event.get("text"):
                self._lines.append(clean_line(str(event["text"])))
        elif action == "stop":
            self._stop(int(event["id"]))
        elif action == "result":
            self._result(int(event["id"]), int(event["type"]), event.get("fields", []))

    def _stop(self, number: int) -> None:
        ended = self._activities.pop(number, None)
        if ended is not None and ended.kind == _FILE_TRANSFER:
            self._finished_bytes += ended.done

    def _result(self, number: int, kind: int, fields: list[Any]) -> None:
        activity = self._activities.get(number)
        if activity is None:
            return
        if kind == _PROGRESS:
            done, expected = int(fields[0]), int(fields[1])
            activity.done, activity.expected = done, expected
            if activity.kind == _BUILDS and expected:
                self._builds = [done, expected]
            elif activity.kind == _COPY_PATHS and expected:
                self._paths = [done, expected]
        elif kind == _SET_EXPECTED and fields[0] == _FILE_TRANSFER:
            self._expected_bytes = max(self._expected_bytes, int(fields[1]))
        elif kind == _SET_PHASE:
            activity.phase = str(fields[0])
        elif kind in (_BUILD_LOG_LINE, _POST_BUILD_LOG_LINE):
            text = clean_line(str(fields[0]))
            self._lines.append(text)
            activity.log.append(text)

    def _message(self, level: int, text: str) -> None:
        text = clean(text).rstrip()
        if level == _ERROR:
            self.errors.append(text + self._log_of(text))
        if level <= _INFO and text:
            self._lines.extend(text.split("\n"))
            self._watch(text)

    def _log_of(self, error: str) -> str:
        """Return the last lines of the build that failed, where the error itself does not quote them."""
        failed = _FAILED_RECIPE.search(error)
        log = self._logs.get(failed[1]) if failed else None
        if not log or "log lines:" in error:
            return ""
        return "".join(f"\n> {line}" for line in log)

    def _plain(self, line: str) -> None:
        text = clean_line(line)
        if text:
            self._lines.append(text)
            self._watch(text)
            if text.startswith("error:"):
                self.errors.append(text)

    def _watch(self, text: str) -> None:
        self.waits_for_lock = text.startswith(("waiting for lock on", "waiting for the big garbage"))
        if self.waits_for_lock:
            self.lock_message = text
        if text.startswith("deleting '"):
            self._deleted += 1

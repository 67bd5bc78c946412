"""A pytest plugin: a run in which a process outlives the tests that started it has failed."""

import os
import uuid

import pytest

from processes import Process, descendants, end, marked
from waiting import is_true

MARK = "NIX_FOR_HUMANITY_TEST_RUN"
GRACE_SECONDS = 3.0


class LeakWatch:
    """Marks this run's environment, remembers when a process was first seen, and looks again at the end."""

    def __init__(self) -> None:
        self.mark = uuid.uuid4().hex
        self.own_number = os.getpid()
        self.first_seen: dict[Process, str] = {}
        self.leaked: list[str] = []
        self.here_before = set(descendants(self.own_number))
        os.environ[MARK] = self.mark

    def _left(self) -> list[Process]:
        ours = {*descendants(self.own_number), *marked(MARK, self.mark)}
        return sorted(
            (one for one in ours - self.here_before if one.number != self.own_number),
            key=lambda one: one.number,
        )

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Remember the test after which a process was there for the first time."""
        for process in descendants(self.own_number):
            self.first_seen.setdefault(process, nodeid)

    @pytest.hookimpl(trylast=True)  # after the fixtures are torn down, before the summary is printed
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """What still runs now is named, ended and fails the run."""
        if not is_true(lambda: not self._left(), GRACE_SECONDS):
            left = self._left()
            self.leaked = [
                f"{one.number} {one.command} (first seen after {self.first_seen.get(one, 'no known test')})"
                for one in left
            ]
            end(left)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name what leaked."""
        if self.leaked:
            terminalreporter.section("processes that outlived the tests", red=True)
            for line in self.leaked:
                terminalreporter.line(line, red=True)


def pytest_configure(config: pytest.Config) -> None:
    """Watch, in the process that runs the tests."""
    config.pluginmanager.register(LeakWatch(), "leak-watch-of-this-run")

"""A pytest plugin: a test may be skipped only for a reason that tests/skips.toml lists."""

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

LEDGER = Path(__file__).with_name("skips.toml")


@dataclass(frozen=True, slots=True)
class AllowedSkip:
    """Both are patterns with * and ?, so a ``[`` in a test's name is written as ``[[]``."""

    tests: str
    reason: str

    def allows(self, node_id: str, reason: str) -> bool:
        """Tell whether this entry covers that skip."""
        return fnmatchcase(node_id, self.tests) and fnmatchcase(reason, self.reason)


def read_ledger(path: Path) -> tuple[AllowedSkip, ...]:
    """Read the table ``[skips]``: test's node id to reason."""
    table = tomllib.loads(path.read_text(encoding="utf-8")).get("skips", {})
    return tuple(AllowedSkip(tests=tests, reason=reason) for tests, reason in table.items())


def skip_reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return the reason without pytest's own words before it."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


class SkipLedger:
    """Compares every skip with the ledger and fails the run at its end."""

    def __init__(self, allowed: tuple[AllowedSkip, ...]) -> None:
        self.allowed = allowed
        self.unlisted: list[str] = []

    def _check(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if not report.skipped or hasattr(report, "wasxfail"):
            return
        reason = skip_reason(report)
        if not any(entry.allows(report.nodeid, reason) for entry in self.allowed):
            self.unlisted.append(f"{report.nodeid}: {reason}")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Look at a test's outcome."""
        self._check(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Look at a file that skipped itself."""
        self._check(report)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail the run for an unlisted skip."""
        if self.unlisted:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name the unlisted skips."""
        if self.unlisted:
            terminalreporter.section("skips that tests/skips.toml does not list", red=True)
            for line in self.unlisted:
                terminalreporter.line(line, red=True)


def pytest_configure(config: pytest.Config) -> None:
    """Read the ledger for this run."""
    config.pluginmanager.register(SkipLedger(read_ledger(LEDGER)), "skip-ledger-of-this-run")

"""Only ``system`` starts programs; the window's own server is the one exception."""

import ast
from collections.abc import Iterator

import pytest

from project import Module, modules

MAY_START = "system/"
STARTS_THE_SERVER = "client/child_process.py"
MODULES_THAT_START = {"subprocess", "multiprocessing", "pty", "concurrent.futures.process"}
CALLS_THAT_START = {
    *("system", "popen", "fork", "forkpty", "posix_spawn", "posix_spawnp"),
    *("execl", "execle", "execlp", "execlpe", "execv", "execve", "execvp", "execvpe"),
    *("spawnl", "spawnle", "spawnlp", "spawnlpe", "spawnv", "spawnve", "spawnvp", "spawnvpe"),
    *("create_subprocess_exec", "create_subprocess_shell", "subprocess_exec", "subprocess_shell"),
    *("QProcess", "startDetached", "ProcessPoolExecutor"),
}
OWNERS = {"os", "asyncio", "loop", "QtCore", "QProcess", "futures"}


def imported(module: str, names: list[str]) -> list[str]:
    """Return what of an import from another's module can start a process."""
    if module.startswith("nixforhumanity"):
        return []
    return [module] if module in MODULES_THAT_START else [name for name in names if name in CALLS_THAT_START]


def starts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Return the line and the words of everything that can start a process."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                found = [one.name for one in aliases if one.name in MODULES_THAT_START]
            case ast.ImportFrom(module=str(module), names=aliases):
                found = imported(module, [one.name for one in aliases])
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                found = [f"{owner}.{name}"] if owner in OWNERS and name in CALLS_THAT_START else []
            case ast.Attribute(attr="subprocess_exec" | "subprocess_shell" as name):
                found = [name]
            case _:
                continue
        for words in found:
            yield node.lineno, words


def may_start(module: Module) -> bool:
    return module.label.startswith(MAY_START) or module.label == STARTS_THE_SERVER


def test_nothing_else_starts_a_process() -> None:
    found = [
        f"{module.label}:{line} {words}"
        for module in modules()
        if not may_start(module)
        for line, words in starts(module.tree)
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "import subprocess",
        "from subprocess import run",
        "import os\nos.execvp('nix', [])",
        "from os import posix_spawn",
        "import asyncio\nasync def f(): await asyncio.create_subprocess_exec('nix')",
        "from asyncio import create_subprocess_shell",
        "from PySide6.QtCore import QProcess",
        "async def f(self): await self.events.subprocess_exec(None)",
    ],
)
def test_the_search_finds(source: str) -> None:
    assert list(starts(ast.parse(source)))


def test_the_search_leaves_alone_what_starts_nothing() -> None:
    source = (
        "import os\nos.environ\nimport platform\nplatform.system()\nfrom nixforhumanity.system import system"
    )
    assert list(starts(ast.parse(source))) == []

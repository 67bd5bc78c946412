"""Every text that the server refers to exists, and fills in what it is given."""

import ast
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast as ftl
from fluent.syntax import parse

import nixforhumanity.server
from nixforhumanity.core.resources import resource

TEXTS = resource("messages", "en", "server.ftl")
FOLDER = Path(nixforhumanity.server.__file__).parent


def used_ids() -> set[str]:
    found = set()
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"message", "UserError"}
            ):
                [first, *_] = node.args
                assert isinstance(first, ast.Constant)
                found.add(str(first.value))
    return found


def test_the_texts_are_those_that_are_used() -> None:
    entries = parse(TEXTS.read_text(encoding="utf-8")).body
    assert not [one for one in entries if isinstance(one, ftl.Junk)]
    assert {one.id.name for one in entries if isinstance(one, ftl.Message)} == used_ids()


@pytest.mark.parametrize(
    ("pid", "said"), [(0, "is already used by another program."), (1234, "the program other (process 1234).")]
)
def test_a_port_that_is_taken(pid: int, said: str) -> None:
    bundle = FluentBundle(["en"], use_isolating=False)
    bundle.add_resource(FluentResource(TEXTS.read_text(encoding="utf-8")))
    pattern = bundle.get_message("port-taken").value
    assert pattern is not None
    values = {"port": 3457, "holder": "other", "pid": pid, "free-port": 13457}
    text, errors = bundle.format_pattern(pattern, values)
    assert errors == []
    assert said in text
    assert text.startswith("Port 3457 ")
    assert text.endswith("Port 13457 is free.")

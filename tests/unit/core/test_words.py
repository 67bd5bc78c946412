"""Every message id that the program uses has words, and no id has them twice."""

import ast
import re
from collections import Counter
from collections.abc import Mapping

import pytest

from nixforhumanity.core.resources import resource
from nixforhumanity.core.text import Message
from nixforhumanity.core.wording import Wording
from project import modules

CALLS = {"message", "answer", "Message", "UserError", "suggested"}


def used_ids() -> set[str]:
    found: set[str] = set()
    for module in modules():
        for node in ast.walk(ast.parse(module.path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name in CALLS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                ids = (
                    [f"suggest-{first.value}", f"say-{first.value}"] if name == "suggested" else [first.value]
                )
                found.update(ids)
    return found


def test_every_id_in_the_code_has_words() -> None:
    words = Wording("en")
    assert len(used_ids()) > 100
    assert sorted(name for name in used_ids() if not words.has(name)) == []


def test_no_id_has_words_twice() -> None:
    ids = [
        match
        for path in resource("messages", "en").glob("*.ftl")
        for match in re.findall(r"(?m)^([a-z][a-z0-9-]*) =", path.read_text(encoding="utf-8"))
    ]
    assert [name for name, count in Counter(ids).items() if count > 1] == []


def test_every_file_of_words_is_read_without_a_fault() -> None:
    from fluent.syntax import FluentParser
    from fluent.syntax.ast import Junk

    for path in resource("messages", "en").glob("*.ftl"):
        body = FluentParser().parse(path.read_text(encoding="utf-8")).body
        assert [entry.content for entry in body if isinstance(entry, Junk)] == [], path.name


def test_an_unknown_id_is_shown_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert Wording("en").text(Message("no-such-id")) == "no-such-id"
    assert "no-such-id" in caplog.text


def test_a_language_without_words_falls_back_to_english() -> None:
    assert Wording("xx").text("not-now") == "Not now"


def variables(node: object, entries: Mapping[str, object]) -> dict[str, object]:
    """Return the variables that a part of a message uses, also through the messages that it refers to.

    Each has a plausible value; `entries` are all messages by their names.
    """
    from fluent.syntax.ast import BaseNode, FunctionReference, MessageReference, VariableReference

    found: dict[str, object] = {}
    if isinstance(node, MessageReference):
        return variables(entries[node.id.name], entries)
    if isinstance(node, VariableReference):
        found[node.id.name] = "some text"
    elif isinstance(node, FunctionReference):
        found.update(dict.fromkeys(variables(node.arguments, entries), 3))
    elif isinstance(node, BaseNode):
        for part in vars(node).values():
            for item in part if isinstance(part, list) else [part]:
                for name, value in variables(item, entries).items():
                    if not isinstance(found.get(name), int):  # what is once a number is one everywhere
                        found[name] = value
    return found


def test_every_message_takes_its_values(caplog: pytest.LogCaptureFixture) -> None:
    from fluent.syntax import FluentParser
    from fluent.syntax.ast import Message as Entry

    words = Wording("en")
    parsed = [
        FluentParser().parse(path.read_text(encoding="utf-8")).body
        for path in resource("messages", "en").glob("*.ftl")
    ]
    every = [entry for body in parsed for entry in body if isinstance(entry, Entry)]
    values = {entry.id.name: entry.value for entry in every if entry.value is not None}
    for name, value in values.items():
        used = variables(value, values)
        # Values are named with `_` in the code and with `-` in the words.
        assert [one for one in used if "_" in one] == [], name
        text = words.text(Message(name, used))  # type: ignore[arg-type]
        assert "{" not in text, name
    assert caplog.text == ""

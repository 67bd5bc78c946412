"""Files, functions and classes stay small enough to be read at one go, and are named after what they hold."""

import ast
from collections.abc import Callable

import pytest

from project import modules

MOST_LINES_OF_A_MODULE = 420
MOST_LINES_OF_A_FUNCTION = 60
MOST_PUBLIC_METHODS = 25
MOST_PARAMETERS = 10
SAYS_NOTHING = {
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "misc",
    "manager",
    "managers",
    "base",
    "stuff",
    "tools",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def length(node: Function) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def parameters(function: Function) -> int:
    given = function.args
    named = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len([name for name in named if name not in {"self", "cls"}])


def test_no_module_is_too_long() -> None:
    lines = {module.label: module.text.count("\n") for module in modules()}
    assert {name: count for name, count in lines.items() if count > MOST_LINES_OF_A_MODULE} == {}


@pytest.mark.parametrize(
    ("measure", "most"),
    [(length, MOST_LINES_OF_A_FUNCTION), (parameters, MOST_PARAMETERS)],
    ids=["lines", "parameters"],
)
def test_no_function_has_too_many(measure: Callable[[Function], int], most: int) -> None:
    too_big = {
        f"{module.label}:{node.lineno} {node.name}": measure(node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, Function) and measure(node) > most
    }
    assert too_big == {}


def test_no_class_has_too_many_public_methods() -> None:
    too_big = {}
    for module in modules():
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.ClassDef):
                continue
            public = [one for one in node.body if isinstance(one, Function) and not one.name.startswith("_")]
            if len(public) > MOST_PUBLIC_METHODS:
                too_big[f"{module.label}:{node.lineno} {node.name}"] = len(public)
    assert too_big == {}


def test_names_say_what_a_module_holds() -> None:
    assert [module.label for module in modules() if SAYS_NOTHING & set(module.path.stem.split("_"))] == []

"""The rows of `understand --json`: fixed names, fixed slots, best five alternatives without doubles."""

import pytest

from nixforhumanity.cli.understand import as_row
from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.understanding.requests import Decision, Request, Understanding


def understood(*requests: Request, alternatives: tuple[str, ...] = ()) -> Understanding:
    return Understanding("words", requests, Decision.ACT, alternatives=alternatives)


@pytest.mark.parametrize(
    ("request_said", "name", "slots"),
    [
        (Request("package_licence", {"package": "krita"}), "package_info", {"package": "krita"}),
        (Request("package_version", {"package": "vlc", "version": "3"}), "package_info", {"package": "vlc"}),
        (Request("how_to_start", {"package": "vlc"}), "run_package", {"package": "vlc"}),
        (Request("last_change"), "show_history", {}),
        (Request("text_size"), "help", {}),
        (Request("help", {"area": "programs"}), "help", {}),
        (
            Request("install_package", {"package": "nodejs", "version": "22"}),
            "install_package",
            {"package": "nodejs"},
        ),
    ],
)
def test_ours_go_by_the_fixed_name(request_said: Request, name: str, slots: dict[str, str]) -> None:
    row = as_row(understood(request_said), 1.234)
    assert row["requests"] == [{"request": name, "slots": slots, "confidence": 1.0}]


def test_alternatives_are_fixed_names_once_each() -> None:
    others = ("package_version", "package_info", "how_to_start", "run_package", "last_change", "help", "undo")
    row = as_row(understood(Request("package_licence"), alternatives=others), 0)
    assert row["alternatives"] == ["package_info", "run_package", "show_history", "help", "undo"]


def test_what_is_declined_is_no_alternative() -> None:
    declined = Understanding("words", (Request("out_of_scope"),), Decision.DECLINE, ("text_size", "help"))
    assert as_row(declined, 0)["alternatives"] == ["help"]


def test_no_row_has_a_name_of_ours() -> None:
    ours = {kind.name for kind in catalogue().values() if kind.stands_for}
    rows = [as_row(understood(Request(name), alternatives=tuple(catalogue())), 0) for name in catalogue()]
    assert all(not ours & set(row["alternatives"]) for row in rows)
    assert all(row["requests"][0]["request"] not in ours for row in rows)
    assert {key for row in rows for key in row} == {"text", "requests", "decision", "alternatives", "ms"}

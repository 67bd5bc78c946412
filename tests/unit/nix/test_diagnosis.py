"""Errors of Nix in a person's words."""

import re
import string

import pytest

from nixforhumanity.core.resources import resource
from nixforhumanity.core.wording import Wording
from nixforhumanity.nix.diagnosis import explain, known_errors

STORE = "/nix/store/62mxxks83wx0k4wiy8nl090yniqixihi"


def test_every_known_error_has_words_that_take_its_values() -> None:
    text = (resource("messages", "en", "nix.ftl")).read_text(encoding="utf-8")
    words = dict(re.findall(r"^([a-z][a-z0-9-]*) = (.*)$", text, re.MULTILINE))
    for row in known_errors():
        given = {name.rstrip(string.digits) for name in row.pattern.groupindex}
        names = [f"nix-error-{row.id}", *([f"nix-error-{row.id}-known"] if row.lookup else [])]
        given |= {"package"} if row.lookup else set()
        for message_id in (*names, *(f"{name}-advice" for name in names)):
            assert message_id in words, message_id
            wanted = set(re.findall(r"\{ \$([a-z-]+) \}", words[message_id]))
            assert wanted <= given, (message_id, wanted - given)
        if row.refusal:
            assert Wording().has(row.refusal), row.refusal
    assert len(known_errors()) >= 63


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (
            "error: syntax error, unexpected '=', expecting ';'\n\n       at /etc/nixos/a.nix:3:23:",
            "syntax-missing-semicolon",
        ),
        ("error: syntax error, unexpected ';'", "syntax-other"),
        ("error: undefined variable 'nosuch'", "undefined-variable"),
        ("error: attribute 'firefoxx' missing\n       Did you mean firefox?", "attr-missing-suggestion"),
        ("error: attribute 'nothinglikeit' missing", "attr-missing"),
        ("error: expected a set but found an integer: 5", "wrong-type-eval"),
        (
            f"error: Cannot build '{STORE}-a-1.drv'.\n       Reason: builder failed with exit code 1.",
            "builder-failed",
        ),
        (
            "error: Refusing to evaluate package 'x-1' in /x because it has an unfree license ('bsl11')",
            "unfree",
        ),
        ("error: The option `services.opensh' does not exist. Definition values:", "option-missing"),
        ("error: path '/nix/store/62mxxks83wx0k4wiy8nl090yniqixihi-a' is not valid", "path-gone"),
        (
            "error: cannot connect to socket at '/nix/var/nix/daemon-socket/socket': Permission denied",
            "daemon",
        ),
        ("error: unable to download 'https://cache.example': Couldn't resolve host name (6)", "download"),
        ("error: selector 'doesnotexist' matches no derivations", "nix-env-selector"),
    ],
)
def test_known_errors(text: str, known: str) -> None:
    assert explain([text]).known == known


def test_the_innermost_error_of_a_trace_counts() -> None:
    text = """error:
       … while evaluating the attribute 'config'
         at /lib/modules.nix:1:2:

       error: undefined variable 'vim'

       at /etc/nixos/configuration.nix:27:5:

           26|   x
"""
    explained = explain([text])
    assert explained.known == "undefined-variable"
    assert explained.message.parameters == {"name": "vim"}
    assert explained.detail == "undefined variable 'vim'"


def test_the_cause_counts_before_what_follows_from_it() -> None:
    failed = "error: 1 dependencies of derivation '/nix/store/x-system.drv' failed to build"
    cause = f"error: builder for '{STORE}-zlib-1.drv' failed with exit code 2;\n  last 1 log lines:\n  > boom"
    for errors in ([cause, failed], [failed, cause], [f"{cause}\n{failed}"]):
        explained = explain(errors)
        assert explained.known == "builder-failed"
        assert explained.message.parameters == {"package": "zlib-1"}
        assert "boom" in explained.detail
    assert explain([failed]).known == "dependency-failed"


def test_a_full_disk_inside_a_build_is_told_as_a_full_disk() -> None:
    text = f"error: builder for '{STORE}-a.drv' failed with exit code 1\n> cp: No space left on device"
    assert explain([text]).known == "disk-full"


def test_two_names_of_one_value() -> None:
    explained = explain(["error: path '/a/b' does not exist"])
    assert explained.message.parameters == {"file": "/a/b"}


def test_an_unknown_error_is_told_as_it_is() -> None:
    explained = explain(["\x1b[31merror:\x1b[0m the flux is out of order\n       more of it"])
    assert explained.known == ""
    assert explained.message.parameters == {"error": "the flux is out of order"}
    assert explained.detail == "the flux is out of order\nmore of it"


def test_silence() -> None:
    for texts in ([], [""], ["\n \n"]):
        assert explain(texts).message.id == "nix-error-silent"

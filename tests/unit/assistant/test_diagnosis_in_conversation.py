"""A failure is told in four steps; a pasted error is explained, whichever tool it comes from."""

from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.nix.diagnosis import explain
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.system.action_running import as_diagnosis
from talking import ALLOW, Talk, begin_talk

FAILED = """
error: builder for '/nix/store/62mxxks83wx0k4wiy8nl090yniqixihi-hello-2.12.drv' failed with exit code 2
       last 2 log lines:
       > main.c:3:10: fatal error: zlib.h: No such file or directory
       > compilation terminated."""


@pytest.fixture
async def talk(folder: Path, host: FakeHost, finder: PackageIndex) -> Talk:
    talk = await begin_talk(folder, host, finder)
    talk.audience.always = ALLOW
    return talk


async def test_what_happened_what_it_means_what_was_not_changed_and_what_to_do(
    talk: Talk, host: FakeHost
) -> None:
    host.failures.append(as_diagnosis(explain([FAILED])))
    await talk.say("install hello")
    said = talk.audience.card.state_text
    steps = [
        "hello-2.12 could not be built.",
        "belongs to the package zlib",
        "Nothing was changed.",
        "buildInputs",
    ]
    places = [said.index(one) for one in steps]
    assert places == sorted(places), said


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("main.c:3:10: fatal error: zlib.h: No such file or directory", "belongs to the package zlib"),
        ("error: attribute 'firefoxx' missing", "nothing named firefoxx"),
        (FAILED, "could not be built"),
        ("/usr/bin/ld: cannot find -lssl", "openssl"),
        ("ModuleNotFoundError: No module named 'scipy'", "give me a shell with python and scipy"),
        (
            "unable to download 'https://c.example/x': Couldn't resolve host name (6)",
            "connected to the internet",
        ),
    ],
)
async def test_a_pasted_error_is_explained(talk: Talk, pasted: str, said: str) -> None:
    await talk.say(pasted)
    assert said in talk.audience.text.replace("\\", "")

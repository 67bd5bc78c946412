"""A Nix that hangs or is broken, seen from a conversation: what is said, and that stopping really ends it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.assistant import looking, waiting
from nixforhumanity.assistant.actions import AnyAction
from nixforhumanity.assistant.history import host_card
from nixforhumanity.assistant.host import ActionResult, Host, RunObserver
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.protocol import cards
from nixforhumanity.protocol.messages import ToolCall, ToolCallUpdate
from nixforhumanity.system.host_detection import host_of_this_computer
from processes import marked
from talking import ALLOW, Talk, begin_talk

HANGS = "trap '' INT TERM; while :; do sleep 0.2; done"


class SilentHost(FakeHost):
    """Prints nothing until it answers."""

    answers = asyncio.Event()

    async def run(self, action: AnyAction, observer: RunObserver) -> ActionResult:
        await self.answers.wait()
        return await super().run(action, observer)


@pytest.fixture(autouse=True)
def shorter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_SHOWN_AFTER_SECONDS", 0.01)
    monkeypatch.setattr(waiting, "WAITING_AFTER_SECONDS", 0.05)
    monkeypatch.setattr(waiting, "UNUSUAL_AFTER_SECONDS", 0.15)


@pytest.fixture
def computer(tmp_path: Path) -> Callable[[str], Host]:
    """Give the maker of a computer whose every command of Nix is one script."""

    def make(script: str) -> Host:
        programs = tmp_path / "bin"
        programs.mkdir()
        for name in ("nix", "nix-env", "nix-store"):
            (programs / name).write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
            (programs / name).chmod(0o755)
        environment = {"PATH": str(programs), "HOME": str(tmp_path), "DOES_NOT_ANSWER": str(tmp_path)}
        return host_of_this_computer(tmp_path / "run", environment=environment, root=tmp_path)

    return make


async def talk_over(folder: Path, host: Host) -> Talk:
    return await begin_talk(folder, host, PackageIndex.from_facts(FakeHost().packages.values()))


def titles(talk: Talk) -> list[str]:
    steps = (one for one in talk.audience.updates if isinstance(one, ToolCall | ToolCallUpdate))
    return [one.title for one in steps if one.title]


async def test_a_nix_that_hangs_is_told_and_can_be_stopped(
    computer: Callable[[str], Host], tmp_path: Path
) -> None:
    talk = await talk_over(tmp_path, computer(HANGS))
    turn = talk.begin("what is installed?")
    await talk.until(lambda: "unusually long" in " ".join(titles(talk)))
    shown = titles(talk)
    assert [one.split(" …")[0] for one in shown[:2]] == ["Looking it up", "Waiting for Nix to answer"]
    assert "stop" in shown[2]
    assert marked("DOES_NOT_ANSWER", str(tmp_path)) != []
    talk.assistant.cancel(talk.session_id)
    async with asyncio.timeout(30):
        assert await turn == "cancelled"
    assert marked("DOES_NOT_ANSWER", str(tmp_path)) == []
    last = [one for one in talk.audience.updates if isinstance(one, ToolCallUpdate)][-1]
    assert last.status == "completed", "nothing is shown as being looked up any more"


async def test_a_change_that_says_nothing_tells_what_it_waits_for(tmp_path: Path) -> None:
    host = SilentHost()
    talk = await talk_over(tmp_path, host)
    talk.audience.always = ALLOW
    turn = talk.begin("install hello")

    def told() -> list[str]:
        metas = (one.meta or {} for one in talk.audience.updates if isinstance(one, ToolCallUpdate))
        return [meta[cards.PROGRESS]["text"] for meta in metas if "text" in meta.get(cards.PROGRESS, {})]

    await talk.until(lambda: any("unusually long" in one for one in told()))
    assert any("Waiting for Nix" in one for one in told())
    host.answers.set()
    await turn
    assert talk.audience.card.state == "done"


@pytest.mark.parametrize("script", ["exit 1", "echo rubbish", "echo 'segmentation fault' >&2; exit 139"])
async def test_a_broken_nix_is_no_finding_among_others(
    computer: Callable[[str], Host], tmp_path: Path, script: str
) -> None:
    talk = await talk_over(tmp_path, computer(script))
    card = await host_card(talk.parts)
    assert "Nix is here but does not work" in card.problem
    assert card.problem_detail
    assert not any("does not work" in one or "works" in one for one in card.sentences)
    await talk.say("install hello")
    assert "does not work" in talk.audience.text
    assert talk.audience.plans == {}

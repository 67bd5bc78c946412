"""Broken, slow, locked and refusing: each is told in words, and nothing is left running."""

import asyncio
import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nixforhumanity.assistant.actions import CollectGarbage, InstallPackage, RemovePackage
from nixforhumanity.assistant.host import Host, HostKind
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.wording import Wording
from nixforhumanity.nix.practice import PracticeSystem
from nixforhumanity.system.host_detection import host_of_this_computer, practice_host
from nixforhumanity.system.nix_host import NixHost, Place
from nixforhumanity.system.nix_runner import TimeLimits
from nixforhumanity.system.processes import Patience
from observing import Remembering
from processes import marked
from profile_kinds import with_profile_kind

HELLO = InstallPackage(attribute="hello")
GOOD_START = """
case "$*" in
  --version) echo "nix (Nix) 2.18.1"; exit ;;
  *show-config*) echo "experimental-features = flakes nix-command"; exit ;;
esac
"""
FakeNix = Callable[..., Host]


@pytest.fixture
def fake_nix(tmp_path: Path) -> Iterator[FakeNix]:
    """Give the maker of a host whose commands of Nix are all one script."""
    programs, home = tmp_path / "bin", tmp_path / "home"
    programs.mkdir()
    home.mkdir()

    def make(script: str, **limits: float) -> Host:
        for name in ("nix", "nix-env", "nix-store"):
            (programs / name).write_text(f"#!/bin/sh\n{script}\n")
            (programs / name).chmod(0o755)
        for name in ("sh", "sleep", "touch", "head", "yes"):
            target = shutil.which(name)
            assert target
            if not (programs / name).exists():
                (programs / name).symlink_to(target)
        environment = {"PATH": str(programs), "HOME": str(home), "FAKE_NIX": str(tmp_path)}
        place = Place(
            HostKind.OTHER_LINUX, "Test Linux", tmp_path / "run", profile=tmp_path / "profiles/profile"
        )
        return NixHost(
            place,
            environment=environment,
            program_environment=environment,
            limits=TimeLimits(**limits),
            patience=Patience(interrupt=0.3, terminate=0.3),
        )

    yield make
    assert marked("FAKE_NIX", str(tmp_path)) == []


@pytest.mark.parametrize(
    "script", ["exit 1", "echo 'segfault' >&2; exit 139", "echo garbage", "head -c 300000 /dev/urandom"]
)
async def test_a_broken_nix_is_described_and_refused(fake_nix: FakeNix, script: str) -> None:
    host = fake_nix(script)
    description = await host.describe()
    assert description.problem is not None
    assert description.problem.id == "nix-broken"
    assert description.nix_version == ""
    for call in (host.preview(HELLO), host.garbage(None), host.run(HELLO, Remembering())):
        with pytest.raises(UserError) as caught:
            await call
        assert caught.value.message.id == "nix-broken"


async def test_a_nix_that_hangs_is_stopped(fake_nix: FakeNix) -> None:
    host = fake_nix("trap '' INT TERM; sleep 1000 & sleep 1000", version=0.3)
    began = time.monotonic()
    description = await host.describe()
    assert description.problem is not None
    assert description.problem.id == "nix-too-slow"
    assert time.monotonic() - began < 5


async def test_a_nix_that_cannot_be_started(fake_nix: FakeNix, tmp_path: Path) -> None:
    host = fake_nix("exit 0")
    (tmp_path / "bin/nix").write_bytes(b"\x00\x01not a program")
    description = await host.describe()
    assert description.problem is not None
    assert description.problem.id == "nix-cannot-start"


async def test_garbage_in_place_of_json(fake_nix: FakeNix) -> None:
    host = fake_nix(GOOD_START + "echo '{not json'")
    for call in (host.preview(HELLO), host.disk_usage()):
        with pytest.raises(UserError) as caught:
            await call
        assert caught.value.message.id == "nix-broken"


async def test_endless_output_is_stopped(fake_nix: FakeNix) -> None:
    host = fake_nix(GOOD_START + "exec yes")
    with pytest.raises(UserError) as caught:
        await host.preview(HELLO)
    assert caught.value.message.id == "nix-output-too-long"


@pytest.mark.parametrize(
    ("error", "message_id"),
    [
        ("opening lock file '/nix/var/nix/profiles/x.lock': Permission denied", "permission-profile"),
        ("writing to file: No space left on device", "disk-full"),
        ("opening file '/nix/store/.x': Read-only file system", "read-only"),
        ("cannot connect to socket at '/nix/var/nix/daemon-socket/socket': Connection refused", "daemon"),
        ("unable to download 'https://cache.example/x.narinfo': Couldn't resolve host name (6)", "download"),
        ("unable to download 'https://api.example/x': HTTP error 429", "too-many-requests"),
        ("executing SQLite query: database is locked", "store-busy"),
    ],
)
async def test_what_the_computer_refuses_is_diagnosed(fake_nix: FakeNix, error: str, message_id: str) -> None:
    quoted = error.replace("'", "'\\''")
    host = fake_nix(GOOD_START + f"echo 'error: {quoted}' >&2; exit 1")
    result = await host.run(HELLO, Remembering())
    assert not result.succeeded
    assert result.diagnosis is not None
    assert result.diagnosis.message.id == f"nix-error-{message_id}"
    words = Wording()
    assert words.has(result.diagnosis.message.id)
    assert result.diagnosis.advice is not None
    assert words.has(result.diagnosis.advice.id)
    with pytest.raises(UserError) as caught:
        await host.preview(HELLO)
    assert words.has(caught.value.message.id)


async def test_silence_is_told_as_such(fake_nix: FakeNix) -> None:
    result = await fake_nix(GOOD_START + "exit 3").run(HELLO, Remembering())
    assert result.diagnosis is not None
    assert result.diagnosis.message.id == "nix-error-silent"


async def test_control_sequences_never_reach_the_person(fake_nix: FakeNix) -> None:
    script = r"printf '\033]0;title\007\033[31mred\033[0m\rgreen\nerror: \033[2Jbad\202\n' >&2; exit 1"
    observer = Remembering()
    result = await fake_nix(GOOD_START + script).run(HELLO, observer)
    assert result.diagnosis is not None
    seen = result.output + result.diagnosis.detail + "".join(observer.lines)
    assert "\x1b" not in seen
    assert "green" in observer.lines


async def test_cancelling_ends_the_whole_group(fake_nix: FakeNix, tmp_path: Path) -> None:
    host = fake_nix(GOOD_START + "trap '' INT TERM; sleep 1000 & touch $FAKE_NIX/runs; sleep 1000")
    task = asyncio.create_task(host.run(HELLO, Remembering()))
    await until((tmp_path / "runs").exists)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert marked("FAKE_NIX", str(tmp_path)) == []


async def test_the_observer_is_not_flooded(fake_nix: FakeNix) -> None:
    event = '@nix {"action":"result","id":1,"type":105,"fields":['
    script = f"""
    printf '%s\\n' '@nix {{"action":"start","id":1,"type":104,"text":""}}' >&2
    i=0; while [ $i -lt 3000 ]; do i=$((i+1)); printf '%s%d,3000,1,0]}}\\n' '{event}' $i >&2; done
    """
    observer = Remembering()
    began = time.monotonic()
    result = await fake_nix(GOOD_START + script).run(HELLO, observer)
    took = time.monotonic() - began
    assert result.succeeded
    assert observer.progress[-1].done == 3000
    assert len(observer.progress) <= took * 20 + 3


async def test_no_nix_at_all(tmp_path: Path) -> None:
    environment = {"PATH": str(tmp_path), "HOME": str(tmp_path)}
    host = host_of_this_computer(tmp_path / "run", environment=environment, root=tmp_path)
    description = await host.describe()
    assert description.kind is HostKind.NO_NIX
    for call in (host.installed(), host.preview(HELLO), host.disk_usage(), host.generations()):
        with pytest.raises(UserError) as caught:
            await call
        assert caught.value.message.id == "needs-nix"


@pytest.mark.nix
async def test_a_profile_that_another_program_holds(practice_system: PracticeSystem, tmp_path: Path) -> None:
    practice = with_profile_kind(practice_system, "nix-env")  # the other kind does not lock in Nix 2.8
    host = practice_host(practice, tmp_path, limits=TimeLimits(lock=0.5))
    observer = Remembering()
    with Path(f"{practice_system.profile}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = await host.run(HELLO, observer)
    assert not result.succeeded
    assert result.diagnosis is not None
    assert result.diagnosis.message.id == "nix-error-profile-locked"
    assert "waiting" in {one.phase for one in observer.progress}
    assert (await host.run(HELLO, Remembering())).succeeded


@pytest.mark.nix
async def test_stopping_a_real_build(practice_system: PracticeSystem, tmp_path: Path) -> None:
    practice_system.set_phase_seconds(30)
    host = practice_host(practice_system, tmp_path)
    observer = Remembering()
    task = asyncio.create_task(host.run(InstallPackage(attribute="slow"), observer))
    await until(lambda: any(one.phase == "unpacking" for one in observer.progress))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert marked("NIX_STORE_DIR", practice_system.environment["NIX_STORE_DIR"]) == []
    assert list(await host.generations()) == []
    practice_system.set_phase_seconds(0)
    assert (await host.run(InstallPackage(attribute="slow"), Remembering())).succeeded


@pytest.mark.nix
@pytest.mark.parametrize(
    ("attribute", "message_id"),
    [
        ("failing", "builder-failed"),
        ("noout", "no-output"),
        ("hashmismatch", "hash-mismatch"),
        ("errors.abort", "aborted"),
        ("errors.assertion", "assertion"),
        ("errors.coerce", "coerce"),
        ("errors.extraarg", "extra-arg"),
        ("errors.inf", "infinite-recursion"),
        ("errors.int", "division"),
        ("errors.listplus", "wrong-type-eval"),
        ("errors.missingarg", "missing-arg"),
        ("errors.missingattr", "attr-missing-suggestion"),
        ("errors.nofile", "flake-untracked"),
        ("errors.notfn", "not-a-function"),
        ("errors.syntax", "syntax-missing-semicolon"),
        ("errors.typemismatch", "add-type"),
        ("errors.undefined", "undefined-variable"),
        ("openssl_1_1", "insecure"),
        ("brokenpkg", "broken"),
        ("oldname", "alias-renamed"),
        ("removedpkg", "alias-removed"),
    ],
)
async def test_real_errors_are_diagnosed(
    practice_system: PracticeSystem, tmp_path: Path, attribute: str, message_id: str
) -> None:
    host = practice_host(practice_system, tmp_path)
    result = await host.run(InstallPackage(attribute=attribute), Remembering())
    assert not result.succeeded
    assert result.diagnosis is not None
    assert result.diagnosis.message.id == f"nix-error-{message_id}"
    assert result.diagnosis.detail
    text = Wording().text(result.diagnosis.message)
    assert "{" not in text


@pytest.mark.nix
async def test_two_packages_with_the_same_file(practice_system: PracticeSystem, tmp_path: Path) -> None:
    host = practice_host(practice_system, tmp_path)
    assert (await host.run(InstallPackage(attribute="editor"), Remembering())).succeeded
    result = await host.run(InstallPackage(attribute="editor-gtk"), Remembering())
    assert result.diagnosis is not None
    told = result.diagnosis.message.parameters
    assert {told["first"], told["second"]} == {"editor-9.1", "editor-gtk-9.1"}
    assert told["file"] == "bin/editor"


@pytest.mark.nix
async def test_a_command_that_claims_success_is_not_believed(
    practice_system: PracticeSystem, tmp_path: Path
) -> None:
    host = practice_host(practice_system, tmp_path)
    await host.run(HELLO, Remembering())
    result = await host.run(RemovePackage(attribute="hello", element="packages.x.hello"), Remembering())
    assert result.packages == ()
    assert [one.attribute for one in await host.installed()] == ["hello"]
    assert not result.succeeded


@pytest.mark.nix
async def test_collecting_while_nothing_was_ever_installed(
    practice_system: PracticeSystem, tmp_path: Path
) -> None:
    host = practice_host(practice_system, tmp_path)
    assert (await host.preview(CollectGarbage())).nothing_to_do is not None
    assert (await host.garbage("14d")).paths == 0
    assert (await host.disk_usage()).store_paths == 0


async def until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.01)


def test_the_real_home_is_not_used(practice_system: PracticeSystem) -> None:
    assert os.environ["HOME"] not in practice_system.environment.values()

"""Garbage, downloads and programs on a real Nix: what is foretold is what happens."""

import dataclasses
import functools
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from nixforhumanity.assistant.actions import (
    AnyAction,
    CollectGarbage,
    DeleteGenerations,
    InstallPackage,
    RemovePackage,
)
from nixforhumanity.assistant.host import Host
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.resources import resource
from nixforhumanity.nix.practice import PracticeSystem, prepare_practice
from nixforhumanity.protocol.cards import PackageChange
from nixforhumanity.system.host_detection import practice_host
from nixforhumanity.system.nix_host import NixHost
from nixforhumanity.system.nix_runner import TimeLimits
from observing import Remembering
from processes import end, marked
from profile_kinds import with_profile_kind
from removing import remove_tree
from waiting import wait_until

pytestmark = pytest.mark.nix


async def run(host: Host, action: AnyAction) -> None:
    result = await host.run(action, Remembering())
    assert result.succeeded, result


async def install(host: Host, *attributes: str) -> None:
    for attribute in attributes:
        await run(host, InstallPackage(attribute=attribute))


async def remove(host: Host, attribute: str) -> None:
    element = next(one.element for one in await host.installed() if one.attribute == attribute)
    await run(host, RemovePackage(attribute=attribute, element=element))


def with_settings(practice: PracticeSystem, *lines: str) -> PracticeSystem:
    settings = "\n".join([practice.environment["NIX_CONFIG"], *lines])
    return dataclasses.replace(practice, environment={**practice.environment, "NIX_CONFIG": settings})


def valid_paths(practice: PracticeSystem) -> set[str]:
    listed = subprocess.run(
        ["nix", "--extra-experimental-features", "nix-command", "path-info", "--all"],
        env={**os.environ, **practice.environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return {Path(line).name for line in listed.stdout.split()}


@pytest.mark.parametrize("kind", ["nix profile", "nix-env"])
@pytest.mark.parametrize("derivations", ["true", "false"])
@pytest.mark.parametrize("outputs", ["true", "false"])
async def test_the_collection_deletes_exactly_what_was_foretold(
    practice_system: PracticeSystem, tmp_path: Path, kind: str, derivations: str, outputs: str
) -> None:
    practice = with_settings(
        with_profile_kind(practice_system, kind),
        f"keep-derivations = {derivations}",
        f"keep-outputs = {outputs}",
    )
    host = practice_host(practice, tmp_path)
    assert isinstance(host, NixHost)
    await install(host, "hello", "vlc", "editor")
    practice.set_release("b")
    await install(host, "mpv")
    await remove(host, "vlc")
    await host.run(InstallPackage(attribute="failing"), Remembering())

    foretold = await host.garbage("+2")
    snapshot = await host._store.snapshot()
    links = [
        one
        for one in host._machine.profile().generations()
        if one.number in {g.number for g in foretold.generations}
    ]
    dead = await host._store.dead_paths(snapshot, links)
    assert len(dead) == foretold.paths

    before = valid_paths(practice)
    await run(host, DeleteGenerations(older_than="+2"))
    await run(host, CollectGarbage())
    assert before - valid_paths(practice) == dead
    assert dead


async def test_days_count_from_the_age_of_the_links(practice_system: PracticeSystem, tmp_path: Path) -> None:
    host = practice_host(practice_system, tmp_path)
    await install(host, "hello", "cowsay", "htop", "tree")
    for generation, days in ((1, 40), (2, 30), (3, 20)):
        link = Path(f"{practice_system.profile}-{generation}-link")
        then = time.time() - days * 86400
        os.utime(link, (then, then), follow_symlinks=False)
    action = DeleteGenerations(older_than="25d")
    # Generation 2 was in use 25 days ago, so Nix keeps it.
    assert (await host.preview(action)).removals == (f"{practice_system.profile}-1-link",)
    await run(host, action)
    assert [one.number for one in await host.generations()] == [4, 3, 2]


async def test_a_newer_library_is_found_where_the_packages_are_the_same(
    practice_system: PracticeSystem, tmp_path: Path
) -> None:
    host = practice_host(with_profile_kind(practice_system, "nix-env"), tmp_path)
    await install(host, "hello")
    file = practice_system.packages / "faults.nix"
    libraries = [
        path
        for path in practice_system.packages.rglob("*.nix")
        if 'libgreet = { version = "1.1"' in path.read_text()
    ]
    [file] = libraries
    file.write_text(file.read_text().replace('libgreet = { version = "1.1"', 'libgreet = { version = "1.2"'))
    await install(host, "hello")
    assert list(await host.difference(1, 2)) == [PackageChange(name="libgreet", before="1.1", after="1.2")]


async def test_nix_env_replaces_another_version(practice_system: PracticeSystem, tmp_path: Path) -> None:
    practice_system.set_release("a")
    host = practice_host(with_profile_kind(practice_system, "nix-env"), tmp_path)
    await install(host, "vlc")
    practice_system.set_release("b")
    preview = await host.preview(InstallPackage(attribute="vlc"))
    [change] = preview.packages
    assert change.before is not None
    assert change.after is not None
    assert change.before != change.after
    assert "warning-replaces-version" in {one.id for one in preview.warnings}
    result = await host.run(InstallPackage(attribute="vlc"), Remembering())
    assert result.packages == (change,)


class SlowAndQuiet(SimpleHTTPRequestHandler):
    """Sends files as a slow network does, so that there is a download to be seen under way."""

    def log_message(self, *arguments: object) -> None:
        return

    def copyfile(self, source: Any, outputfile: Any) -> None:
        pause = threading.Event()
        while chunk := source.read(1 << 16):
            outputfile.write(chunk)
            outputfile.flush()
            pause.wait(0.05)


@pytest.fixture
def binary_cache(practice_system: PracticeSystem, tmp_path: Path) -> Iterator[str]:
    """Give the address of a cache that has vlc ready; the practice system does not have it."""
    other = Path(tempfile.mkdtemp(prefix="nix-"))
    server = None
    try:
        # The same store folder, so that the paths fit; another state, which is thrown away with its store.
        environment = {**os.environ, **practice_system.environment}
        cache = other / "cache"
        build = ["nix-build", str(practice_system.packages), "-A", "vlc", "-o", str(other / "result")]
        subprocess.run(build, env=environment, check=True, capture_output=True)
        copy = ["nix", "copy", "--to", f"file://{cache}?compression=none", str(other / "result")]
        subprocess.run(copy, env=environment, check=True, capture_output=True)
        remove_tree(practice_system.root)
        prepare_practice(practice_system.root, resource("practice"))
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(SlowAndQuiet, directory=str(cache)))
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
    finally:
        if server is not None:
            server.server_close()
        remove_tree(other)


@pytest.mark.parametrize("kind", ["nix profile", "nix-env"])
async def test_downloads_are_foretold_and_counted(
    practice_system: PracticeSystem, binary_cache: str, tmp_path: Path, kind: str
) -> None:
    practice = with_settings(
        with_profile_kind(practice_system, kind), f"substituters = {binary_cache}", "require-sigs = false"
    )
    host = practice_host(practice, tmp_path)
    action = InstallPackage(attribute="vlc")
    preview = await host.preview(action)
    assert preview.builds == 0
    assert preview.download_bytes is not None
    assert preview.disk_bytes is not None
    assert 0 < preview.download_bytes <= preview.disk_bytes * 1.1
    observer = Remembering()
    result = await host.run(action, observer)
    assert result.succeeded, result
    bytes_told = [one for one in observer.progress if one.unit == "bytes"]
    assert bytes_told
    assert all(0 <= one.done <= one.expected for one in bytes_told if one.expected)
    usage = await host.disk_usage()
    assert abs(usage.store_bytes - preview.disk_bytes) < 200_000


async def test_starting_without_installing(practice_system: PracticeSystem, tmp_path: Path) -> None:
    host = practice_host(practice_system, tmp_path / "run", environment=without_screen())
    started = await host.start_program("cowsay", Remembering())
    assert (started.program, started.started) == ("cowsay", True)
    assert "moo" in started.output
    assert list(await host.installed()) == []
    # It is kept while the link is there, and no longer.
    await host.run(CollectGarbage(), Remembering())
    assert Path(started.shell_command[0]).exists()
    (tmp_path / "run/started-cowsay").unlink()
    await host.run(CollectGarbage(), Remembering())
    assert not Path(started.shell_command[0]).exists()


@pytest.mark.parametrize(
    ("attribute", "message_id"),
    [
        ("no-such", "package-not-found"),
        ("spotify", "package-unfree"),
        ("libgreet", "no-program"),
        ("failing", "nix-error-builder-failed"),
    ],
)
async def test_what_cannot_be_started(
    practice_system: PracticeSystem, tmp_path: Path, attribute: str, message_id: str
) -> None:
    host = practice_host(practice_system, tmp_path, environment=without_screen())
    with pytest.raises(UserError) as caught:
        await host.start_program(attribute, Remembering())
    assert caught.value.message.id == message_id


async def test_a_program_that_goes_on_is_stopped_and_told(
    practice_system: PracticeSystem, tmp_path: Path
) -> None:
    change_action(practice_system, "cowsay", "echo begun; sleep 1000")
    host = practice_host(
        practice_system, tmp_path, environment=without_screen(), limits=TimeLimits(program=0.5)
    )
    started = await host.start_program("cowsay", Remembering())
    assert (started.started, started.output) == (False, "begun")
    assert not [one for one in marked("PRACTICE_SCREEN", "none") if one.name == "sleep"]


async def test_a_window_is_started_by_itself(practice_system: PracticeSystem, tmp_path: Path) -> None:
    change_action(practice_system, "vlc", "sleep 1000")
    environment = {**os.environ, "DISPLAY": ":no-such-screen", "STARTED_BY": str(tmp_path)}
    host = practice_host(practice_system, tmp_path / "run", environment=environment)
    try:
        started = await host.start_program("vlc", Remembering())
        assert started.started
        assert wait_until(lambda: marked("STARTED_BY", str(tmp_path)), "the program runs")
    finally:
        end(marked("STARTED_BY", str(tmp_path)))


async def test_text_programs_get_a_terminal(practice_system: PracticeSystem, tmp_path: Path) -> None:
    terminal = tmp_path / "kitty"
    terminal.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/called\n')
    terminal.chmod(0o755)
    environment = {**os.environ, "DISPLAY": ":no-such-screen", "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    host = practice_host(practice_system, tmp_path / "run", environment=environment)
    started = await host.start_program("cowsay", Remembering())
    assert started.started
    called = wait_until(
        lambda: (tmp_path / "called").exists() and (tmp_path / "called").read_text(), "it is called"
    )
    assert called.strip() == f"--hold {started.shell_command[0]}"


def without_screen() -> dict[str, str]:
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    return {**environment, "PRACTICE_SCREEN": "none"}


def change_action(practice: PracticeSystem, attribute: str, action: str) -> None:
    """Let the stand-in do something else when it starts."""
    assert shutil.which("nix")
    overlay = practice.packages / "builder.sh"
    text = overlay.read_text()
    changed = text.replace(
        "write_program() {",
        f'write_program() {{\n  if [ "$attribute" = {attribute} ]; then action="{action}"; fi',
    )
    assert changed != text
    overlay.write_text(changed)

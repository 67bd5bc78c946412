"""What every host promises: the one in memory, and a real Nix with both kinds of profile."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.assistant.actions import (
    AnyAction,
    CollectGarbage,
    DeleteGenerations,
    InstallPackage,
    RemovePackage,
    SwitchGeneration,
)
from nixforhumanity.assistant.host import ActionResult, Host, ProfileKind
from nixforhumanity.core.errors import UserError
from nixforhumanity.protocol.cards import PackageChange
from nixforhumanity.system.host_detection import practice_host
from observing import Remembering
from profile_kinds import with_profile_kind

KINDS = [
    "memory",
    pytest.param("nix profile", marks=pytest.mark.nix),
    pytest.param("nix-env", marks=pytest.mark.nix),
]


@pytest.fixture(params=KINDS)
async def host(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Host]:
    if request.param == "memory":
        yield FakeHost()
        return
    practice = with_profile_kind(request.getfixturevalue("practice_system"), request.param)
    real = practice_host(practice, tmp_path / "run")
    assert (await real.describe()).profile_kind is ProfileKind(request.param)
    yield real


async def run(host: Host, action: AnyAction) -> ActionResult:
    result = await host.run(action, Remembering())
    assert result.succeeded, result
    return result


async def names(host: Host) -> list[str]:
    return [one.attribute for one in await host.installed()]


async def remove(host: Host, attribute: str) -> RemovePackage:
    element = next(one.element for one in await host.installed() if one.attribute == attribute)
    return RemovePackage(attribute=attribute, element=element)


async def version(host: Host, attribute: str) -> str:
    available = await host.available()
    assert available is not None
    return next(one.version for one in available if one.attribute == attribute)


async def test_a_new_profile_is_empty(host: Host) -> None:
    assert list(await host.installed()) == []
    assert list(await host.generations()) == []
    description = await host.describe()
    assert description.problem is None
    assert description.nix_version
    assert description.package_source


async def test_installing_adds_a_package_and_a_generation(host: Host) -> None:
    hello = InstallPackage(attribute="hello")
    preview = await host.preview(hello)
    change = PackageChange(name="hello", after=await version(host, "hello"))
    assert preview.nothing_to_do is None
    assert preview.packages == (change,)
    assert preview.commands == host.commands(hello)

    result = await run(host, hello)
    assert result.packages == (change,)
    assert (result.generation_before, result.generation_after) == (None, 1)
    [installed] = await host.installed()
    assert (installed.attribute, installed.version) == ("hello", change.after)
    [generation] = await host.generations()
    assert (generation.number, generation.current) == (1, True)
    assert generation.at.tzinfo is not None
    assert list(await host.difference(0, 1)) == [change]


async def test_installing_twice_changes_nothing(host: Host) -> None:
    hello = InstallPackage(attribute="hello")
    await run(host, hello)
    assert (await host.preview(hello)).nothing_to_do is not None
    again = await run(host, hello)
    assert again.generation_after == again.generation_before == 1
    assert await names(host) == ["hello"]


async def test_removing_takes_only_that_package(host: Host) -> None:
    for attribute in ("hello", "cowsay"):
        await run(host, InstallPackage(attribute=attribute))
    action = await remove(host, "hello")
    gone = PackageChange(name="hello", before=await version(host, "hello"))
    assert (await host.preview(action)).packages == (gone,)
    result = await run(host, action)
    assert result.packages == (gone,)
    assert await names(host) == ["cowsay"]
    assert (result.generation_before, result.generation_after) == (2, 3)


async def test_removing_what_is_not_there_is_refused_and_fails(host: Host) -> None:
    await run(host, InstallPackage(attribute="hello"))
    action = RemovePackage(attribute="htop", element="htop-3.4.1")
    with pytest.raises(UserError) as caught:
        await host.preview(action)
    assert caught.value.message.id == "package-not-installed"
    assert await names(host) == ["hello"]


async def test_switching_goes_back_and_forth(host: Host) -> None:
    for attribute in ("hello", "cowsay"):
        await run(host, InstallPackage(attribute=attribute))
    back = SwitchGeneration(generation=1)
    gone = PackageChange(name="cowsay", before=await version(host, "cowsay"))
    assert (await host.preview(back)).packages == (gone,)
    result = await run(host, back)
    assert (result.generation_before, result.generation_after, result.packages) == (2, 1, (gone,))
    assert await names(host) == ["hello"]
    assert [one.current for one in await host.generations()] == [False, True]
    assert (await host.preview(back)).nothing_to_do is not None
    await run(host, SwitchGeneration(generation=2))
    assert await names(host) == ["cowsay", "hello"]


async def test_switching_to_zero_empties_the_profile(host: Host) -> None:
    for attribute in ("hello", "cowsay"):
        await run(host, InstallPackage(attribute=attribute))
    empty = SwitchGeneration(generation=0)
    assert {one.name for one in (await host.preview(empty)).packages} == {"hello", "cowsay"}
    result = await run(host, empty)
    assert await names(host) == []
    assert result.generation_after == 3
    assert (await host.preview(empty)).nothing_to_do is not None
    await run(host, SwitchGeneration(generation=2))
    assert await names(host) == ["cowsay", "hello"]


async def test_an_exact_build_can_be_installed_again(host: Host) -> None:
    await run(host, InstallPackage(attribute="hello"))
    [before] = await host.installed()
    await run(host, await remove(host, "hello"))
    again = InstallPackage(attribute="hello", store_path=before.store_paths[0])
    preview = await host.preview(again)
    assert (preview.download_bytes, preview.disk_bytes, preview.builds) == (0, 0, 0)
    await run(host, again)
    [after] = await host.installed()
    assert (after.attribute, after.version, after.store_paths) == (
        before.attribute,
        before.version,
        before.store_paths,
    )
    await run(host, await remove(host, "hello"))
    assert await names(host) == []


@pytest.mark.parametrize(
    ("attribute", "message_id"), [("no-such-package", "package-not-found"), ("spotify", "package-unfree")]
)
async def test_what_cannot_be_installed_is_told_before(host: Host, attribute: str, message_id: str) -> None:
    with pytest.raises(UserError) as caught:
        await host.preview(InstallPackage(attribute=attribute))
    assert caught.value.message.id == message_id
    assert caught.value.parameters["package"] == attribute
    result = await host.run(InstallPackage(attribute=attribute), Remembering())
    assert not result.succeeded
    assert result.diagnosis is not None
    assert list(await host.generations()) == []


async def test_a_generation_that_does_not_exist(host: Host) -> None:
    await run(host, InstallPackage(attribute="hello"))
    with pytest.raises(UserError) as caught:
        await host.preview(SwitchGeneration(generation=7))
    assert caught.value.message.id == "generation-not-found"
    result = await host.run(SwitchGeneration(generation=7), Remembering())
    assert not result.succeeded
    assert result.diagnosis is not None
    assert (result.generation_before, result.generation_after) == (1, 1)
    with pytest.raises(UserError):
        await host.difference(1, 7)


async def test_cleaning_up_frees_what_was_foretold(host: Host) -> None:
    await run(host, InstallPackage(attribute="hello"))
    await run(host, InstallPackage(attribute="cowsay"))
    await run(host, await remove(host, "cowsay"))
    foretold = await host.garbage(None)
    assert [one.number for one in foretold.generations] == [2, 1]
    assert foretold.bytes > 0
    usage = await host.disk_usage()
    assert usage.garbage_bytes + usage.old_generations_bytes == foretold.bytes

    delete = DeleteGenerations()
    assert len((await host.preview(delete)).removals) == 2
    await run(host, delete)
    assert [one.number for one in await host.generations()] == [3]
    assert (await host.preview(delete)).nothing_to_do is not None
    collect = await host.preview(CollectGarbage())
    assert collect.disk_bytes == -foretold.bytes
    assert collect.removals
    result = await run(host, CollectGarbage())
    assert result.freed_bytes is not None
    assert result.freed_bytes > 0
    after = await host.disk_usage()
    assert after.store_paths == usage.store_paths - foretold.paths
    assert after.store_bytes == usage.store_bytes - foretold.bytes
    assert (await host.garbage(None)).paths == 0
    assert (await host.preview(CollectGarbage())).nothing_to_do is not None
    assert await names(host) == ["hello"]


async def test_a_count_keeps_the_newest(host: Host) -> None:
    for attribute in ("hello", "cowsay", "htop"):
        await run(host, InstallPackage(attribute=attribute))
    await run(host, DeleteGenerations(older_than="+2"))
    assert [one.number for one in await host.generations()] == [3, 2]
    assert (await host.preview(DeleteGenerations(older_than="14d"))).nothing_to_do is not None


async def test_bad_values_never_get_far(host: Host) -> None:
    for action in (
        InstallPackage(attribute="--option"),
        InstallPackage(attribute="hello; true"),
        RemovePackage(attribute="hello", element="-rf"),
        DeleteGenerations(older_than="1d --all"),
    ):
        with pytest.raises(UserError) as caught:
            host.commands(action)
        assert caught.value.message.id == "bad-value"
        with pytest.raises(UserError):
            await host.preview(action)


async def test_the_observer_hears_of_it(host: Host) -> None:
    observer = Remembering()
    await host.run(InstallPackage(attribute="hello"), observer)
    assert observer.progress
    assert observer.lines
    assert observer.progress[-1].unit == "builds"
    assert observer.progress[-1].done == observer.progress[-1].expected > 0


async def test_two_readers_at_once(host: Host) -> None:
    await run(host, InstallPackage(attribute="hello"))
    first, second = await asyncio.gather(host.installed(), host.installed())
    assert list(first) == list(second)

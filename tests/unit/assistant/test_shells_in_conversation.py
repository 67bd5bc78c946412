"""A shell with some programs: exact versions and the command to copy."""

from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.nix.package_index import PackageIndex
from talking import begin_talk


@pytest.mark.parametrize(
    "words",
    ["give me a shell with htop and cowsay", "a shell with htop and cowsay", "nix-shell -p htop cowsay"],
)
async def test_the_command_and_the_exact_versions(
    folder: Path, host: FakeHost, finder: PackageIndex, words: str
) -> None:
    talk = await begin_talk(folder, host, finder)
    await talk.say(words)
    said = talk.audience.text
    assert "nix shell 'nixpkgs#htop' 'nixpkgs#cowsay'" in said
    assert "3.4.1" in said
    assert "3.8.4" in said
    assert talk.audience.plans == {}
    assert host.contents() == ()

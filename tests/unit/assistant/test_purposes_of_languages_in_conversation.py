"""The skills offer programs for purposes said in other languages."""

from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.nix.packages import PackageFacts
from talking import begin_talk

LOUPE = PackageFacts("loupe", "49", "Shows pictures", "Loupe")


@pytest.mark.parametrize(
    "text",
    [
        "find me a program for Fotos anschauen",
        "/search Bilder ansehen",
        "search for 看图片",
        "search for visor de fotos",
    ],
)
async def test_a_program_is_offered(folder: Path, host: FakeHost, text: str) -> None:
    host.packages[LOUPE.attribute] = LOUPE
    talk = await begin_talk(folder, host, PackageIndex.from_facts(host.packages.values()))
    await talk.say(text)
    assert "**Loupe**" in talk.audience.text
    assert "found no program" not in talk.audience.text

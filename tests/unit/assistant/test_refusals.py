"""What cannot be done is told with the next step: a channel, Nix itself, a free program."""

import asyncio
from pathlib import Path

import pytest

from fake_host import FakeHost
from nixforhumanity.assistant.actions import AnyAction
from nixforhumanity.assistant.answers import Answer, Code
from nixforhumanity.assistant.asking_back import without_nix
from nixforhumanity.assistant.host import ActionPreview
from nixforhumanity.assistant.refusals import refused
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.wording import Wording
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.nix.packages import PackageFacts
from talking import begin_talk

CHROME = PackageFacts("google-chrome", "140", "Web browser by Google", "Google Chrome", unfree=True)
FIREFOX = PackageFacts("firefox", "145", "Web browser", "Firefox")
OPERA = PackageFacts("opera", "100", "Web browser with a built-in side bar", "Opera", unfree=True)


def text(answer: Answer) -> str:
    words = Wording()
    return "\n".join(one.text if isinstance(one, Code) else words.text(one) for one in answer.parts)


@pytest.fixture
def browsers() -> PackageIndex:
    return PackageIndex.from_facts((CHROME, FIREFOX, OPERA))


def test_an_unfree_program_has_reasons_a_way_and_free_alternatives(browsers: PackageIndex) -> None:
    answer = refused(UserError("package-unfree", package="google-chrome"), browsers)
    told = text(answer)
    assert "allowUnfree = true" in told
    assert "pass it on" in told
    offered = [
        one.prompt.parameters["package"] for one in answer.suggestions if one.prompt.id == "say-install"
    ]
    assert offered == ["Firefox"], "neither itself nor another that is not free"


def test_no_channel_tells_exactly_what_to_type(browsers: PackageIndex) -> None:
    told = text(refused(UserError("no-channel"), browsers))
    assert "nix-channel --add" in told
    assert "nix-channel --update" in told


async def test_that_answer_reaches_the_conversation(
    folder: Path, host: FakeHost, finder: PackageIndex
) -> None:
    talk = await begin_talk(folder, host, finder)
    host.reading_error = UserError("no-channel")
    await talk.say("install hello")
    assert "nix-channel --add" in talk.audience.text


@pytest.mark.parametrize(
    ("system", "command"),
    [
        ("Debian GNU/Linux 12 (bookworm)", "sudo apt install nix-bin"),
        ("Ubuntu 24.04.3 LTS", "sudo apt install nix-bin"),
        ("Arch Linux", "sudo pacman -S nix"),
        ("Some Linux", "website of Nix"),
    ],
)
def test_how_to_get_nix_fits_the_system(system: str, command: str) -> None:
    assert command in text(without_nix("install_package", system))


class SlowRefusal(FakeHost):
    """Refuses only after the card has been shown, as a real Nix does."""

    def __init__(self) -> None:
        super().__init__()
        self.card_is_there = asyncio.Event()

    async def preview(self, action: AnyAction) -> ActionPreview:
        await self.card_is_there.wait()
        raise UserError("package-unfree", package="google-chrome")


async def test_a_refusal_that_comes_after_the_card_has_its_next_step_too(
    folder: Path, browsers: PackageIndex
) -> None:
    host = SlowRefusal()
    talk = await begin_talk(folder, host, browsers)
    turn = talk.begin("install google-chrome")
    await talk.until(lambda: bool(talk.audience.plans))
    host.card_is_there.set()
    await turn
    assert talk.audience.card.state == "failed"
    assert "allowed in the settings" in talk.audience.text
    assert "allowUnfree" not in talk.audience.text, "the level is Beginner"
    assert "Install Firefox" in talk.audience.suggestions

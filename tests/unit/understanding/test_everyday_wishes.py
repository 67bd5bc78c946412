"""Wishes of a grandmother, a pupil and an office worker lead to programs; answers may be whole sentences."""

import pytest

from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.understanding.nearest import HARMLESS, nearest_requests
from nixforhumanity.understanding.requests import Choice, Context, Decision, Request
from nixforhumanity.understanding.understander import Understander


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PackageIndex:
    return PackageIndex.open(tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("I would like a program to look at my photos", "loupe"),
        ("I want to look at pictures of my grandchildren", "loupe"),
        ("I need a program for my holiday photographs", "loupe"),
        ("I want to see my photos", "loupe"),
        ("I want a slideshow of my photos", "loupe"),
        ("I want to make a photo album", "digikam"),
        ("I would like to sort my holiday pictures", "digikam"),
        ("I want to put my photographs in order", "digikam"),
        ("I need a program to copy pictures from my phone", "rapid-photo-downloader"),
        ("I want to print my photos", "kdePackages.gwenview"),
        ("I want to keep my recipes", "zim"),
        ("I want to keep a diary", "zim"),
        ("I want to read the newspaper", "newsflash"),
        ("I want to send an email to my son", "thunderbird"),
        ("I want to watch tv", "kodi"),
        ("I want to hear music", "rhythmbox"),
        ("I want to scan letters", "simple-scan"),
        ("I need a program for my homework", "libreoffice"),
        ("I need a program to learn vocabulary", "anki"),
        ("I want to learn english", "anki"),
        ("I want to practise the times tables", "geogebra"),
        ("I want to make a video for school", "kdePackages.kdenlive"),
        ("I need to write an invoice", "libreoffice"),
        ("I need to plan projects", "projectlibre"),
        ("I want a gantt chart", "projectlibre"),
        ("I need to track my working hours", "libreoffice"),
        ("I need a program for address labels", "libreoffice"),
        ("I need to sign a pdf", "kdePackages.okular"),
    ],
)
def test_a_wish_leads_to_a_program(index: PackageIndex, text: str, attribute: str) -> None:
    request = Understander(index, "en", purposes=index).understand(text).requests[0]
    assert request.name == "suggest_package"
    assert index.suggest(str(request.slots["purpose"]))[0].attribute == attribute


CHOICES = tuple(
    Choice(label, Request("install_package", {"package": name}), (name,))
    for label, name in (("Zoom", "zoom-us"), ("Signal", "signal-desktop"))
)


@pytest.mark.parametrize(
    ("text", "package"),
    [
        ("I would like to have number one", "zoom-us"),
        ("the first one please", "zoom-us"),
        ("Oh then please give me Zoom", "zoom-us"),
        ("I'll take the second", "signal-desktop"),
        ("No wait, I changed my mind. I would rather have Signal", "signal-desktop"),
        ("rather the other one", "signal-desktop"),
        ("I think I will take Signal then", "signal-desktop"),
        ("okay, the last one", "signal-desktop"),
    ],
)
def test_a_choice_in_a_whole_sentence(index: PackageIndex, text: str, package: str) -> None:
    understood = Understander(index, "en").understand(text, Context(CHOICES, taken=0))
    assert understood.requests == (Request("install_package", {"package": package}),)


@pytest.mark.parametrize("text", ["no wait", "no, not that one", "I changed my mind", "no, do it"])
def test_second_thoughts_alone_choose_nothing(index: PackageIndex, text: str) -> None:
    understood = Understander(index, "en").understand(text, Context(CHOICES))
    assert understood.requests[0].name not in ("install_package", "confirm")


def test_another_program_can_be_named_without_a_list(index: PackageIndex) -> None:
    text = "No wait, I changed my mind. I would rather have Signal"
    assert Understander(index, "en").understand(text).requests[0].slots == {"package": "signal-desktop"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("How do I open it?", "how_to_start"),
        ("where do I find it now?", "how_to_start"),
        ("which exact version of numpy would I get?", "package_version"),
        ("install python312Packages.numpy version 1.26", "install_package"),
        ("Did it work?", "last_change"),
        ("did you delete something?", "what_was_deleted"),
        ("Is it safe?", "plan_safety"),
        ("How long does it take?", "plan_duration"),
    ],
)
def test_questions_about_what_was_done(index: PackageIndex, text: str, name: str) -> None:
    understood = Understander(index, "en").understand(text, Context(last_package="vlc"))
    assert (understood.decision, understood.requests[0].name) == (Decision.ACT, name)


@pytest.mark.parametrize(
    "text", ["delete my homework", "remove the stain", "clean my shoes", "go back to school"]
)
def test_nothing_risky_is_near(text: str) -> None:
    assert set(nearest_requests(text, "en")) <= HARMLESS

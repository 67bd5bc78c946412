"""Lists of programs, and what must not be done, in the languages that have no foreseen sentences."""

from pathlib import Path

import pytest

from nixforhumanity.compose.understanding import whole_understander
from nixforhumanity.understanding.understander import Understander

LISTS = {
    "installiere vlc und gimp": ("de", "install_package", ["vlc", "gimp"]),
    "bitte vlc, gimp und krita installieren": ("de", "install_package", ["vlc", "gimp", "krita"]),
    "instala vlc y gimp": ("es", "install_package", ["vlc", "gimp"]),
    "instala o vlc e o gimp": ("pt_BR", "install_package", ["vlc", "gimp"]),
    "установи vlc и gimp": ("ru", "install_package", ["vlc", "gimp"]),
    "удали vlc и gimp": ("ru", "remove_package", ["vlc", "gimp"]),
    "احذف krita و gimp": ("ar", "remove_package", ["krita", "gimp"]),
}
NOT_DONE = {
    "installiere vlc nicht": "de",
    "lösche gimp nicht": "de",
    "no instales vlc": "es",
    "não instale o vlc": "pt_BR",
    "n'installe pas vlc": "fr",
    "не устанавливай vlc": "ru",
    "不要安装vlc": "zh_CN",
    "vlcを入れないで": "ja",
    "لا تحذف gimp": "ar",
    "vlc मत हटाओ": "hi",
}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


def understander(cache: Path, language: str) -> Understander:
    return whole_understander(cache, language)


@pytest.mark.parametrize("line", LISTS)
def test_each_program_of_a_list_is_asked_for(cache: Path, line: str) -> None:
    language, request, names = LISTS[line]
    understood = understander(cache, language).understand(line)
    assert [(one.name, one.slots["package"]) for one in understood.requests] == [
        (request, name) for name in names
    ]


@pytest.mark.parametrize("line", NOT_DONE)
def test_what_must_not_be_done_is_not(cache: Path, line: str) -> None:
    understood = understander(cache, NOT_DONE[line]).understand(line)
    acts = [one.name for one in understood.requests if understood.decision.value == "act"]
    assert not {"install_package", "remove_package", "run_package", "try_package"} & set(acts)


def test_another_verb_is_another_request(cache: Path) -> None:
    understood = understander(cache, "de").understand("öffne vlc und lösche gimp")
    assert ("run_package", "gimp") not in [
        (one.name, one.slots.get("package")) for one in understood.requests
    ]


def test_something_no_longer_needed_is_removed(cache: Path) -> None:
    understood = understander(cache, "de").understand("ich brauche gimp nicht mehr, lösch es")
    assert [one.name for one in understood.requests] == ["remove_package"]

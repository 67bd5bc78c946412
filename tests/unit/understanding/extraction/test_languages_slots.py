"""Slots of lines in other languages: names in every script, numbers in words, times, places, own words."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.understanding.extraction import extract
from nixforhumanity.understanding.extraction.names import is_attribute
from nixforhumanity.understanding.requests import NameMatch, SlotValue

LANGUAGES = ("de", "es", "fr", "pt_BR", "ru", "zh_CN", "ja", "ar", "hi")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PackageIndex:
    folder: Path = tmp_path_factory.mktemp("index")
    return PackageIndex.open(folder)


@pytest.mark.parametrize(
    ("language", "request_name", "text", "values"),
    [
        ("de", "install_package", "Spiel mir den VLC-Player auf", {"package": "vlc"}),
        ("de", "start_service", "Wirf den Drucker wieder an", {"service": "printing"}),
        ("de", "open_port", "Mach Port achttausendachtzig auf", {"port": 8080}),
        ("de", "diff_generations", "Was ist seit vorgestern anders?", {"from": "-2d"}),
        ("es", "run_package", "ábreme el gimp", {"package": "gimp"}),
        ("es", "stop_service", "para la impresora un momento", {"service": "printing"}),
        ("es", "close_port", "cierra el puerto nueve mil noventa", {"port": 9090}),
        (
            "es",
            "delete_generations",
            "borra las generaciones de hace más de dos semanas",
            {"older_than": "14d"},
        ),
        ("fr", "run_package", "ouvre-moi inkscape", {"package": "inkscape"}),
        ("fr", "check_port", "le port huit mille quatre-vingt-dix est libre ?", {"port": 8090}),
        ("fr", "switch_generation", "passe à la génération soixante-dix-huit", {"generation": 78}),
        ("pt_BR", "open_port", "abre a porta oito mil e oitenta", {"port": 8080}),
        ("pt_BR", "set_timezone", "coloca o horário de brasília", {"timezone": "America/Sao_Paulo"}),
        ("ru", "install_package", "поставь фаерфокс", {"package": "firefox"}),
        ("ru", "remove_package", "удали gimp, он мне не нужен", {"package": "gimp"}),
        ("ru", "restart_service", "перезапусти блютуз", {"service": "bluetooth"}),
        ("ru", "set_keyboard_layout", "поставь немецкую раскладку", {"layout": "de"}),
        ("ru", "switch_generation", "переключись на поколение сорок два", {"generation": 42}),
        ("zh_CN", "install_package", "帮我装火狐", {"package": "firefox"}),
        ("zh_CN", "run_package", "把vlc打开", {"package": "vlc"}),
        ("zh_CN", "open_port", "把八千零八十端口打开", {"port": 8080}),
        ("zh_CN", "delete_generations", "只保留最近五代", {"older_than": "+5"}),
        ("zh_CN", "change_mode", "切换到专家模式", {"level": "expert"}),
        ("ja", "install_package", "ファイアフォックスを入れて", {"package": "firefox"}),
        ("ja", "start_service", "dockerを起動して", {"service": "docker"}),
        ("ja", "check_port", "八千番のポートは空いてる？", {"port": 8000}),
        ("ja", "set_locale", "表示を日本語にして", {"locale": "ja_JP.UTF-8"}),
        ("ar", "install_package", "ثبت لي فايرفوكس", {"package": "firefox"}),
        ("ar", "stop_service", "أوقف خدمة الطباعة", {"service": "printing"}),
        ("ar", "switch_generation", "رجعني على الجيل ١٧", {"generation": 17}),
        ("ar", "open_port", "افتح البورت ثمانين", {"port": 80}),
        ("hi", "install_package", "फ़ायरफ़ॉक्स इंस्टॉल कर दो", {"package": "firefox"}),
        ("hi", "restart_service", "प्रिंटर की सर्विस रीस्टार्ट करो", {"service": "printing"}),
        ("hi", "switch_generation", "जेनरेशन ४२ पर चलो", {"generation": 42}),
        ("hi", "set_timezone", "समय क्षेत्र दुबई का लगा दो", {"timezone": "Asia/Dubai"}),
    ],
)
def test_slots(
    language: str, request_name: str, text: str, values: dict[str, SlotValue], index: PackageIndex
) -> None:
    assert extract(request_name, text, index, language).values == values


@pytest.mark.parametrize(
    ("language", "request_name", "text", "slot", "value"),
    [
        ("de", "which_package_provides", "In welchem Paket steckt der Befehl dig?", "command", "dig"),
        ("es", "connect_wifi", "conéctate a la red CasaLuna", "ssid", "CasaLuna"),
        ("fr", "set_hostname", "appelle cet ordinateur tournesol", "hostname", "tournesol"),
        ("ru", "search_packages", "найди пакеты по слову штрихкод", "query", "штрихкод"),
        ("zh_CN", "which_package_provides", "dig 命令在哪个包里？", "command", "dig"),
        ("ja", "create_user", "hanakoというユーザーを作って", "username", "hanako"),
        ("ar", "search_options", "شو اسم الخيار تبع الخطوط؟", "query", "الخطوط"),
        ("hi", "explain_concept", "flake क्या होता है?", "concept", "flake"),
    ],
)
def test_own_words(
    language: str, request_name: str, text: str, slot: str, value: str, index: PackageIndex
) -> None:
    assert extract(request_name, text, index, language).values.get(slot) == value


class NoNames:
    """An index that knows no name."""

    def resolve(self, name: str, limit: int = 5) -> list[NameMatch]:
        return []


_SLOTTED = sorted(name for name, request in catalogue().items() if request.slots)
_TEXT = st.text(max_size=120) | st.text(
    alphabet="открой端口开八千ポートをпорт١٢३ -'’.:/+a1B「」", max_size=120
)


@settings(max_examples=60, deadline=None)
@given(_TEXT, st.sampled_from(_SLOTTED), st.sampled_from(LANGUAGES))
def test_any_text_gives_valid_values(text: str, request_name: str, language: str) -> None:
    values = extract(request_name, text, NoNames(), language).values
    assert 1 <= int(str(values.get("port", 1))) <= 65_535
    assert is_attribute(str(values.get("package", "vlc")))
    assert values.get("level", "expert") in ("beginner", "intermediate", "expert")
    assert values.get("protocol", "tcp") in ("tcp", "udp")
    assert set(values) <= {slot.name for slot in catalogue()[request_name].slots}

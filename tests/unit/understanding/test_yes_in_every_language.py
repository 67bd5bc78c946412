"""Only what is plainly a yes allows a plan, in every language: no question, no greeting, no "enough"."""

import pytest

from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.understanding.requests import Context, Request
from nixforhumanity.understanding.understander import Understander

YES = {
    "en": ("yes", "ok", "go ahead", "why not?", "sure, do it"),
    "de": ("ja", "ja bitte", "mach das bitte", "klar, mach mal", "in Ordnung", "nur zu!", "ja, danke"),
    "es": ("sí", "si, por favor", "claro que sí", "dale", "de acuerdo", "está bien"),
    "fr": ("oui", "oui, vas-y", "d'accord", "bien sûr", "ça marche", "pourquoi pas ?"),
    "pt_BR": ("sim", "pode fazer", "com certeza", "claro, pode ser", "beleza"),
    "ru": ("да", "да, пожалуйста", "давай", "хорошо, делай", "конечно"),
    "zh_CN": ("是的", "好的，谢谢", "可以", "没问题", "就这么办", "好的，请继续"),
    "ja": ("はい", "はい、お願いします", "うん、やって", "実行してください", "もちろん"),
    "ar": ("نعم", "نعم من فضلك", "تمام", "على بركة الله", "موافق"),
    "hi": ("हाँ", "जी हाँ", "कर दो", "haan kar do", "ठीक है", "theek hai bhai"),
}
NOT_YES = {
    "en": ("yes?!", "ok?", "sure?", "why do you want to do that", "ok, thanks", "no", "not now"),
    "de": (
        "ist das sicher?!", "ist das richtig so", "soll ich das machen", "kannst du das machen", "und weiter",
        "sicher ist sicher", "ok lassen sie das sein", "ja?", "nein", "lieber nicht", "danke", "genug",
    ),
    "es": ("ya vale", "es seguro", "¿sí?", "no", "mejor no", "basta", "gracias"),
    "fr": ("et si je le fais", "si tout va bien", "oui ?", "non", "plutôt pas", "merci", "c'est bon ?"),
    "pt_BR": ("o que é isso", "que isso", "isso é tudo", "sim?", "não", "melhor não", "chega"),
    "ru": ("и так хорошо", "а точно", "это точно правильно", "да?!", "нет", "не надо", "хватит", "спасибо"),
    "zh_CN": ("你好", "行了", "对了", "好了", "是吗？", "不用了", "算了", "谢谢"),
    "ja": ("もういいです", "もういい", "いいです", "大丈夫です", "そうですね", "はい？", "やめて"),
    "ar": ("نعم؟", "لا", "خلاص", "يكفي", "شكرا", "ما هذا"),
    "hi": ("बस करो", "bas karo", "हाँ?", "नहीं", "रहने दो", "धन्यवाद"),
}  # fmt: skip
WAITING = Context(waiting=Request("install_package", {"package": "hello"}))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PackageIndex:
    return PackageIndex.open(tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize(
    ("language", "line"), [(lang, line) for lang, lines in YES.items() for line in lines]
)
def test_a_plain_yes_is_one(index: PackageIndex, language: str, line: str) -> None:
    understood = Understander(index, language).understand(line, WAITING)
    assert [request.name for request in understood.requests] == ["confirm"]


@pytest.mark.parametrize("expected", ["en", "own"])
@pytest.mark.parametrize(
    ("language", "line"), [(lang, line) for lang, lines in NOT_YES.items() for line in lines]
)
def test_nothing_else_is(index: PackageIndex, language: str, line: str, expected: str) -> None:
    understood = Understander(index, "en" if expected == "en" else language).understand(line, WAITING)
    assert "confirm" not in [request.name for request in understood.requests]


@pytest.mark.parametrize("language", YES)
def test_no_yes_is_a_no(index: PackageIndex, language: str) -> None:
    for line in YES[language]:
        assert Understander(index, language).understand(line).requests[0].name != "deny", line

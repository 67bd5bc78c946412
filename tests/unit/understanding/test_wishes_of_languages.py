"""Everyday wishes in every language lead to a program that fits, from the words to the index."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest

from nixforhumanity.compose.understanding import whole_understander
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.understanding.requests import Decision
from nixforhumanity.understanding.understander import Understander

WISHES = {
    "de": {
        "ich suche ein Programm zum Fotos anschauen": "loupe",
        "ich will Musik hören": "rhythmbox",
        "womit kann ich Videos schneiden?": "kdePackages.kdenlive",
        "Ich brauche etwas, um Briefe zu schreiben": "libreoffice",
        "welches Programm gibt es zum Bilder bearbeiten?": "gimp",
        "ich möchte ein Tagebuch führen": "zim",
        "Ich brauche einen Taschenrechner": "gnome-calculator",
        "ich brauche ein Programm zum Malen für Kinder": "tuxpaint",
        "Programm zum PDF lesen": "evince",
        "Suche ein Schachprogramm": "gnome-chess",
    },
    "es": {
        "busca un editor de fotos": "gimp",
        "necesito un programa para ver vídeos": "vlc",
        "¿con qué puedo escuchar música?": "rhythmbox",
        "quiero algo para escribir cartas": "libreoffice",
        "recomiéndame un programa de dibujo": "krita",
        "quiero aprender inglés, ¿qué programa me recomiendas?": "anki",
        "un programa para leer PDF": "evince",
        "necesito una calculadora": "gnome-calculator",
        "busco juegos para niños": "gcompris",
    },
    "fr": {
        "je cherche un logiciel pour retoucher des photos": "gimp",
        "avec quoi puis-je écouter de la musique ?": "rhythmbox",
        "un programme pour lire des PDF": "evince",
        "cherche un éditeur de vidéo": "kdePackages.kdenlive",
        "j'ai besoin d'un traitement de texte": "libreoffice",
        "je voudrais apprendre l'anglais": "anki",
        "je cherche un logiciel pour dessiner": "krita",
        "trouve-moi un jeu d'échecs": "gnome-chess",
    },
    "pt_BR": {
        "quero um programa para editar fotos": "gimp",
        "preciso de algo para ouvir música": "rhythmbox",
        "procure um editor de vídeo": "kdePackages.kdenlive",
        "qual programa serve para ler PDF?": "evince",
        "preciso de um programa para escrever cartas": "libreoffice",
        "quero aprender inglês": "anki",
        "existe um aplicativo para organizar receitas?": "zim",
        "procuro um programa para baixar vídeos": "parabolic",
    },
    "ru": {
        "посоветуй программу для просмотра фотографий": "loupe",
        "чем слушать музыку?": "rhythmbox",
        "нужна программа для рисования": "krita",
        "найди программу для записи экрана": "obs-studio",
        "нужен текстовый редактор": "gnome-text-editor",
        "чем открыть pdf?": "evince",
        "посоветуй видеоредактор": "kdePackages.kdenlive",
        "нужен калькулятор": "gnome-calculator",
    },
    "zh_CN": {
        "我想找一个看图片的软件": "loupe",
        "推荐一个听音乐的程序": "rhythmbox",
        "有什么软件可以写信？": "libreoffice",
        "我想学英语，有什么软件推荐": "anki",
        "找一个录屏软件": "obs-studio",
        "有没有看pdf的软件": "evince",
        "我需要一个计算器": "gnome-calculator",
        "有什么剪辑视频的软件": "kdePackages.kdenlive",
        "我想画画": "krita",
    },
    "ja": {
        "写真を見るソフトを探しています": "loupe",
        "音楽を聴くためのアプリはありますか": "rhythmbox",
        "絵を描くソフトを教えて": "krita",
        "PDFを読むアプリを探して": "evince",
        "動画を編集するソフトはある？": "kdePackages.kdenlive",
        "手紙を書くためのソフトが欲しい": "libreoffice",
        "電卓アプリ": "gnome-calculator",
        "画面を録画するソフトを教えてください": "obs-studio",
        "家計簿ソフト": "gnucash",
    },
    "ar": {
        "أريد برنامجا لعرض الصور": "loupe",
        "ابحث عن محرر صور": "gimp",
        "أحتاج برنامجا لتحرير الفيديو": "kdePackages.kdenlive",
        "ما هو أفضل برنامج للاستماع إلى الموسيقى": "rhythmbox",
        "أريد تطبيقا لقراءة ملفات PDF": "evince",
        "أريد برنامجا للرسم": "krita",
        "ابحث عن آلة حاسبة": "gnome-calculator",
        "أريد تعلم الإنجليزية": "anki",
    },
    "hi": {
        "मुझे फोटो देखने के लिए प्रोग्राम चाहिए": "loupe",
        "संगीत सुनने के लिए कोई ऐप बताओ": "rhythmbox",
        "वीडियो एडिट करने के लिए कौन सा सॉफ्टवेयर अच्छा है": "kdePackages.kdenlive",
        "मुझे चिट्ठी लिखने के लिए प्रोग्राम चाहिए": "libreoffice",
        "PDF पढ़ने वाला ऐप बताओ": "evince",
        "चित्र बनाने का प्रोग्राम खोजो": "krita",
        "मुझे कैलकुलेटर चाहिए": "gnome-calculator",
        "स्क्रीन रिकॉर्ड करने का ऐप": "obs-studio",
    },
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PackageIndex:
    return PackageIndex.open(tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def understander(tmp_path_factory: pytest.TempPathFactory) -> Understander:
    return whole_understander(tmp_path_factory.mktemp("whole"), "en")


@pytest.mark.parametrize("language", WISHES)
def test_a_wish_leads_to_a_program(language: str, understander: Understander, index: PackageIndex) -> None:
    led = {text: first_program(text, understander, index) for text in WISHES[language]}
    assert led == WISHES[language]


def first_program(text: str, understander: Understander, index: PackageIndex) -> str:
    understood = understander.understand(text)
    slots = understood.requests[0].slots
    if understood.decision is not Decision.ACT:
        return f"{understood.decision}: {understood.requests[0].name}"
    if "purpose" in slots:
        return next((one.attribute for one in index.suggest(str(slots["purpose"]))), "none suggested")
    if "query" in slots:
        return next((hit.package.attribute for hit in index.search(str(slots["query"]))), "none found")
    return understood.requests[0].name


@pytest.mark.parametrize(
    ("text", "request_name"),
    [
        ("installiere firefox", "install_package"),
        ("stelle die Sprache auf Englisch", "set_locale"),
        ("instala vlc", "install_package"),
        ("поставь firefox", "install_package"),
        ("安装 firefox", "install_package"),
    ],
)
def test_other_requests_stay_what_they_are(text: str, request_name: str, understander: Understander) -> None:
    assert understander.understand(text).requests[0].name == request_name

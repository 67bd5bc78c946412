"""Writes what other languages call places and languages: resources/understanding/LANG/places.toml.

The names are those of the Unicode CLDR, read with the Babel package, which only this step needs.
"""

import sys
import zoneinfo
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

from nixforhumanity.understanding.extraction.tables import table

ROOT = Path(__file__).resolve().parents[1]
UNDERSTANDING = ROOT / "resources" / "understanding"
LANGUAGES = ("de", "es", "fr", "pt_BR", "ru", "zh_CN", "ja", "ar", "hi")
_MAIN_ZONES = {
    "US": "America/New_York", "RU": "Europe/Moscow", "CN": "Asia/Shanghai", "DE": "Europe/Berlin",
    "ES": "Europe/Madrid", "PT": "Europe/Lisbon", "BR": "America/Sao_Paulo",
    "AR": "America/Argentina/Buenos_Aires",
    "MX": "America/Mexico_City", "AU": "Australia/Sydney", "CA": "America/Toronto", "CL": "America/Santiago",
    "UA": "Europe/Kyiv", "KZ": "Asia/Almaty", "NZ": "Pacific/Auckland", "ID": "Asia/Jakarta",
    "MY": "Asia/Kuala_Lumpur", "EC": "America/Guayaquil", "CY": "Asia/Nicosia", "PS": "Asia/Gaza",
    "UZ": "Asia/Tashkent", "MN": "Asia/Ulaanbaatar", "CD": "Africa/Kinshasa", "GL": "America/Nuuk",
}  # fmt: skip
_MAIN_LOCALES = {
    "en": "en_US", "de": "de_DE", "fr": "fr_FR", "es": "es_ES", "pt": "pt_BR", "zh": "zh_CN", "ar": "ar_EG",
    "zh_Hans": "zh_CN", "zh_Hant": "zh_TW", "sr": "sr_RS", "fa": "fa_IR", "ur": "ur_PK", "bn": "bn_BD",
    "nb": "nb_NO", "no": "nb_NO", "sw": "sw_KE", "pa": "pa_IN", "ta": "ta_IN", "ko": "ko_KR", "yi": "yi_US",
}  # fmt: skip
_LAYOUTS = {
    "us": ("US", ""), "gb": ("GB", ""), "de": ("DE", "de"), "at": ("AT", ""), "ch": ("CH", ""),
    "fr": ("FR", "fr"), "be": ("BE", ""), "nl": ("NL", "nl"), "es": ("ES", "es"), "latam": ("MX", ""),
    "it": ("IT", "it"), "pt": ("PT", "pt"), "br": ("BR", "pt_BR"), "ca": ("CA", ""), "se": ("SE", "sv"),
    "no": ("NO", "nb"), "dk": ("DK", "da"), "fi": ("FI", "fi"), "is": ("IS", "is"), "ee": ("EE", "et"),
    "lv": ("LV", "lv"), "lt": ("LT", "lt"), "pl": ("PL", "pl"), "cz": ("CZ", "cs"), "sk": ("SK", "sk"),
    "hu": ("HU", "hu"), "ro": ("RO", "ro"), "bg": ("BG", "bg"), "gr": ("GR", "el"), "tr": ("TR", "tr"),
    "ru": ("RU", "ru"), "ua": ("UA", "uk"), "by": ("BY", "be"), "kz": ("KZ", "kk"), "ge": ("GE", "ka"),
    "am": ("AM", "hy"), "rs": ("RS", "sr"), "hr": ("HR", "hr"), "si": ("SI", "sl"), "mk": ("MK", "mk"),
    "al": ("AL", "sq"), "il": ("IL", "he"), "ara": ("SA", "ar"), "ir": ("IR", "fa"), "jp": ("JP", "ja"),
    "kr": ("KR", "ko"), "cn": ("CN", "zh"), "vn": ("VN", "vi"), "th": ("TH", "th"), "in": ("IN", "hi"),
    "pk": ("PK", "ur"), "np": ("NP", "ne"), "bd": ("BD", "bn"), "lk": ("LK", "si"), "uz": ("UZ", "uz"),
    "kg": ("KG", "ky"), "tj": ("TJ", "tg"), "tm": ("TM", "tk"), "az": ("AZ", "az"), "mn": ("MN", "mn"),
    "md": ("MD", ""), "ba": ("BA", "bs"), "ma": ("MA", ""), "ie": ("IE", "ga"), "epo": ("", "eo"),
}  # fmt: skip
_HEAD = "# Places and languages as the Unicode CLDR calls them. Made by training/place_names.py.\n"

Names = dict[str, list[str]]


def main() -> int:
    """Write the table of each language, and the list of locales."""
    countries = _locale_of_country()
    for language in LANGUAGES:
        locale = Locale.parse(language)
        parts = {
            "timezone": _zones(locale),
            "locale": _locales(locale, countries),
            "layout": _layouts(locale),
        }
        text = _HEAD + "".join(f"\n[{name}]\n{_lines(names)}" for name, names in parts.items())
        folder = UNDERSTANDING / language
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "places.toml").write_text(text, encoding="utf-8")
    known = sorted({f"{one.language}_{one.territory}" for one in _all_locales() if one.territory})
    known = [name for name in known if len(name.partition("_")[2]) == 2]
    (UNDERSTANDING / "locales.txt").write_text("\n".join(known) + "\n", encoding="utf-8")
    return 0


def _all_locales() -> Iterator[Locale]:
    for name in locale_identifiers():
        parsed = Locale.parse(name)
        if parsed.territory and not parsed.variant:
            yield parsed


def _zones(locale: Locale) -> Names:
    names: Names = defaultdict(list)
    for zone in sorted(zoneinfo.available_timezones()):
        city = locale.time_zones.get(zone, {}).get("city")
        if city and "/" in zone and not zone.startswith(("Etc/", "US/", "Canada/", "Brazil/")):
            names[_current(zone)].append(city)
    by_country: dict[str, list[str]] = get_global("territory_zones")
    for country, zones in sorted(by_country.items()):
        zone = _MAIN_ZONES.get(country) or (_current(zones[0]) if len(zones) == 1 else "")
        if zone and country in locale.territories:
            names[zone].append(locale.territories[country])
    return names


def _current(zone: str) -> str:
    return {"Europe/Kiev": "Europe/Kyiv", "Asia/Calcutta": "Asia/Kolkata", "Asia/Saigon": "Asia/Ho_Chi_Minh",
            "Asia/Katmandu": "Asia/Kathmandu", "Asia/Rangoon": "Asia/Yangon", "America/Buenos_Aires":
            "America/Argentina/Buenos_Aires", "Atlantic/Faeroe": "Atlantic/Faroe",
            "America/Godthab": "America/Nuuk"}.get(zone, zone)  # fmt: skip


def _locale_of_country() -> dict[str, str]:
    found: dict[str, str] = {}
    subtags: dict[str, str] = get_global("likely_subtags")
    for name, full in subtags.items():
        if name.startswith("und_") and len(name) == 6:
            found[name[4:]] = f"{full.split('_')[0]}_{name[4:]}"
    return found


def _locales(locale: Locale, countries: dict[str, str]) -> Names:
    names: Names = defaultdict(list)
    subtags: dict[str, str] = get_global("likely_subtags")
    for code, name in sorted(locale.languages.items()):
        full = _MAIN_LOCALES.get(code)
        if full is None and code in subtags and len(code) <= 3:
            parts = subtags[code].split("_")
            full = f"{parts[0]}_{parts[-1]}"
        if full is None and len(code) == 5 and code[2] == "_":
            full = code
        if full and len(full.partition("_")[2]) == 2:
            names[f"{full}.UTF-8"].append(name)
    for country, full in sorted(countries.items()):
        if country in locale.territories:
            names[f"{full}.UTF-8"].append(locale.territories[country])
    return names


def _layouts(locale: Locale) -> Names:
    known = table("places")["layouts"]
    names: Names = defaultdict(list)
    for layout, (country, language) in _LAYOUTS.items():
        if layout in known:
            names[layout] += [locale.territories[country]] if country in locale.territories else []
            names[layout] += [locale.languages[language]] if language in locale.languages else []
    return names


def _lines(names: Names) -> str:
    rows = []
    for value, listed in sorted(names.items()):
        words = ", ".join(dict.fromkeys(one.casefold().replace(",", " ").replace('"', "") for one in listed))
        rows.append(f'"{value}" = "{words}"\n')
    return "".join(rows)


if __name__ == "__main__":
    sys.exit(main())

"""Days and times as people say them, in the order and the words of the language that is on."""

import re
from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

_QUOTED = r"(?:'[^']*'\.?)"
_WEEKDAY = re.compile(r"\s*[,،]?\s*d{3,4}\s*[,،.]?\s*")
_YEAR = re.compile(rf"(?:\s*{_QUOTED})?[\s,،]*y+(?:\s*(?:{_QUOTED}|[年년]|\.))?[\s,،]*")


def friendly_day(day: date, today: date) -> str:
    """Return `Today`, `Yesterday`, `12 November`, or with its year where that is another one."""
    if day == today:
        return QCoreApplication.translate("FriendlyDates", "Today")
    if day == today - timedelta(days=1):
        return QCoreApplication.translate("FriendlyDates", "Yesterday")
    return _date(day, with_year=day.year != today.year)


def friendly_time(moment: datetime) -> str:
    """Return the time of day, such as `14:03`."""
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def friendly_moment(moment: datetime, today: date) -> str:
    """Return day and time within a sentence, such as `yesterday 14:03`."""
    day = moment.date()
    if day == today:
        words = QCoreApplication.translate("FriendlyDates", "today {time}")
    elif day == today - timedelta(days=1):
        words = QCoreApplication.translate("FriendlyDates", "yesterday {time}")
    else:
        words = QCoreApplication.translate("FriendlyDates", "{day}, {time}")
    shown = words.replace("{day}", friendly_day(day, today))
    return shown.replace("{time}", friendly_time(moment))


def _date(day: date, *, with_year: bool) -> str:
    """Return the locale's long date without its day of the week: nobody has to compute what it was."""
    locale = QLocale()
    pattern = _WEEKDAY.sub(" ", locale.dateFormat(QLocale.FormatType.LongFormat)).strip()
    if not with_year:
        pattern = _YEAR.sub(" ", pattern).strip()
    return locale.toString(QDate(day.year, day.month, day.day), pattern).strip()

"""When something was said, as short as it can be."""

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QTime


def time_text(at: datetime | None, now: datetime, locale: QLocale) -> str:
    """Return the time, with the date when it was not today; empty when not known. Both times are aware."""
    if at is None:
        return ""
    local = at.astimezone()
    time = locale.toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    if local.date() == now.astimezone().date():
        return time
    date = locale.toString(QDate(local.year, local.month, local.day), QLocale.FormatType.ShortFormat)
    return f"{date}  {time}"

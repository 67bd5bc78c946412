"""What a screen reader finds in the conversation: order, names, and what is open."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from nixforhumanity.ui.conversation.conversation_view import ConversationView
from nixforhumanity.ui.conversation.plan_card_view import PlanCardView
from nixforhumanity.ui.conversation.plan_facts import spoken_label
from nixforhumanity.ui.theme.appearance import Theme, apply_theme
from ui.conversation_cards import plan_card, say


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> ConversationView:
    apply_theme(qapp, Theme.LIGHT)
    widget = ConversationView()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def interface(thing: object) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(thing)  # type: ignore[call-overload]
    assert found is not None
    return found


def names_of_rows(view: ConversationView) -> list[str]:
    view.transcript.live_rows()
    listing = interface(view.transcript.viewport())
    assert listing.role() is QAccessible.Role.List
    rows = [listing.child(number) for number in range(listing.childCount())]
    assert all(row.role() is QAccessible.Role.ListItem for row in rows)
    assert [listing.indexOfChild(row) for row in rows] == list(range(len(rows)))
    return [row.text(QAccessible.Text.Name) for row in rows]


def walk(thing: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield thing
    for number in range(thing.childCount()):
        yield from walk(thing.child(number))


def test_rows_are_in_order_and_no_spare_ones_among_them(view: ConversationView) -> None:
    for number in range(60):
        view.model.append_person(f"Question {number}")
        view.model.set_plan(plan_card(f"p{number}", title=f"Plan {number}", state="done"))
    bar = view.transcript.verticalScrollBar()
    for place in (0, bar.maximum(), 2000, 500):
        bar.setValue(place)
        names = names_of_rows(view)
        rows = [row for row, _ in view.transcript.live_rows()]
        expected = [f"Question {row // 2}" if row % 2 == 0 else f"Plan {row // 2}" for row in rows]
        assert len(names) == len(expected) > 1
        assert all(part in name for part, name in zip(expected, names, strict=True))


def test_the_parts_of_a_card_are_read_from_top_to_bottom(view: ConversationView) -> None:
    view.model.set_plan(plan_card())
    view.model.ask_permission("p1")
    card = view.transcript.row_view(0)
    assert isinstance(card, PlanCardView)
    card.buttons.details.click()
    view.transcript.live_rows()
    names = [one.text(QAccessible.Text.Name) for one in walk(interface(card))]
    order = [
        "Adds GIMP 3.0.2 to your programs.",
        "Download about 110 MB.",
        "You can undo this.",
        "What exactly happens: Install GIMP for you",
        "Not now: Install GIMP for you",
        "Explain: Install GIMP for you",
        "Install: Install GIMP for you",
        "Nothing has been changed yet.",
        "What changes",
        "gimp 3.0.2 is added",
        "Commands and files: Install GIMP for you",
    ]
    assert [name for name in names if name in order] == order
    assert "Progress" not in names, "a bar that shows nothing"


def test_what_opens_something_tells_whether_it_is_open(view: ConversationView) -> None:
    view.model.set_plan(plan_card())
    card = view.transcript.row_view(0)
    assert isinstance(card, PlanCardView)
    for button in (card.buttons.details, card.buttons.explain):
        found = interface(button)
        assert found.role() is QAccessible.Role.Button
        assert (found.state().expandable, found.state().collapsed, found.state().expanded) == (1, 1, 0)
        button.click()
        assert (interface(button).state().collapsed, interface(button).state().expanded) == (0, 1)


def test_a_screen_reader_can_press_what_opens_something(view: ConversationView, qtbot: QtBot) -> None:
    view.model.set_plan(plan_card())
    card = view.transcript.row_view(0)
    assert isinstance(card, PlanCardView)
    actions = interface(card.buttons.details).actionInterface()
    assert "Press" in actions.actionNames()
    actions.doAction("Press")
    qtbot.waitUntil(lambda: card.buttons.details.opened)


def test_buttons_of_two_cards_have_different_names(view: ConversationView) -> None:
    for number, title in enumerate(("Install GIMP for you", "Install Krita for you")):
        view.model.set_plan(plan_card(f"p{number}", title=title))
        view.model.ask_permission(f"p{number}")
    names = [
        button.accessibleName()
        for _, row in view.transcript.live_rows()
        for button in row.findChildren(QPushButton)
        if button.isVisible()
    ]
    assert len(names) == len(set(names)) == 8


def test_a_title_is_not_said_twice() -> None:
    assert spoken_label("Install hello", "Install hello") == "Install hello"
    assert spoken_label("Install", "Install hello") == "Install: Install hello"


def test_an_answer_of_nothing_but_buttons_has_a_name(view: ConversationView) -> None:
    say(view.model, "a", "", "Start hello")
    assert names_of_rows(view) == ["What you can do next"]

"""The style sheet of the window's frame: header, side bar, input, banners. Colours come from the theme."""

from string import Template

from nixforhumanity.ui.theme.tokens import Colours, Radius

_SHEET = Template(
    """
#shell, #place, #history-panel, #history-list, #history-area, #settings-page { background: $page; }
#general-page, #server-page, #language-model-page { background: $page; }
#header { background: $window; border: none; border-bottom: 1px solid $line; }
#sidebar { background: $window; border: none; border-inline-end: 1px solid $line; }
#sidebar QToolButton { padding: 6px 8px; text-align: left; }
#sidebar QToolButton:focus { padding: 5px 7px; }
#sidebar QToolButton:checked { background: $accent_soft; }
#sidebar QToolButton::menu-indicator { image: none; }
#session-list {
    background: transparent; border: 1px solid transparent; border-radius: ${control}px; outline: none;
}
#session-list[ring="true"]:focus { border: 2px solid $focus; }
#session-list::item { padding: 5px 8px; }
#session-list::item, #command-completion::item {
    border-radius: ${small}px; color: $text; border: none;
}
#session-list::item:hover { background: $hover; }
#session-list::item:selected { background: $accent_soft; color: $text; }
#connection-pill {
    background: $card; border: 1px solid $outline; border-radius: ${pill}px; padding: 4px 8px;
}
#connection-pill:hover { background: $hover; }
#connection-pill:focus { border: 2px solid $focus; padding: 3px 7px; }
#level-switch QPushButton { border-radius: 0; padding: 4px 12px; min-height: 0; }
#level-switch QPushButton:focus { padding: 3px 11px; }
#level-switch QPushButton:checked {
    background: $accent; color: $on_accent; border-color: $accent;
}
#level-switch QPushButton:checked:focus { border: 2px solid $text; }
#level-switch QPushButton[segment="$first"] {
    border-top-left-radius: ${control}px; border-bottom-left-radius: ${control}px;
}
#level-switch QPushButton[segment="middle"] { border-left: none; border-right: none; }
#level-switch QPushButton[segment="middle"]:focus { border: 2px solid $focus; }
#level-switch QPushButton[segment="$last"] {
    border-top-right-radius: ${control}px; border-bottom-right-radius: ${control}px;
}
#level-menu { background: $card; border: 1px solid $outline; padding: 4px $menu_right 4px $menu_left; }
#level-menu:focus { border: 2px solid $focus; padding: 3px $menu_right 3px $menu_left; }
#level-menu::menu-indicator {
    image: url(icons:controls/down-$ink.svg); subcontrol-position: right center; right: 6px;
    width: ${arrow}px; height: ${arrow}px;
}
#prompt-input { background: $page; border: none; }
#prompt { padding: 3px 8px; }
#prompt:focus { padding: 2px 7px; }
#long-text { background: $accent_soft; border: 1px solid $line; border-radius: ${control}px; }
#command-completion {
    background: $card; border: 1px solid $outline; border-radius: ${control}px; padding: 3px; outline: none;
}
#command-completion::item:selected { background: $accent_soft; color: $text; }
Banner { border: none; border-bottom: 1px solid $line; background: $accent_soft; }
Banner[tone="warning"] { background: $warning_soft; }
Banner[tone="error"] { background: $danger_soft; }
#find-bar { background: $window; border: none; border-bottom: 1px solid $line; }
#history-area { border: 2px solid transparent; }
#history-area[ring="true"]:focus { border-color: $focus; }
#timeline-card { background: $card; border: 1px solid $line; border-radius: ${card_radius}px; }
#word-row { background: $card; border: 1px solid $line; border-radius: ${card_radius}px; }
#server-state { background: $card; border: 1px solid $line; border-radius: ${card_radius}px; }
#palette { background: $window; border: 1px solid $outline; }
#palette-list, #shortcuts-table {
    background: $card; border: 1px solid $line; border-radius: ${control}px; outline: none;
}
QComboBox QAbstractItemView {
    background: $card; color: $text; border: 1px solid $outline; padding: 4px; outline: none;
    selection-background-color: $accent_soft; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: ${choice}px; padding: 0 8px; border-radius: ${small}px; }
QComboBox QAbstractItemView::item:selected { background: $accent_soft; color: $text; }
QTabBar::tab {
    background: transparent; color: $muted; border: none; border-bottom: 3px solid transparent;
    padding: 7px 14px; margin: 0 2px;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { border-bottom-color: $focus; background: $hover; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabWidget::tab-bar { left: 12px; }
QTabBar { qproperty-drawBase: 0; }
#shortcuts-table::item { padding: 4px 6px; }
QHeaderView::section { background: $window; color: $muted; border: none; padding: 6px 8px; text-align: left; }
QLabel[weight="strong"] { font-weight: 600; }
"""
)
_FIELDS = (
    *("window", "page", "card", "text", "muted", "line", "outline", "hover", "focus"),
    *("accent", "accent_soft", "on_accent", "warning_soft", "danger_soft"),
)


def shell_style(colours: Colours, line_height: int, *, right_to_left: bool) -> str:
    """Return the sheet for a look and the height of a line of body text in pixels."""
    shades = {name: getattr(colours, name) for name in _FIELDS}
    sheet = _SHEET.substitute(
        shades,
        control=int(Radius.CONTROL),
        small=int(Radius.SMALL),
        card_radius=int(Radius.CARD),
        pill=(line_height + 8) // 2,
        arrow=line_height * 3 // 4,
        choice=line_height + 10,
        menu_left=f"{line_height + 8}px" if right_to_left else "10px",
        menu_right="10px" if right_to_left else f"{line_height + 8}px",
        ink="light" if colours.dark else "dark",
        first="last" if right_to_left else "first",
        last="first" if right_to_left else "last",
    )
    # Style sheets know no "end": the line of the side bar is on its inner side.
    return sheet.replace("border-inline-end", "border-left" if right_to_left else "border-right")

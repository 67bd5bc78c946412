"""The style sheet of the program: our shapes on top of Fusion.

Buttons say what they are by the property `kind`: `primary`, `danger`, `quiet`, `small`, `chip`, `option`;
else they are plain. Labels say their size by `type` (`caption`, `title`, `heading`) and their colour by
`tone` (`muted`, `danger`, `warning`, `success`). Text views with `bare` have neither border nor ground.
"""

from dataclasses import fields
from string import Template

from nixforhumanity.ui.theme.tokens import SCROLL_BAR_PIXELS, Colours, Radius, TypeSize

_SHEET = Template(
    """
QToolTip { background: $card; color: $text; border: 1px solid $outline; padding: 4px 6px; }
QPushButton {
    background: $card; color: $text; border: 1px solid $outline; border-radius: ${control}px;
    padding: ${pad_y}px ${pad_x}px; min-height: ${line_height}px; icon-size: ${icon}px; outline: none;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:disabled { color: $muted; border-color: $line; background: $page; }
QPushButton:focus { border: 2px solid $focus; padding: ${pad_y_in}px ${pad_x_in}px; }
QPushButton[kind="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="danger"] {
    background: $danger; color: $on_danger; border-color: $danger; font-weight: 600;
}
QPushButton[kind="danger"]:hover { background: $danger_hover; border-color: $danger_hover; }
QPushButton[kind="danger"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled {
    background: $page; color: $muted; border-color: $line; font-weight: 600;
}
QPushButton[kind="quiet"] {
    background: transparent; border-color: transparent; padding-left: 8px; padding-right: 8px;
}
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus {
    border: 2px solid $focus; padding: ${pad_y_in}px 7px;
}
QPushButton[kind="small"] {
    background: transparent; border: 1px solid transparent; padding: 1px 6px; min-height: ${line_height}px;
    border-radius: ${small}px; color: $muted;
}
QPushButton[kind="small"]:hover { background: $hover; color: $text; }
QPushButton[kind="small"]:focus { border: 2px solid $focus; padding: 0px 5px; color: $text; }
QPushButton[kind="chip"] {
    background: $card; color: $accent; border: 1px solid $outline; border-radius: ${pill}px;
    padding: ${chip_y}px ${pad_x}px;
}
QPushButton[kind="chip"]:hover { background: $accent_soft; border-color: $accent; }
QPushButton[kind="chip"]:focus { border: 2px solid $focus; padding: ${chip_y_in}px ${pad_x_in}px; }
QPushButton[kind="option"] {
    background: $card; border: 1px solid $line; border-radius: ${control}px; text-align: left;
    padding: ${option_y}px ${pad_x}px;
}
QPushButton[kind="option"]:hover { background: $accent_soft; border-color: $accent; }
QPushButton[kind="option"]:focus { border: 2px solid $focus; padding: ${option_y_in}px ${pad_x_in}px; }
QToolButton {
    icon-size: ${tool_icon}px; background: transparent;
    border: 1px solid transparent; border-radius: ${control}px; padding: 5px;
}
QToolButton:hover { background: $hover; }
QToolButton:checked { background: $accent_soft; }
QToolButton:focus { border: 2px solid $focus; padding: 4px; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox {
    background: $card; color: $text; border: 1px solid $outline; border-radius: ${control}px;
    padding: 5px 8px; selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $muted;
}
QLineEdit, QSpinBox, QComboBox { min-height: ${field}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus {
    border: 2px solid $focus; padding: 4px 7px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QSpinBox:disabled, QComboBox:disabled {
    color: $muted; background: $page;
}
QTextEdit[bare="true"], QPlainTextEdit[bare="true"],
QTextEdit[bare="true"]:focus, QPlainTextEdit[bare="true"]:focus {
    background: transparent; border: none; border-radius: 0; padding: 0;
}
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: none; width: ${drop_down}px; }
QComboBox::down-arrow, QSpinBox::down-arrow {
    image: url(icons:controls/down-$ink.svg); width: ${arrow}px; height: ${arrow}px;
}
QSpinBox::up-arrow { image: url(icons:controls/up-$ink.svg); width: ${arrow}px; }
QSpinBox::up-button, QSpinBox::down-button { border: none; width: ${indicator}px; background: transparent; }
QCheckBox, QRadioButton {
    spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: ${small}px;
}
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox::indicator, QRadioButton::indicator {
    width: ${indicator}px; height: ${indicator}px; background: $card;
    border: 2px solid $outline; border-radius: 4px;
}
QRadioButton::indicator { border-radius: ${indicator_radius}px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked { background: $accent; border-color: $accent; }
QCheckBox::indicator:checked { image: url(icons:controls/check-$on_accent_ink.svg); }
QCheckBox::indicator:indeterminate { image: url(icons:controls/dash-$ink.svg); }
QRadioButton::indicator:checked { image: url(icons:controls/dot-$on_accent_ink.svg); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; }
QProgressBar {
    background: $line; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; text-align: center;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QScrollBar:vertical { background: transparent; width: ${scroll_bar}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${scroll_bar}px; margin: 0; }
QScrollBar::handle { background: $outline; border-radius: 4px; border: 2px solid transparent; margin: 2px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: $card; color: $text; border: 1px solid $outline; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: ${small}px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QLabel[type="caption"] { font-size: ${caption_pt}pt; }
QLabel[type="title"] { font-size: ${title_pt}pt; font-weight: 600; }
QLabel[type="heading"] { font-size: ${heading_pt}pt; font-weight: 600; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="danger"] { color: $danger; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="success"] { color: $success; }
"""
)


def style_sheet(colours: Colours, body_points: float, text_scale: float) -> str:
    """Return the sheet for a look; the text scale sizes indicators and paddings."""
    indicator = round(16 * text_scale)
    pad_y, pad_x, chip_y = round(6 * text_scale**0.5), round(14 * text_scale**0.5), round(4 * text_scale**0.5)
    line = round(20 * text_scale)
    shades = {field.name: getattr(colours, field.name) for field in fields(colours)}
    sizes: dict[str, object] = {
        "control": int(Radius.CONTROL),
        "small": int(Radius.SMALL),
        "scroll_bar": SCROLL_BAR_PIXELS,
        "pad_y": pad_y,
        "pad_y_in": pad_y - 1,
        "pad_x": pad_x,
        "pad_x_in": pad_x - 1,
        "chip_y": chip_y,
        "chip_y_in": chip_y - 1,
        "option_y": pad_y + 3,
        "option_y_in": pad_y + 2,
        "line_height": line,
        "icon": indicator,
        "tool_icon": round(20 * text_scale),
        "pill": chip_y + line // 2,
        "indicator": indicator,
        "drop_down": indicator + 12,
        "field": max(line, 2 * pad_y + line - 10),
        "indicator_radius": indicator // 2 + 2,
        "arrow": round(12 * text_scale),
        "ink": "light" if colours.dark else "dark",
        "on_accent_ink": "dark" if colours.dark else "light",
        "caption_pt": round(body_points * TypeSize.CAPTION.value, 2),
        "title_pt": round(body_points * TypeSize.TITLE.value, 2),
        "heading_pt": round(body_points * TypeSize.HEADING.value, 2),
    }
    return _SHEET.substitute(shades, **sizes)

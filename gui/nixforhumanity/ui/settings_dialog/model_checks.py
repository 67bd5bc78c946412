"""What is wrong with what is typed about the language model, and what is good to know. Knows no Qt."""

from nixforhumanity.assistant.language_model.address import (
    ModelAddress,
    is_public,
    may_connect,
    model_address,
)
from nixforhumanity.core.errors import UserError
from nixforhumanity.core.text import Message, message


def wrong_model_address(text: str) -> Message | None:
    """Return what is wrong with an address; None when it will do, or is empty."""
    try:
        address = model_address(text)
    except UserError as error:
        return error.message if text.strip() else None
    return message("model-address-open") if not address.encrypted and is_public(address.host) else None


def model_address_hint(text: str) -> Message | None:
    """Return what is good to know about an address that will do."""
    if not text.strip():
        return message("model-address-missing")
    return message("model-address-not-allowed") if needs_permission(text) is not None else None


def model_name_hint(text: str) -> Message | None:
    """Return what is good to know while no model is named."""
    return None if text.strip() else message("model-name-missing")


def needs_permission(text: str) -> ModelAddress | None:
    """Return the address when it is used without encryption, and so only if the person allows it."""
    if wrong_model_address(text) is not None or not text.strip():
        return None
    address = model_address(text)
    return None if may_connect(address, "") else address

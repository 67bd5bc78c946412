"""The two calls of an OpenAI-compatible server: what is sent, and what is read of what comes back."""

import json
from typing import Any

import msgspec

from nixforhumanity.assistant.language_model.port import Question
from nixforhumanity.core.errors import UserError

MODELS = "/models"
CHAT = "/chat/completions"
LARGEST_REPLY_BYTES = 65_536
"""What comes back is not read any further: an answer in it is much shorter."""
_MOST_MODELS = 200
_LONGEST_NAME = 200


class _Model(msgspec.Struct):
    id: str


class _Models(msgspec.Struct):
    data: list[_Model]


class _Said(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Said


class _Reply(msgspec.Struct):
    choices: list[_Choice]


def chat_body(model: str, question: Question) -> dict[str, Any]:
    """Return the whole body of the request that asks a question."""
    body: dict[str, Any] = {
        "model": model,
        "messages": [
            {"role": "system", "content": question.instructions},
            {"role": "user", "content": question.text},
        ],
        "stream": False,
        "temperature": 0,
        "max_tokens": question.longest_answer,
    }
    if question.as_json:
        body["response_format"] = {"type": "json_object"}
    return body


def as_bytes(body: dict[str, Any]) -> bytes:
    """Return a body as it goes over the wire."""
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def said(reply: bytes) -> str:
    """Return what the model wrote; raises UserError `model-answer-unusable`."""
    try:
        choices = msgspec.json.decode(reply, type=_Reply).choices
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UserError("model-answer-unusable") from error
    if len(choices) != 1:
        raise UserError("model-answer-unusable")
    return choices[0].message.content


def model_names(reply: bytes) -> list[str]:
    """Return the models of a server, in its order; raises UserError `model-answer-unusable`."""
    try:
        models = msgspec.json.decode(reply, type=_Models).data
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UserError("model-answer-unusable") from error
    names = dict.fromkeys(
        one.id for one in models if one.id.isprintable() and 0 < len(one.id) <= _LONGEST_NAME
    )
    return list(names)[:_MOST_MODELS]

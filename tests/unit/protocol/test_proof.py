"""The proof of the token."""

import hashlib
import hmac

import pytest

from nixforhumanity.protocol.proof import is_nonce, proof_of_token, proves_token

NONCE = "00112233445566778899aabbccddeeff"


def test_it_is_the_hmac_of_nonce_and_port() -> None:
    expected = hmac.new(b"token", f"{NONCE}:3457".encode(), hashlib.sha256).hexdigest()
    assert proof_of_token("token", NONCE, 3457) == expected
    assert proves_token(expected + "\n", "token", NONCE, 3457)


@pytest.mark.parametrize(
    ("token", "nonce", "port"),
    [("other", NONCE, 3457), ("token", NONCE[::-1], 3457), ("token", NONCE, 3458)],
)
def test_another_token_nonce_or_port_is_not_proved(token: str, nonce: str, port: int) -> None:
    assert not proves_token(proof_of_token("token", NONCE, 3457), token, nonce, port)


@pytest.mark.parametrize("answer", ["", "é", "\ud800", "0" * 64])
def test_other_answers_prove_nothing(answer: str) -> None:
    assert not proves_token(answer, "token", NONCE, 3457)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        (NONCE, True),
        (NONCE.upper(), True),
        ("0" * 15, False),
        ("0" * 129, False),
        ("g" * 32, False),
        ("", False),
    ],
)
def test_nonces(text: str, good: bool) -> None:
    assert is_nonce(text) is good

"""The proof that a server knows the token, asked for before the token is sent to it."""

import hashlib
import hmac
import re

PROOF_PATH = "/proof"
_NONCE = re.compile(r"[0-9a-fA-F]{16,128}")


def is_nonce(text: str) -> bool:
    """Tell whether the text can be a nonce: 16 to 128 hexadecimal digits."""
    return _NONCE.fullmatch(text) is not None


def proof_of_token(token: str, nonce: str, port: int) -> str:
    """Return hex HMAC-SHA256 of `NONCE:PORT` under the token: the body of the answer to `/proof`."""
    return hmac.new(token.encode(), f"{nonce}:{port}".encode(), hashlib.sha256).hexdigest()


def proves_token(answer: str, token: str, nonce: str, port: int) -> bool:
    """Tell whether a server's answer shows that it knows the token; takes the same time for any answer."""
    expected = proof_of_token(token, nonce, port)
    return hmac.compare_digest(answer.strip().encode(errors="replace"), expected.encode())

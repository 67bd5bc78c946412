"""The connection to a language model, against a server that behaves in every way that one can."""

import asyncio
import json
import socket
import ssl
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from model_server import (
    ModelServerOfTests,
    break_off,
    chat,
    drip,
    drip_on_a_last_answer,
    hang,
    model_server,
    models,
    reply,
)
from nixforhumanity.assistant.language_model.address import model_address
from nixforhumanity.assistant.language_model.chat import LARGEST_REPLY_BYTES, model_names, said
from nixforhumanity.core.errors import UserError
from nixforhumanity.system.language_model_http import ModelServer, _Exchange


def server_at(text: str, key: str = "", seconds: float = 5.0, **more: object) -> ModelServer:
    return ModelServer(model_address(text), key, longest_seconds=seconds, **more)  # type: ignore[arg-type]


async def problem(server: ModelServer) -> str:
    """Return the id of what the person is told."""
    with pytest.raises(UserError) as caught:
        said(await server.post("/chat/completions", b'{"a": 1}'))
    return caught.value.message.id


async def test_an_answer_comes_back_and_only_what_is_needed_was_sent() -> None:
    with model_server(chat("hello")) as server:
        got = said(await server_at(server.address, "k3y").post("/chat/completions", b'{"a": 1}'))
    assert got == "hello"
    head, _, body = server.received[0].partition(b"\r\n\r\n")
    assert body == b'{"a": 1}'
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /v1/chat/completions HTTP/1.1"
    assert sorted(lines[1:]) == [
        "Accept-Encoding: identity",
        "Accept: application/json",
        "Authorization: Bearer k3y",
        "Connection: close",
        "Content-Length: 8",
        "Content-Type: application/json",
        f"Host: 127.0.0.1:{server.port}",
    ]


async def test_models_are_listed_and_strange_names_left_out() -> None:
    with model_server(models("qwen3", "llama", "qwen3", "bad\nname", "", "x" * 201)) as server:
        found = model_names(await server_at(server.address).get("/models"))
    assert found == ["qwen3", "llama"]
    assert b"Authorization" not in server.received[0]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (reply("{}", "401 Unauthorized"), "model-key-refused"),
        (reply("{}", "403 Forbidden"), "model-key-refused"),
        (reply("{}", "429 Too Many Requests"), "model-busy"),
        (reply("{}", "503 Service Unavailable"), "model-busy"),
        (reply("{}", "500 Internal Server Error"), "model-failed"),
        (reply("{}", "404 Not Found"), "model-failed"),
        (reply("{}", "204 No Content"), "model-failed"),
        (reply("not json"), "model-answer-unusable"),
        (reply("\udcff\udcfe"), "model-answer-unusable"),
        (reply("[" * 60_000), "model-answer-unusable"),
        (reply('{"choices": []}'), "model-answer-unusable"),
        (reply('{"choices": [{"message": {"content": null}}]}'), "model-answer-unusable"),
        (reply('{"choices": [{"message": {"content": {"a": 1}}}]}'), "model-answer-unusable"),
        (
            reply('{"choices": [{"message": {"content": "a"}}, {"message": {"content": "b"}}]}'),
            "model-answer-unusable",
        ),
        (chat("x" * LARGEST_REPLY_BYTES), "model-answer-unusable"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 70_000 + b"\r\n\r\n", "model-answer-unusable"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "model-answer-unusable"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "model-answer-unusable"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{", "model-answer-unusable"),
        (b"", "model-answer-unusable"),
    ],
)
async def test_whatever_goes_wrong_is_told(answer: bytes, told: str) -> None:
    with model_server(answer) as server:
        assert await problem(server_at(server.address)) == told


async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    def endless(connection: socket.socket, server: ModelServerOfTests) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"1000\r\n" + b"x" * 4096 + b"\r\n")

    with model_server(endless) as server:
        assert await problem(server_at(server.address)) == "model-answer-unusable"
        assert await asyncio.to_thread(server.ended.wait, 5)


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent", "304 Not Modified"]
)
async def test_a_redirect_is_not_followed(status: str) -> None:
    with model_server(chat("stolen")) as other:
        redirect = reply("", status, f"Location: {other.address}/v1/chat/completions")
        with model_server(redirect) as server:
            assert await problem(server_at(server.address, "k3y")) == "model-redirects"
    assert other.connected == 0


@pytest.mark.parametrize("slow", [hang, drip, drip_on_a_last_answer])
async def test_a_slow_answer_is_waited_for_only_so_long(
    slow: Callable[[socket.socket, ModelServerOfTests], None],
) -> None:
    with model_server(slow) as server:
        begun = time.monotonic()
        assert await problem(server_at(server.address, seconds=0.5)) == "model-too-late"
        assert time.monotonic() - begun < 3
        assert await asyncio.to_thread(server.ended.wait, 5)


async def test_the_limit_is_told_the_same_when_the_socket_notices_it_first() -> None:
    with model_server(hang) as server:
        exchange = _Exchange(server_at(server.address, seconds=0.2), "POST", "/x", b"{}")
        with pytest.raises(UserError) as caught:
            await asyncio.to_thread(exchange.run)
    assert caught.value.message.id == "model-too-late"


@pytest.mark.parametrize("slow", [hang, drip, drip_on_a_last_answer])
async def test_stopping_ends_the_connection_at_once(
    slow: Callable[[socket.socket, ModelServerOfTests], None],
) -> None:
    with model_server(slow) as server:
        asking = asyncio.ensure_future(server_at(server.address, seconds=60).post("/x", b"{}"))
        assert await asyncio.to_thread(server.waiting.wait, 5)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert await asyncio.to_thread(server.ended.wait, 5)


async def test_nobody_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert await problem(server_at(f"http://127.0.0.1:{port}")) == "model-unreachable"


async def test_a_connection_that_breaks_is_told() -> None:
    with model_server(break_off) as server:
        assert await problem(server_at(server.address)) == "model-broke-off"


async def test_an_open_address_elsewhere_is_not_even_dialled(monkeypatch: pytest.MonkeyPatch) -> None:
    def dialled(*_: object, **__: object) -> None:
        raise AssertionError("dialled")

    monkeypatch.setattr(socket, "create_connection", dialled)
    assert await problem(server_at("http://192.168.1.5:11434")) == "model-address-not-allowed"


async def test_a_name_that_leads_out_of_the_network_is_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name was allowed for the network at home; now it resolves to somewhere else."""
    with model_server(chat("stolen")) as server:
        real = socket.create_connection

        def resolved(address: tuple[str, int], *rest: object, **more: object) -> socket.socket:
            return _Elsewhere(fileno=real(("127.0.0.1", server.port)).detach())

        monkeypatch.setattr(socket, "create_connection", resolved)
        origin = "http://nas.lan:11434"
        assert await problem(server_at(origin, "k3y", allowed_in_the_open=origin)) == "model-led-elsewhere"
    assert server.received in ([], [b""])


class _Elsewhere(socket.socket):
    """A connection whose other end is somewhere on the internet."""

    def getpeername(self) -> tuple[str, int]:
        return ("93.184.216.34", 11434)


@pytest.mark.parametrize("key", ["a b", "k\r\nX: y", "schlüssel"])
async def test_a_key_that_cannot_be_one_is_not_sent(key: str) -> None:
    with model_server(chat("x")) as server:
        assert await problem(server_at(server.address, key)) == "model-key-unsendable"
    assert server.connected == 0


async def test_the_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with model_server(chat("proxied")) as proxy, model_server(chat("direct")) as server:
        monkeypatch.setenv("http_proxy", proxy.address)
        monkeypatch.setenv("all_proxy", proxy.address)
        assert said(await server_at(server.address).post("/chat/completions", b"{}")) == "direct"
    assert proxy.connected == 0


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    names = (folder / "cert.pem", folder / "key.pem")
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
            ),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-out", names[0], "-keyout", names[1]),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return names


async def test_certificates_are_checked(certificate: tuple[Path, Path]) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*certificate)
    with model_server(chat("hello"), tls=tls) as server:
        unknown = server_at(server.address, "k3y")
        assert await problem(unknown) == "model-not-encrypted-well"
        assert server.received == []
        trusted = server_at(server.address, tls=ssl.create_default_context(cafile=certificate[0]))
        assert said(await trusted.post("/chat/completions", b"{}")) == "hello"


async def test_stopping_ends_an_encrypted_connection_too(certificate: tuple[Path, Path]) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*certificate)
    with model_server(hang, tls=tls) as server:
        trusted = server_at(server.address, seconds=60, tls=ssl.create_default_context(cafile=certificate[0]))
        asking = asyncio.ensure_future(trusted.post("/x", b"{}"))
        assert await asyncio.to_thread(server.waiting.wait, 5)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert await asyncio.to_thread(server.ended.wait, 5)


async def test_neither_key_nor_words_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    with model_server(b"garbage", reply("{}", "500 X"), hang) as server:
        body = json.dumps({"sentence": "my words"}).encode()
        for seconds in (5.0, 5.0, 0.2):
            one = server_at(server.address, "k3y-of-mine", seconds)
            with pytest.raises(UserError) as caught:
                await one.post("/chat/completions", body)
            assert "k3y-of-mine" not in repr(caught.value) + repr(one)
    assert "k3y-of-mine" not in caplog.text
    assert "my words" not in caplog.text

"""The checks before the upgrade, in their order, on real sockets."""

import asyncio
import hashlib
import hmac
import json
import os
import shutil

import pytest

from nixforhumanity.server.limits import Limits
from served import BEARER, TOKEN, UPGRADE, Served, eventually, http, raw_client, served


async def upgrade(to: Served, *head: str) -> tuple[int, str]:
    answer = await http(to.port, [*UPGRADE, *head])
    return answer.status, answer.text


async def test_the_right_request_is_let_in() -> None:
    async with served() as to:
        for name in ("127.0.0.1", "localhost", "LocalHost"):
            assert await upgrade(to, f"Host: {name}:{to.port}", BEARER) == (101, "")
        assert (await upgrade(to, to.host, f"authorization: bearer {TOKEN}"))[0] == 101


async def test_exactly_one_host() -> None:
    async with served() as to:
        assert (await upgrade(to, BEARER))[0] == 400
        status, reason = await upgrade(to, to.host, to.host, BEARER)
        assert (status, reason) == (400, "The request must have exactly one Host header.")


@pytest.mark.parametrize(
    "name",
    [
        "evil.example:PORT",
        "127.0.0.1",
        "localhost",
        "127.0.0.1:1",
        "127.0.0.2:PORT",
        "[::1]:PORT",
        "",
        "\xff",
    ],
)
async def test_another_host_is_refused(name: str) -> None:
    async with served() as to:
        head = "Host: " + name.replace("PORT", str(to.port))
        assert await upgrade(to, head, BEARER) == (403, "This name is not allowed for this server.")
        assert (await http(to.port, [head], "/health")).status == 403


@pytest.mark.parametrize(
    "header",
    [
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: ",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Mode: websocket",
        "sec-fetch-dest: empty",
    ],
)
async def test_requests_of_web_pages_are_refused_even_with_the_token(header: str) -> None:
    async with served() as to:
        expected = (403, "Requests from web pages are not allowed.")
        assert await upgrade(to, to.host, header, BEARER) == expected
        assert (await http(to.port, [to.host, header], "/health")).status == 403


async def test_an_origin_that_the_person_allowed() -> None:
    allowed = "https://good.example"
    async with served(origins=frozenset({allowed})) as to:
        page = (to.host, BEARER, "Sec-Fetch-Mode: websocket")
        assert (await upgrade(to, *page, f"Origin: {allowed}"))[0] == 101
        assert (await upgrade(to, *page, f"Origin: {allowed}", f"Origin: {allowed}"))[0] == 403
        assert (await upgrade(to, *page, f"Origin: {allowed}.evil.example"))[0] == 403
        assert (await upgrade(to, *page))[0] == 403
        assert (await upgrade(to, to.host, f"Origin: {allowed}"))[0] == 401


@pytest.mark.parametrize(
    "head",
    [
        [],
        ["Authorization: Bearer "],
        ["Authorization: Bearer " + TOKEN[:-1]],
        ["Authorization: Bearer " + TOKEN + "0"],
        ["Authorization: Bearer \xff\xfe"],
        ["Authorization: Basic " + TOKEN],
        ["Authorization: " + TOKEN],
        ["Cookie: token=" + TOKEN],
        [BEARER, BEARER],
    ],
)
async def test_without_the_right_token(head: list[str]) -> None:
    async with served() as to:
        answer = await http(to.port, [*UPGRADE, to.host, *head])
        assert (answer.status, answer.text) == (401, "The access token is missing or wrong.")
        assert answer.headers["www-authenticate"] == "Bearer"
        assert (await http(to.port, [to.host, *head], "/metrics")).status == 401
        assert (await http(to.port, [to.host, *head], f"/acp?token={TOKEN}")).status == 401


async def test_the_checks_come_in_their_order() -> None:
    async with served(user_id=os.getuid() + 1) as to:
        wrong = ("Host: x", "Host: y", "Origin: https://evil.example")
        assert (await upgrade(to, *wrong))[0] == 400
        assert "name" in (await upgrade(to, *wrong[1:]))[1]
        assert "pages" in (await upgrade(to, to.host, wrong[2]))[1]
        assert (await upgrade(to, to.host))[0] == 401
        assert await upgrade(to, to.host, BEARER) == (403, "Only programs of the same user may connect.")
        assert (await http(to.port, [to.host], "/health")).status == 200


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
async def test_another_user_with_the_token_is_refused() -> None:
    curl, become = shutil.which("curl"), shutil.which("setpriv")
    assert curl is not None
    assert become is not None
    async with served() as to:
        for user, expected in ((65534, b"403"), (os.getuid(), b"404")):
            process = await asyncio.create_subprocess_exec(
                *(
                    become,
                    f"--reuid={user}",
                    "--clear-groups",
                    curl,
                    "-s",
                    "-o",
                    "/dev/null",
                    "-w",
                    "%{http_code}",
                ),
                *("-H", BEARER, f"http://127.0.0.1:{to.port}/nothing"),
                stdout=asyncio.subprocess.PIPE,
            )
            output, _ = await process.communicate()
            assert output == expected


async def test_health_over_plain_http() -> None:
    async with served() as to:
        answer = await http(to.port, [to.host], "/health")
        assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
        state = json.loads(answer.body)
        assert state.pop("uptime_seconds") >= 0
        assert state == {"version": "9.8.7", "status": "ok", "checks": {"nix": "ok"}}
        assert (await http(to.port, [to.host], "/health/ready")).status == 200
        to.service.parts["nix"] = "not found"
        degraded = await http(to.port, [to.host], "/health")
        assert (degraded.status, json.loads(degraded.body)["status"]) == (200, "degraded")
        assert (await http(to.port, [to.host], "/health/ready")).status == 503
        assert (await http(to.port, [to.host], "/health/live")).status == 200


async def test_health_with_curl() -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    async with served() as to:
        process = await asyncio.create_subprocess_exec(
            *(curl, "-sS", "--fail", "--noproxy", "*", f"http://localhost:{to.port}/health"),
            stdout=asyncio.subprocess.PIPE,
        )
        output, _ = await process.communicate()
        assert process.returncode == 0
        assert json.loads(output)["status"] == "ok"


async def test_the_proof() -> None:
    nonce = "00ff" * 8
    async with served() as to:
        answer = await http(to.port, [to.host], f"/proof?nonce={nonce}")
        expected = hmac.new(TOKEN.encode(), f"{nonce}:{to.port}".encode(), hashlib.sha256).hexdigest()
        assert (answer.status, answer.text) == (200, expected)
        for query in ("", "?nonce=", "?nonce=xyz", f"?nonce={nonce}&nonce={nonce}", "?" + "a=1&" * 50):
            assert (await http(to.port, [to.host], "/proof" + query)).status == 400


@pytest.mark.parametrize("target", ["/", "/acp/", "/health/other", "/metrics", "/../acp", "http://x/acp"])
async def test_everything_else_is_not_there(target: str) -> None:
    async with served() as to:
        answer = await http(to.port, [*UPGRADE, to.host, BEARER], target)
        assert (answer.status, answer.text) == (404, "There is nothing here.")


async def test_other_ways_to_ask_are_refused() -> None:
    async with served() as to:
        assert (await http(to.port, [to.host, "Content-Length: 0"], "/health", "POST")).status in (400, 404)
        assert (await http(to.port, [to.host, BEARER], "/acp")).status == 426
        assert (await http(to.port, [to.host], "/health")).status == 200


async def test_refusals_say_no_more_than_the_reason() -> None:
    async with served() as to:
        answer = await http(to.port, [*UPGRADE, to.host])
        assert "server" not in answer.headers
        assert TOKEN not in answer.text
        assert len(answer.body) < 100


async def test_the_connection_after_the_last_is_refused() -> None:
    async with served(limits=Limits(connections=2)) as to, raw_client(to) as first:
        await first.open_session()
        async with raw_client(to):
            assert (await upgrade(to, to.host, BEARER)) == (
                503,
                "Too many programs are connected. Close one of them and try again.",
            )
            assert (await http(to.port, [to.host], "/health")).status == 200
        await eventually(lambda: to.server.clients == 1, "the second has left")
        async with raw_client(to) as third:
            await third.open_session()


async def test_thirty_two_may_come_and_the_next_not() -> None:
    async with served() as to:
        async with asyncio.timeout(30):
            clients = [raw_client(to) for _ in range(32)]
            for client in clients:
                await client.__aenter__()
            try:
                assert (await upgrade(to, to.host, BEARER))[0] == 503
            finally:
                for client in clients:
                    await client.__aexit__(None, None, None)


async def test_who_does_not_finish_the_request_is_cut_off() -> None:
    async with served(limits=Limits(authentication_seconds=0.2)) as to:
        reader, writer = await asyncio.open_connection("127.0.0.1", to.port)
        writer.write(f"GET /acp HTTP/1.1\r\n{to.host}\r\nX-Slow: ".encode())
        async with asyncio.timeout(5):
            assert not (await _until_end(reader)).startswith(b"HTTP/1.1 1")
        writer.close()


async def test_the_door_is_not_blocked_by_those_who_wait() -> None:
    async with served(limits=Limits(waiting_connections=3)) as to:
        waiting = [await asyncio.open_connection("127.0.0.1", to.port) for _ in range(3)]
        await eventually(lambda: to.server.waiting == 3, "three wait at the door")
        reader, writer = await asyncio.open_connection("127.0.0.1", to.port)
        async with asyncio.timeout(5):
            assert await _until_end(reader) == b""
        for one in (writer, *(pair[1] for pair in waiting)):
            one.close()
        await eventually(lambda: to.server.waiting == 0, "all have gone")
        async with raw_client(to) as client:
            await client.open_session()


async def _until_end(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read()
    except ConnectionError:
        return b""


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 5,
        b"GET / HTTP/9.9\r\n\r\n",
        b"\r\n\r\n",
        b"GET " + b"/" * 20_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 1000 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
async def test_what_is_not_http_does_no_harm(sent: bytes) -> None:
    async with served(limits=Limits(authentication_seconds=0.5)) as to:
        reader, writer = await asyncio.open_connection("127.0.0.1", to.port)
        writer.write(sent)
        async with asyncio.timeout(5):
            answer = await _until_end(reader)
        assert not answer.startswith((b"HTTP/1.1 1", b"HTTP/1.1 2"))
        writer.close()
        assert (await http(to.port, [to.host], "/health")).status == 200

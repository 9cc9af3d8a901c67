"""The server alone: who is let in, what a visitor can do to it, and that nothing is left of one."""

import asyncio
import json
import os

import pytest
from aiohttp import WSServerHandshakeError

from dashboard.serving import visitor as visitors
from dashboard.serving.doors import doors, host_name, is_beyond, url
from dashboard.serving.visitor import HIGHEST, LOWEST, NARROWEST, WIDEST, fitting
from tests.dashboard.serving import ECHO, FAILING, STUBBORN, closed, drawn, send, served

OURS = doors("127.0.0.1", None)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:8000", "[::1]:8000", "192.0.2.7:80"])
def test_who_asks_for_an_address_or_a_name_of_ours_is_let_in(host: str) -> None:
    assert OURS.lets_in(host)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[::1", "a:b:c"])
def test_a_name_that_somebody_else_can_point_here_is_not(host: str) -> None:
    assert not OURS.lets_in(host)


@pytest.mark.parametrize(
    ("origin", "is_ours"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://127.0.0.1:9000", False),
        ("http://evil.example", False),
        ("null", False),
        ("", False),
        ("file://127.0.0.1:8000", False),
        ("http://127.0.0.1:8000@evil.example", False),
    ],
)
def test_only_a_page_from_the_same_address_and_port_is_our_own(origin: str, is_ours: bool) -> None:
    assert OURS.is_own(origin, "127.0.0.1:8000") is is_ours


def test_behind_a_proxy_its_name_is_ours_and_the_socket_is_encrypted_as_the_page_is() -> None:
    own = doors("127.0.0.1", "https://results.example")
    assert own.lets_in("results.example")
    assert own.is_own("https://results.example", "127.0.0.1:8000")
    assert not own.is_own("https://other.example", "127.0.0.1:8000")
    assert own.socket("127.0.0.1:8000") == "wss://results.example/ws"
    assert OURS.socket("[::1]:8000") == "ws://[::1]:8000/ws"


@pytest.mark.parametrize(
    ("addresses", "beyond"),
    [(["127.0.0.1"], False), (["127.0.0.1", "::1"], False), (["::"], True), (["::1", "192.0.2.7"], True)],
)
def test_only_the_loopback_is_this_machine_alone(addresses: list[str], beyond: bool) -> None:
    assert is_beyond(addresses) is beyond


def test_what_to_type_into_a_browser_is_an_address_that_works_there() -> None:
    assert url("::", 80) == "http://[::1]:80/"
    assert url("::1", 8000) == "http://[::1]:8000/"
    assert host_name("[::1]:8000") == "::1"


def test_a_screen_is_never_larger_than_can_be_held_nor_smaller_than_one() -> None:
    assert fitting(10**9, 10**9) == (WIDEST, HIGHEST)
    assert fitting(-1, 0) == (NARROWEST, LOWEST)
    assert fitting(120, 40) == (120, 40)


async def test_the_page_takes_nothing_from_elsewhere_and_its_title_is_no_markup() -> None:
    async with served(ECHO) as client, client.session.get(client.url) as answer:
        page, headers = await answer.text(), answer.headers
    assert "A &lt;night&gt;" in page
    assert "http://" not in page
    assert "https://" not in page
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert (headers["X-Frame-Options"], headers["Cache-Control"]) == ("DENY", "no-store")


@pytest.mark.parametrize("name", ["page.css", "page.js", "static/js/textual.js", "static/css/xterm.css"])
async def test_what_the_page_needs_is_there(name: str) -> None:
    async with served(ECHO) as client, client.session.get(client.url + name) as answer:
        assert answer.status == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["page.html", "server.py", "static/", "static/../server.py", "download/x", "%2e%2e/x"])
async def test_nothing_else_is(name: str) -> None:
    async with served(ECHO) as client, client.session.get(client.url + name) as answer:
        assert answer.status in {403, 404}


async def test_a_name_that_is_not_ours_gets_no_page() -> None:
    async with served(ECHO) as client:
        async with client.session.get(client.url, headers={"Host": "evil.example"}) as answer:
            assert answer.status == 421
        with pytest.raises(WSServerHandshakeError, match="421"):
            await client.session.ws_connect(
                f"{client.url}ws", origin="http://evil.example", headers={"Host": "evil.example"}
            )


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_page_of_somebody_elses_gets_no_screen(origin: str) -> None:
    async with served(ECHO) as client:
        with pytest.raises(WSServerHandshakeError, match="403"):
            await client.visit(origin)
        assert client.server.empty.is_set()


async def test_keys_and_sizes_go_to_the_visitors_own_program_and_a_size_is_bounded() -> None:
    async with served(ECHO) as client:
        one, other = await client.visit(), await client.visit(query="?width=99999&height=x")
        assert (await drawn(one), await drawn(other)) == (b"100", str(WIDEST).encode())
        await send(one, "stdin", "q")
        assert await drawn(one) == b"D\0\0\0\1q"
        await send(one, "resize", {"width": 10**9, "height": 40})
        told = json.loads((await drawn(one))[5:])
        assert told == {"type": "resize", "width": WIDEST, "height": 40}
        await one.close()
        await other.close()


@pytest.mark.parametrize(
    "words",
    ["[", "{}", "[]", "[1]", '["stdin"]', '["stdin", 1]', '["resize", {"width": "1"}]', '["run", "x"]', "[" * 9_000],
)
async def test_what_no_page_of_ours_says_ends_that_visit_and_no_other(words: str) -> None:
    async with served(ECHO) as client:
        other, one = await client.visit(), await client.visit()
        await drawn(other)
        await one.send_str(words)
        await closed(one)
        await send(other, "stdin", "x")
        assert await drawn(other) == b"D\0\0\0\1x"
        await other.close()


async def test_more_visitors_than_wanted_are_told_so_and_a_place_comes_free_again() -> None:
    async with served(ECHO, most=1) as client:
        one = await client.visit()
        await drawn(one)
        async with client.session.get(client.url) as answer:
            assert answer.status == 503
            assert "as many visitors" in await answer.text()
        assert await closed(await client.visit()) == 1013
        await one.close()
        await client.until_gone()
        two = await client.visit()
        assert await drawn(two) == b"100"
        await two.close()


async def test_a_program_that_will_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitors, "PATIENCE", 0.05)
    async with served(STUBBORN) as client:
        one = await client.visit()
        pid = int(await drawn(one))
        assert is_running(pid)
        await one.close()
        await client.until_gone()
        assert not is_running(pid)


async def test_the_servers_end_is_every_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitors, "PATIENCE", 0.05)
    async with served(STUBBORN) as client:
        sockets = [await client.visit() for _ in range(3)]
        pids = [int(await drawn(each)) for each in sockets]
        assert all(map(is_running, pids))
    assert not any(map(is_running, pids))


async def test_a_program_that_fails_ends_the_visit_and_what_it_says_is_handed_on() -> None:
    async with served(FAILING) as client:
        await closed(await client.visit())
        await client.until_gone()
        assert client.said == ["\x1b]0;title\x07 no such night\n"]


async def test_what_is_pasted_without_end_ends_the_visit() -> None:
    async with served(ECHO) as client:
        one = await client.visit()
        await drawn(one)
        await one.send_str(json.dumps(["stdin", "x" * 200_000]))
        assert await closed(one) == 1009


async def test_an_interrupted_greeting_leaves_nobody_behind() -> None:
    async with served(ECHO) as client:
        for _ in range(5):
            visit = asyncio.create_task(client.visit())
            await asyncio.sleep(0)
            visit.cancel()
            await asyncio.gather(visit, return_exceptions=True)
        await client.until_gone()

"""What goes round in the ticker: newest first, then in turn; nothing in view jumps; every word can be read."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.config import Config, Looks
from dashboard.count.night import Night
from dashboard.panels.seats import SeatsPanel
from dashboard.panels.ticker import HOLD, Ticker
from dashboard.view.lines import cells
from dashboard.view.pieces import line as made
from dashboard.view.pieces import plain
from dashboard.view.ticker import MOST, Item, pages, woven
from feeds.report import Quote
from tests.dashboard.test_reading import line, quoted, running, said
from tests.makers import nights

STILL = Looks(config=Config(ticker="still"))


def with_quotes(*texts: str) -> Night:
    quotes = tuple(said(text, minute=n) for n, text in enumerate(texts))
    return msgspec.structs.replace(nights.small_local(), quotes=quotes)


def named(*keys: str) -> list[Item]:
    return [Item(key, made(f"text of {key}")) for key in keys]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from("abcdefgh"), unique=True), st.lists(st.sampled_from("abcdefgh"), unique=True), st.data()
)
def test_what_is_new_comes_after_what_is_in_view_and_nothing_is_lost_or_doubled(
    going: list[str], now: list[str], data: st.DataObject
) -> None:
    visible = data.draw(st.integers(0, len(going)))
    found = [item.key for item in woven(named(*going), named(*now), visible)]
    assert sorted(found) == sorted(now)
    seen = [key for key in going[:visible] if key in now]
    assert found[: len(seen)] == seen
    last = max((place for place, key in enumerate(now) if key in going), default=len(now))
    new = [key for key in now[:last] if key not in going]
    assert found[len(seen) : len(seen) + len(new)] == new
    assert found[len(found) - len(now[last + 1 :]) :] == now[last + 1 :]


@settings(deadline=None)
@given(st.text(alphabet="ab é漢", min_size=1, max_size=300), st.integers(2, 40))
def test_pages_hold_every_character_in_order_and_none_is_too_wide(text: str, width: int) -> None:
    found = pages([Item("a", made((text, "strong")))], width)
    assert "".join(plain(page) for _, page in found) == text
    assert all(cells(plain(page)) <= width for _, page in found)


async def test_a_new_quote_moves_nothing_that_is_in_view_and_is_the_next_to_come() -> None:
    async with running(quoted()) as (_, app, ticks):
        ticks.now += 3
        before = line(app)
        app._player.shown = msgspec.structs.replace(  # type: ignore[attr-defined] # the fake player of this test
            quoted(), quotes=(*quoted().quotes, said("brand new", minute=59))
        )
        app.beat()
        assert line(app) == before
        assert "brand new" not in before
        come = ""
        for _ in range(25):
            ticks.now += 1
            come = come or (line(app) if "brand new" in line(app) else "")
        assert come


async def test_a_quote_that_comes_behind_the_view_is_painted_with_the_next_step_and_one_in_view_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with running(quoted()) as (_, app, ticks):
        ticks.now += 3
        ticker = app.query_one(Ticker)
        painted = []
        monkeypatch.setattr(ticker, "refresh", lambda *_: painted.append(ticks.now))
        for night, expected in (
            (msgspec.structs.replace(quoted(), quotes=(*quoted().quotes, said("brand new", minute=59))), 0),
            (quoted(29), 1),
        ):
            painted.clear()
            app._player.shown = night  # type: ignore[attr-defined] # the fake player of this test
            app.beat()
            ticks.now += 1
            assert len(painted) == expected


async def test_after_a_jump_in_time_the_newest_comes_first() -> None:
    async with running(quoted(40)) as (_, app, ticks):
        ticks.now += 30
        assert "number 39 " not in line(app)
        app._player.shown = quoted(10)  # type: ignore[attr-defined] # the fake player of this test
        app.moved()
        before = line(app)
        app.moved()
        assert line(app) == before
        app._player.shown = quoted(35)  # type: ignore[attr-defined] # the fake player of this test
        app.moved()
        assert line(app).startswith("❝ quote number 34 ")


async def test_a_quote_that_is_taken_back_is_gone_at_once() -> None:
    async with running(quoted()) as (_, app, ticks):
        assert "number 29 " in line(app)
        app._player.shown = quoted(29)  # type: ignore[attr-defined] # the fake player of this test
        ticks.now += 1
        app.beat()
        assert line(app).startswith("❝ quote number 28")
        assert "number 29 " not in line(app)


async def test_a_page_stands_its_time_whatever_comes_and_the_newest_is_the_next() -> None:
    async with running(with_quotes("first " * 20, "second " * 20), looks=STILL) as (_, app, ticks):
        before = line(app)
        assert "second" in before
        app._player.shown = with_quotes("first " * 20, "second " * 20, "third " * 20)  # type: ignore[attr-defined]
        ticks.now += HOLD / 2
        app.beat()
        assert line(app) == before
        shown = []
        for _ in range(8):
            ticks.now += HOLD
            shown.append(line(app).split()[1 if "❝" in line(app) else 0])
        assert shown.index("third") < shown.index("first")


async def test_every_word_of_a_long_quote_can_be_read_at_any_width() -> None:
    words = " ".join(f"word{n:02}" for n in range(60))
    for width in (60, 80, 120):
        async with running(with_quotes(words), size=(width, 24), looks=STILL) as (_, app, ticks):
            seen = ""
            for _ in range(20):
                seen += line(app)
                ticks.now += HOLD
            assert all(f"word{n:02}" in seen for n in range(60))
            assert "…" not in seen


async def test_the_speed_is_changed_by_a_key_from_where_the_ticker_is() -> None:
    async with running(quoted()) as (pilot, app, ticks):
        ticks.now += 2
        before = line(app)
        await pilot.press("T")
        assert app.query_one(Ticker).speed == "fast"
        assert line(app) == before
        ticks.now += 1
        assert line(app)[:104] == before[16:]
        for speed in ("still", "slow", "normal"):
            await pilot.press("T")
            assert app.query_one(Ticker).speed == speed
        assert app._notifications


async def test_with_the_focus_the_arrows_turn_it() -> None:
    async with running(quoted()) as (pilot, app, _):
        app.query_one(Ticker).focus()
        await pilot.pause()
        await pilot.press("right")
        assert line(app).startswith("❝ quote number 28")
        await pilot.press("left", "left")
        assert line(app).startswith(f"❝ quote number {29 - (MOST - 1)}")
        app.query_one(SeatsPanel).focus()


async def test_two_hundred_declarations_a_second_do_not_hurry_a_page() -> None:
    def declared(number: int) -> Night:
        return nights.many_local(400, number)

    async with running(declared(30), looks=STILL) as (_, app, ticks):
        before = line(app)
        for number in range(50, 200, 20):
            app._player.shown = declared(number)  # type: ignore[attr-defined] # the fake player of this test
            ticks.now += 0.1
            app.beat()
            assert line(app) == before


@pytest.mark.parametrize("text", ["", " "])
async def test_a_quote_without_words_is_drawn(text: str) -> None:
    empty = msgspec.structs.replace(said("x"), quote=Quote(text=text, speaker=""))
    async with running(msgspec.structs.replace(nights.small_local(), quotes=(empty,))) as (_, app, _ticks):
        assert "❝" in line(app)

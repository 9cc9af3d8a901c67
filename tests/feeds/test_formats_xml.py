"""The choice among XML messages: by root element, never by name, and with a reason for what is not counted."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

from feeds import formats
from feeds.formats import MESSAGES, ROOTS, read
from feeds.report import Problem, Result
from tests.makers import pa

ANYTOWN = pa.Council("Anytown", "all")
DATA = pa.result(ANYTOWN, {"C": 20, "Lab": 19})


@pytest.mark.parametrize("path", ["Local_result_Anytown_1.xml", "Local_SOP_4.xml", "a.txt", "new folder/b.csv"])
def test_an_xml_message_is_known_by_its_root_under_any_name(path: str) -> None:
    reading = read(path, DATA)
    assert reading.format == "PA local result"
    assert isinstance(reading.reports[0], Result)


def test_a_byte_order_mark_and_utf_16_are_read() -> None:
    assert read("a.xml", b"\xef\xbb\xbf" + DATA).reports == read("a.xml", DATA).reports
    wide = DATA.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert read("a.xml", wide).reports == read("a.xml", DATA).reports


@pytest.mark.parametrize("root", ["ReferendumRush", "ReferendumResult", "ReferendumRecount", "RunningTotals"])
def test_a_referendum_is_recognised_and_not_counted(root: str) -> None:
    reading = read("EU_result_Anytown_1.xml", pa.document(root, {}, []))
    assert reading.ignored == "a referendum: recognised, not an election of seats"
    assert reading.problem is None


def test_every_message_of_pa_has_a_reader() -> None:
    assert {
        "LocalElectionResult",
        "LocalElectionNominations",
        "LocalStateOfParties",
        "FirstPastThePostResult",
        "FirstPastThePostRush",
        "FirstPastThePostNominations",
        "FirstPastThePostStateOfParties",
        "Recount",
        "TopUpResult",
        "TopUpRush",
        "ElectionResult",
        "ElectionNominations",
    } <= set(ROOTS)


def test_every_module_of_pa_is_known_by_the_roots_that_it_reads() -> None:
    names = {each.name for each in iter_modules(formats.__path__) if each.name.startswith("pa_")}
    assert set(MESSAGES) == names
    for name, roots in MESSAGES.items():
        assert tuple(import_module(f"feeds.formats.{name}").ROOTS) == roots


def test_an_unknown_root_is_named() -> None:
    assert read("a.xml", b"<?xml version='1.0'?>\n<foo/>").problem == Problem(
        reason="the root element is <foo>, which is not one of the messages that are read", line=2
    )


def test_a_torn_document_is_a_problem_with_its_line_and_still_marked_as_test_data() -> None:
    reading = read("Local_Test_result_Anytown_1.xml", DATA[: DATA.index(b"<NewCouncil>")])
    assert reading.problem == Problem(reason="the document ends in the middle (torn?)", line=5)
    assert reading.test == "the file name says Test"

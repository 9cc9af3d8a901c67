"""The bounded XML reader: what it builds, what it refuses, and how it says so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds import xml
from feeds.text import Raw, clean
from feeds.xml import Element, XmlProblem, parse
from tests.makers import pa

RESULT = pa.result(pa.Council("Anytown & Vale"), {"C": 16, "Reform": 9}, {"Reform": 6, "C": -6}, {"Reform": 7, "C": 4})


def refusal(data: bytes) -> str:
    with pytest.raises(XmlProblem) as caught:
        parse(data)
    return str(caught.value)


def raw(**attributes: str) -> dict[str, Raw]:
    return {name: Raw(value) for name, value in attributes.items()}


def test_a_document_becomes_a_tree_with_lines() -> None:
    root = parse(b"<a x='1'>\n  <b/>\n  <c y='2'\n     z='3'><d/></c>\n</a>")
    assert root == Element(
        "a",
        raw(x="1"),
        1,
        [Element("b", {}, 2), Element("c", raw(y="2", z="3"), 3, [Element("d", {}, 4)])],
    )


def test_quotes_newlines_and_the_five_entities_do_not_matter() -> None:
    root = parse(b'<?xml version="1.0" encoding="UTF-8"?>\r\n<a\r\n x="&amp;&lt;&gt;&apos;&quot;&#233;" />\r\n\r\n')
    assert root.attributes == raw(x="&<>'\"é")


def test_a_byte_order_mark_is_passed_over() -> None:
    assert parse(b"\xef\xbb\xbf<a/>").tag == "a"


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1", "windows-1252"])
def test_text_in_a_declared_encoding_is_read(encoding: str) -> None:
    document = f"<?xml version='1.0' encoding='{encoding}'?><a name='Glyndŵr'/>"
    if encoding not in {"UTF-8", "UTF-16"}:
        document = document.replace("ŵ", "é")
    assert clean(parse(document.encode(encoding)).attributes["name"]) in {"Glyndŵr", "Glyndér"}


@pytest.mark.parametrize("encoding", ["hex", "idna", "unicode_escape", "utf-7", "nonsense", "shift_jis"])
def test_other_encodings_are_refused_by_name(encoding: str) -> None:
    assert f"the encoding “{encoding}” is not one that is read" in refusal(
        f"<?xml version='1.0' encoding='{encoding}'?><a/>".encode()
    )


def test_a_document_longer_than_one_chunk_is_read_whole() -> None:
    rows = b"".join(b"<row n='%d'/>\n" % n for n in range(20_000))
    root = parse(b"<a>\n" + rows + b"</a>")
    assert len(rows) > 2 * xml.CHUNK
    assert [(clean(row.attributes["n"]), row.line) for row in root.children[-2:]] == [
        ("19998", 20_000),
        ("19999", 20_001),
    ]


def test_children_are_found_by_name() -> None:
    root = parse(b"<a><b n='1'/><c/><b n='2'/></a>")
    assert [clean(child.attributes["n"]) for child in root.all("b")] == ["1", "2"]
    assert root.only("c") is root.children[1]
    assert root.only("d") is None
    with pytest.raises(XmlProblem, match="a has more than one b"):
        root.only("b")


def test_a_torn_document_is_never_read() -> None:
    for length in range(1, len(RESULT)):
        assert "torn" in refusal(RESULT[:length]), RESULT[:length]


def test_a_torn_document_says_at_which_line_it_ends() -> None:
    torn = RESULT[: RESULT.index(b"<Changes>")]
    assert refusal(torn) == "line 9: the document ends in the middle (torn?)"


def test_a_file_filled_up_with_zero_bytes_is_torn() -> None:
    assert refusal(RESULT[:200] + bytes(100)).endswith("zero bytes where text should be (torn?)")


@pytest.mark.parametrize(
    "doctype",
    [
        b"<!DOCTYPE a>",
        b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'>",
        b"<!DOCTYPE a PUBLIC '-//x' 'http://example.invalid/x.dtd'>",
        b"<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;'>]>",
        b"<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/passwd'>%p;]>",
    ],
)
def test_a_dtd_is_refused(doctype: bytes) -> None:
    assert refusal(b"<?xml version='1.0'?>\n" + doctype + b"<a/>") == "line 2: a DTD is not accepted"


def test_a_web_page_is_recognised_as_one() -> None:
    assert refusal(b"<!DOCTYPE html><html><br></html>") == "line 1: a DTD is not accepted (is it a web page?)"


def test_an_entity_is_refused_and_the_remedy_named() -> None:
    assert refusal(b"<a>\n<b x='Anytown &vale; Co'/></a>") == (
        "line 2: “&…;” is not defined; a plain & is written &amp;"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<a>\n<b x='Anytown & Vale'/></a>", "line 2: a plain & is written &amp;"),
        (b"<a>\n<b x='caf\xe9'/></a>", "line 2: the byte 0xE9 is not valid text"),
        (b"<a>\n<b x='\x1b[2J'/></a>", "line 2: a control character (0x1B)"),
        (b"<a>\n<b x='1/>\n<c y='2'/></a>", "line 3: a “<” where none can stand"),
        (b"<a>\n<b x=1/></a>", "line 2: “1” cannot stand there"),
        (b"<a>\n<b>\n</a>", "line 3: <b> of line 2 is not closed"),
        (b"<a>\n<b x='1' x='2'/></a>", "line 2: an attribute stands twice in one element"),
        (b"<a/>\n<b/>", "line 2: something stands after the end of the document"),
        (b"\n<?xml version='1.0'?><a/>", "line 2: the line <?xml …?> is not the first thing in the file"),
        (b"<a x='&#0;'/>", "line 1: “&#…;” stands for a character that is not allowed"),
        (b"<?xml version='1.0' encoding='UTF-16'?><a/>", "line 1: the text is not in the encoding"),
        (b"\xff\xfe<\0a\0>\0\x01\0", "line 1: a character that cannot stand there"),
        (b"<a:b:c/>x", "line 1: something stands after the end of the document"),
        (b"", "line 1: the document ends in the middle (torn?)"),
    ],
)
def test_what_is_not_well_formed_is_said_in_plain_words_with_its_line(data: bytes, reason: str) -> None:
    assert refusal(data).startswith(reason)


def test_elements_deeper_than_the_limit_are_refused() -> None:
    deepest = b"<a>" * xml.MAX_DEPTH + b"</a>" * xml.MAX_DEPTH
    assert parse(deepest).tag == "a"
    assert "more than 64 deep" in refusal(b"<a>" + deepest + b"</a>")


def test_more_elements_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MAX_ELEMENTS", 10)
    assert len(parse(b"<a>" + b"<b/>" * 9 + b"</a>").children) == 9
    assert refusal(b"<a>" + b"<b/>" * 10 + b"</a>") == "line 1: more than 10 elements"


def test_more_attributes_than_the_limit_are_refused() -> None:
    many = b" ".join(b"x%d='1'" % n for n in range(xml.MAX_ATTRIBUTES + 1))
    assert refusal(b"<a " + many + b"/>") == "line 1: a has more than 1,000 attributes"


def test_a_longer_attribute_than_the_limit_is_refused() -> None:
    assert parse(b"<a x='" + b"y" * xml.MAX_ATTRIBUTE + b"'/>").tag == "a"
    assert refusal(b"<a x='" + b"y" * (xml.MAX_ATTRIBUTE + 1) + b"'/>") == "line 1: x is longer than 20,000 characters"


@pytest.mark.parametrize(
    ("begin", "filling"), [(b"<a>\n<b x='", b"y"), (b"<a>\n<!--", b"y"), (b"<a>\n<b", b" "), (b"\n<!--", b"y")]
)
def test_a_longer_tag_or_comment_than_the_limit_is_refused_without_reading_on(begin: bytes, filling: bytes) -> None:
    assert refusal(begin + filling * 4 * xml.MAX_TAG) == "line 2: one tag or comment is longer than 1,048,576 bytes"


@pytest.mark.parametrize(
    "filling", [b"\n", b"some text ", b"<b c='some text of an attribute'/>", b"&amp;", b"<!-- y -->\n"]
)
def test_what_stands_between_tags_may_be_longer_than_a_tag(filling: bytes) -> None:
    assert parse(b"<a>" + filling * (2 * xml.MAX_TAG // len(filling)) + b"</a>").tag == "a"


def test_names_in_a_refusal_are_bounded_and_clean() -> None:
    name = "é" * 500
    assert len(refusal(f"<{name}>\n</x>".encode())) < 120


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(RESULT) - 1), st.binary(max_size=3), st.integers(0, 5))
def test_damage_to_a_document_never_raises_anything_but_a_problem(at: int, put: bytes, drop: int) -> None:
    try:
        parse(RESULT[:at] + put + RESULT[at + drop :])
    except XmlProblem as problem:
        assert 1 <= problem.line <= RESULT.count(b"\n") + 4
        assert problem.reason

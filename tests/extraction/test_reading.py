"""Reading: whatever the file, one text that offsets count in, or one sentence that says why not."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from collections.abc import Callable
from os import mkfifo
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import kg
from kg.errors import SourceError
from kg.extraction.reading import Reading, files, masked, read
from kg.extraction.reading.tree import thinned

ENGLISH = "The regulator’s order closed 8,000 accounts – “for good” – and deleted 1.4 million posts in Málaga."
CHINESE = "网信部门通报，今年以来累计处置违规账号8000余个，清理谣言信息140万条，约谈网站平台59家，责令限期改正。"
TRADITIONAL = "主管機關通報，今年以來累計處置違規帳號8000餘個，清理謠言訊息140萬條，約談網站平台59家，責令限期改正。"

Write = Callable[[str, bytes | str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def refusal(path: Path) -> tuple[int | None, str]:
    with pytest.raises(SourceError) as caught:
        read(path)
    (finding,) = caught.value.findings
    assert finding.file == str(path)
    assert finding.advice, "a refusal says what to try"
    return finding.line, finding.what


def pdf(*pages: list[str]) -> bytes:
    """A PDF of these lines in Helvetica, one page a list; written by hand, after ISO 32000-2 §7.5."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj T* " for line in lines)
        stream = f"BT /F1 10 Tf 14 TL 50 700 Td {shown}ET"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>/Contents {5 + 2 * n} 0 R>>")
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    body, places = "%PDF-1.4\n", []
    for n, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{n} 0 obj{content}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
@pytest.mark.parametrize("text", [ENGLISH.replace("á", "a"), CHINESE, TRADITIONAL], ids=["english", "simplified", "traditional"])
def test_a_text_is_the_same_in_every_encoding(write: Write, text: str, encoding: str) -> None:
    if encoding == "gb18030" and text.startswith("The"):
        text += CHINESE  # without any ideograph nothing tells GB 18030 from its like
    assert read(write("a.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize(("text", "encoding"), [(ENGLISH, "cp1252"), (TRADITIONAL, "big5"), ("Closed 8,000 accounts.", "utf-16-le")])
def test_older_encodings_are_read_too(write: Write, text: str, encoding: str) -> None:
    assert read(write("a.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize(
    ("text", "encoding", "guess"),
    [
        ("Регулятор закрыл 8000 учётных записей и удалил 1,4 миллиона сообщений.", "cp1251", "Windows-1251"),
        ("방송통신심의위원회는 올해 8,000개의 계정을 폐쇄했다고 밝혔다.", "euc_kr", "CP949"),
        ("総務省は8,000件のアカウントを停止したと発表した。", "shift_jis", "CP932"),
    ],
)
def test_a_guess_that_gives_neither_chinese_nor_western_letters_is_refused(write: Write, text: str, encoding: str, guess: str) -> None:
    assert refusal(write("a.txt", f"Notice\n{text}".encode(encoding))) == (2, f"its encoding is not sure (a guess: {guess})")


def test_damaged_utf8_is_told_with_its_line(write: Write) -> None:
    raw = f"标题\n{CHINESE}".encode()
    assert refusal(write("a.txt", raw[:58] + b"\xff" + raw[58:])) == (2, "byte 58 is not UTF-8, though what stands before it is")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "there is no text in it"),
        (b" \r\n\t\n", "there is no text in it"),
        (b"\xef\xbb\xbf", "there is no text in it"),
        (bytes(range(256)) * 9, "no text: its bytes are of no known encoding"),
        (b"PK\x03\x04 and so on", "no text but a ZIP archive (.docx, .xlsx and .epub are such)"),
        (b"{\\rtf1 8,000 accounts}", "no text but an RTF file"),
        (b"\xff\xfeabc", "byte 4 is not UTF-16, though its byte order mark says so"),
        (b"It\x01\x02 closed\x03 8,000", "no text: it holds control characters"),
    ],
)
def test_what_is_no_text_is_refused(write: Write, content: bytes, what: str) -> None:
    assert refusal(write("a.txt", content))[1] == what


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.txt: No such file"):
        read(tmp_path / "gone.txt")


def test_newlines_are_the_only_thing_changed_in_a_text(write: Write) -> None:
    reading = read(write("a.txt", "One\r\ntwo\rthree \u200b\u00a0 four\n"))
    assert reading.text == "One\ntwo\nthree \u200b\u00a0 four\n"
    assert reading.sha256 == hashlib.sha256(reading.text.encode()).hexdigest()
    assert (reading.kind, reading.meta, reading.selector_at(3)) == ("text", {}, "")


def test_a_header_tells_the_source_and_is_no_text(write: Write) -> None:
    reading = read(write("a.txt", "# source: The Post | City | https://post.example/a (copy) | 2023-05\r\n\r\nIt closed 9.\r\n\r\nEnd"))
    assert reading.text == "It closed 9.\n\nEnd"
    assert reading.meta == {"publisher": "The Post | City", "url": "https://post.example/a", "published": "2023-05"}


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("# source: The Post", "a header that does not name publisher, address and date"),
        ("# source: The Post | https://post.example | May 2023", "'May 2023' is no date of the form 2023, 2023-05 or 2023-05-27"),
    ],
)
def test_a_header_that_cannot_be_read_is_told(write: Write, header: str, what: str) -> None:
    assert refusal(write("a.txt", f"{header}\n\nIt closed 9.")) == (1, what)


def test_a_line_of_many_megabytes_is_read(write: Write) -> None:
    reading = read(write("a.txt", "It closed 8,000 accounts. " * 400_000))
    assert len(reading.text) == 26 * 400_000


PAGE = """<!DOCTYPE html><html lang=en><head><title>Order on accounts - The Post</title><style>p { color: red }</style>
<link rel=canonical href="https://post.example/a"><meta property="og:site_name" content="The Post">
<meta property="article:published_time" content="2023-05-27T08:00:00+02:00"></head><body>
<nav>9,999 more</nav><h1>Order on accounts</h1><p>It closed
  <b>67,000</b><sup><a href="#1">[1]</a></sup> accounts and re&shy;moved 10<sup>6</sup>
posts.<p hidden>1 secret</p><div style="display:none">2 secrets</div><script>3 secrets</script><!-- 4 secrets -->
<ul><li>Spam: <i>4,120</i></li><li><p>Scam: 1,003</p></li></ul>
<table id=figures><tr><th>Reason</th><th>Accounts</th></tr><tr><td><div>Spam</div></td><td>4,120</td></tr></table>
<p>处置
账号8000个<br>下架应用59款</p></body></html>"""
LINES = {
    "Order on accounts": "h1",
    "It closed 67,000 accounts and removed 10⁶ posts.": "p",
    "Spam: 4,120": "li",
    "Scam: 1,003": "p",
    "Reason\tAccounts": "tr",
    "Spam\t4,120": "tr",
    "处置账号8000个": "p",
    "下架应用59款": "p",
}


def test_a_page_is_read_in_order_and_without_what_does_not_show(write: Write) -> None:
    lines = list(LINES)
    paragraphs = [lines[0], lines[1], "\n".join(lines[2:4]), "\n".join(lines[4:6]), "\n".join(lines[6:])]
    assert read(write("a", PAGE)).text == "\n\n".join(paragraphs)


def test_a_raised_number_is_the_mark_of_a_note_or_a_power_and_no_figure(write: Write) -> None:
    numbers = "67,000<sup>1</sup> accounts, 300<sup>[a]</sup> posts, 9<sup>1,2</sup> apps, 10<sup>6</sup> users"
    reading = read(write("a.html", f"<p>It closed {numbers} on the 5<sup>th</sup>"))
    assert reading.text == "It closed 67,000¹ accounts, 300 posts, 9 apps, 10⁶ users on the 5th"
    assert [figure.value for figure in kg.extract(reading.text, "en").figures] == [67_000, 300, 9]


def test_a_line_break_within_a_sentence_ends_no_line(write: Write) -> None:
    page = "<p>It closed<br>67,000<br>accounts<br>It removed 300 posts<br>40 videos were hidden"
    assert read(write("a.html", page)).text == "It closed 67,000 accounts\nIt removed 300 posts\n40 videos were hidden"


def test_what_was_struck_out_is_left_out_and_xml_closes_its_elements(write: Write) -> None:
    page = '<?xml version="1.0"?><html><head><title/></head><body><p>It closed <del>300</del> <ins>400</ins> accounts.</p></body></html>'
    assert read(write("a.xhtml", page)).text == "It closed 400 accounts."


def test_what_a_page_shows_from_right_to_left_is_read_as_it_is_shown(write: Write) -> None:
    shown = "<p>It closed <bdo dir=RTL>000,<b>76</b></bdo> accounts and <bdo dir=ltr>300</bdo> groups."
    reading = read(write("a.html", f"{shown}<div><bdo dir=rtl>5</bdo><p>It hid 40 posts."))
    assert reading.text == "It closed 67,000 accounts and 300 groups.\n\n5\n\nIt hid 40 posts."
    assert reading.selector_at(reading.text.index("It hid")).endswith("div:nth-child(2) > p:nth-child(2)")


def test_a_page_tells_its_source(write: Write) -> None:
    assert read(write("a.html", PAGE)).meta == {
        "publisher": "The Post", "url": "https://post.example/a", "published": "2023-05-27", "language": "en",
        "title": "Order on accounts - The Post",
    }  # fmt: skip


def test_a_selector_finds_the_one_element_that_holds_the_words(write: Write) -> None:
    reading, page = read(write("a.html", PAGE)), LexborHTMLParser(PAGE)
    for line, tag in LINES.items():
        (element,) = page.css(reading.selector_at(reading.text.index(line) + len(line) // 2))
        assert element.tag == tag
        assert line.split()[-1].split("\t")[-1][-3:] in element.text()
    assert reading.selector_at(reading.text.index("4,120", 100)) == "#figures > tbody:nth-child(1) > tr:nth-child(2)"


def test_a_title_that_no_heading_repeats_is_read_once(write: Write) -> None:
    assert read(write("a.html", "<title>It closed 9</title><h1>News</h1>")).text == "It closed 9\n\nNews"


def test_a_table_that_only_lays_out_is_read_as_paragraphs(write: Write) -> None:
    page = "<table><tr><td><h2>News</h2><p>One</p><p>Two</p></td><td>Side</td></tr></table>"
    assert read(write("a.html", page)).text == "News\n\nOne\n\nTwo\n\nSide"


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8"])
def test_a_page_in_an_older_encoding_is_read(write: Write, declared: str) -> None:
    page = f"<html><head><meta http-equiv=Content-Type content='text/html; charset={declared}'></head><p>{CHINESE}</p></html>"
    assert read(write("a.html", page.encode("gb18030"))).text == CHINESE


@pytest.mark.parametrize("declared", ["iso-8859-1", "gb2312", "big5"])
def test_what_a_page_says_of_its_encoding_is_believed_where_it_gives_words(write: Write, declared: str) -> None:
    page = f"<html><head><meta charset={declared}></head><p>{{}}</p></html>"
    assert read(write("a.html", page.format(CHINESE).encode("gb18030"))).text == CHINESE
    assert read(write("b.html", page.format(TRADITIONAL).encode("big5"))).text == TRADITIONAL


@pytest.mark.parametrize("damage", [b"\xc0\x80", b"\xed\xa0\x80"], ids=["too long", "a surrogate"])
def test_bytes_that_are_nearly_utf8_are_no_western_letters(write: Write, damage: bytes) -> None:
    told = refusal(write("a.txt", b"It closed\n8" + damage + b"000 accounts."))
    assert told == (2, "byte 11 is not UTF-8, though what stands before it is")


def test_a_hundred_thousand_levels_lose_no_word(write: Write) -> None:
    deep = "<div>" * 100_000 + "It closed 8,000 accounts." + "</div>" * 100_000 + "<p>After.</p>"
    reading = read(write("a.html", deep))
    assert reading.text == "It closed 8,000 accounts.\n\nAfter."
    page = LexborHTMLParser(deep[: 5 * 900])
    assert len(page.css(reading.selector_at(0))) == 1
    assert len(reading.selector_at(0)) < 2000


def test_an_element_with_very_many_attributes_keeps_what_the_parser_takes_at_once(write: Write) -> None:
    many = "".join(f" data-n{n}='>'" for n in range(50_000))
    page = f"<p id=order{many}>It closed 8,000 accounts.</p><script>if (a <b && {many}) end()</script><!-- <b{many} --><p>After."
    reading = read(write("a.html", page))
    assert (reading.text, reading.selector_at(0)) == ("It closed 8,000 accounts.\n\nAfter.", "#order")
    assert max(len(node.attributes) for node in LexborHTMLParser(thinned(page)).css("p")) == 256
    assert thinned(page).endswith(page[page.index("</p>") :])


def test_a_page_that_was_cut_off_is_read_with_a_doubt(write: Write) -> None:
    assert read(write("a.html", PAGE)).doubts == ()
    cut = read(write("b.html", PAGE[: PAGE.index("<table")]))
    assert cut.text.endswith("Scam: 1,003")
    assert cut.doubts == ("the page ends before its </html>: this may not be all of it",)


def test_a_pdf_is_read_with_its_broken_lines_joined(write: Write) -> None:
    long = "The regulator said on Monday that in the course of the two months it had closed 67,000"
    reading = read(write("a", pdf(["Notice", long, "accounts.", "It deleted 12 posts."], ["Spam 4,120"])))
    assert reading.text == f"Notice\n{long} accounts.\nIt deleted 12 posts.\n\nSpam 4,120"
    assert [reading.selector_at(reading.text.index(word)) for word in ("Notice", "12 posts", "Spam", "4,120")] == [
        "page=1", "page=1", "page=2", "page=2",
    ]  # fmt: skip
    assert reading.doubts == ()


def test_rows_of_a_pdf_that_end_in_numbers_stay_rows(write: Write) -> None:
    rows = ["Accounts closed for spam 4,120", "Accounts closed for scam 1,003", "Accounts closed in all 5,123"]
    assert read(write("a.pdf", pdf(rows))).text == "\n".join(rows)


def test_a_pages_number_counts_those_without_text(write: Write) -> None:
    reading = read(write("a.pdf", pdf(["One"], [], ["Three"])))
    assert (reading.text, reading.selector_at(0), reading.selector_at(5)) == ("One\n\nThree", "page=1", "page=3")
    assert reading.doubts == ("no text layer on page 2: what stands there was not read",)


# One empty page behind a password (RC4), as pypdf 7.1 writes it.
ENCRYPTED = """
JVBERi0xLjMKJeLjz9MKMSAwIG9iago8PAovUHJvZHVjZXIgPGE1OTdjODM2MTI+Cj4+CmVuZG9iagoyIDAgb2JqCjw8Ci9UeXBlIC9QYWdlcwovQ291bnQg
MQovS2lkcyBbIDQgMCBSIF0KPj4KZW5kb2JqCjMgMCBvYmoKPDwKL1R5cGUgL0NhdGFsb2cKL1BhZ2VzIDIgMCBSCj4+CmVuZG9iago0IDAgb2JqCjw8Ci9U
eXBlIC9QYWdlCi9SZXNvdXJjZXMgPDwKPj4KL01lZGlhQm94IFsgMC4wIDAuMCAyMDAgMjAwIF0KL1BhcmVudCAyIDAgUgo+PgplbmRvYmoKNSAwIG9iago8
PAovViAxCi9SIDIKL0xlbmd0aCA0MAovUCA0Mjk0OTY3MjkyCi9GaWx0ZXIgL1N0YW5kYXJkCi9PIDxlNWE4ZDI2ODdiZDlkMGNmZjk0NmI3YWM1NWY1MTA4
MWRjZjBkMTE2NTU0YzRiZmNiMGE1ZTQ0NmY2OWVhNDhhPgovVSA8NWZiMmVhODE3MzU1YzE0OTM4MWIwN2Q4OTUxNDA5ZDVhOWM2ZDA1ODQ2NzEwNmY2ODlh
NWRkNWQwY2RiNDdkYz4KPj4KZW5kb2JqCnhyZWYKMCA2CjAwMDAwMDAwMDAgNjU1MzUgZiAKMDAwMDAwMDAxNSAwMDAwMCBuIAowMDAwMDAwMDU5IDAwMDAw
IG4gCjAwMDAwMDAxMTggMDAwMDAgbiAKMDAwMDAwMDE2NyAwMDAwMCBuIAowMDAwMDAwMjYxIDAwMDAwIG4gCnRyYWlsZXIKPDwKL1NpemUgNgovUm9vdCAz
IDAgUgovSW5mbyAxIDAgUgovSUQgWyA8MmFiMDA3YTMxNDJlZTY5OTAzNGMzNjVlYzEwNWNiMDI+IDwyYWIwMDdhMzE0MmVlNjk5MDM0YzM2NWVjMTA1Y2Iw
Mj4gXQovRW5jcnlwdCA1IDAgUgo+PgpzdGFydHhyZWYKNDc1CiUlRU9GCg==
"""


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (pdf([], []), "a PDF of 2 pages without a text layer, a scan"),
        (pdf(["It closed 9."])[:400], "a PDF that was cut off: its end is missing"),
        (b"%PDF-1.4\nnothing\n%%EOF", "a damaged PDF"),
        (b64decode(ENCRYPTED), "an encrypted PDF"),
    ],
    ids=["scan", "cut", "damaged", "encrypted"],
)
def test_a_pdf_that_cannot_be_read_says_why(write: Write, content: bytes, what: str) -> None:
    assert refusal(write("a.pdf", content))[1].startswith(what)


def test_a_folder_is_read_in_the_order_of_names_without_what_is_hidden(write: Write) -> None:
    for name in ("b.txt", "a/z.html", "a/.draft.txt", ".git/c.txt", "a.pdf"):
        folder = write(f"f/{name}", "x")
    root = next(parent for parent in folder.parents if parent.name == "f")
    assert [path.relative_to(root).as_posix() for path in files(root)] == ["a/z.html", "a.pdf", "b.txt"]
    assert files(root / "b.txt") == [root / "b.txt"]


def test_what_is_no_regular_file_is_told_and_not_waited_for(tmp_path: Path) -> None:
    mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert [path.name for path in files(tmp_path)] == ["gone.txt", "pipe.txt"]
    assert (
        refusal(tmp_path / "pipe.txt")[1] == refusal(files(Path("/dev/null"))[0])[1] == "no regular file but a pipe, a device or the like"
    )
    with pytest.raises(SourceError, match=r"gone\.txt: No such file"):
        read(files(tmp_path / "gone.txt")[0])


def test_a_folder_without_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no file in this folder"):
        files(tmp_path)


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("closed ６７，０００ accounts", "closed 67,000 accounts"),
        ("closed 67\u200b,000 accounts", "closed 067,000 accounts"),
        ("closed \u202d67,\u2060\u2060\u2060000\u202c accounts", "closed  000067000  accounts"),
        ("1.\u200d4 million", "01.4 million"),
        ("账号8\u200b000\ufeff个", "账号008000个"),
        ("８，０００个，９个。", "8,000个，9个。"),
        ("٨٠٠٠ accounts, 67,000² of them, 10⁶ m²", "8000 accounts, 67,000  of them,     m²"),
        ("items 1,\u200b2", "items 01,2"),
        ("⼀万", "一万"),
    ],
)
def test_the_masked_copy_shows_numbers_plainly(text: str, copy: str) -> None:
    assert masked(text) == copy


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("0123456789,.\u200b\u202e\ufeff")))
def test_the_masked_copy_is_as_long_as_the_text(text: str) -> None:
    assert len(masked(text)) == len(text)
    assert not set("\u200b\u202e\ufeff") & set(masked(text))


def test_the_same_bytes_give_the_same_reading(write: Write) -> None:
    def told(reading: Reading) -> tuple[object, ...]:
        return reading.text, reading.meta, reading.doubts, [reading.selector_at(i) for i in range(len(reading.text))]

    path = write("a.html", PAGE)
    assert told(read(path)) == told(read(path))

"""Text of office files, and files that are made to do harm."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest

from bvnscreen import files
from bvnscreen.readers import InputError

pytest.importorskip("pypdf")
pytest.importorskip("striprtf")
pytest.importorskip("inscriptis")

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, part: str = "word/document.xml") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, body)
    return packed.getvalue()


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{r}</w:t></w:r>" for r in runs) + "</w:p>"


def document(*blocks: str) -> bytes:
    return word(f"<w:document {SPACE}><w:body>{''.join(blocks)}</w:body></w:document>")


def pdf(content: bytes, *, packed: bool = False) -> bytes:
    """A PDF of one page with this content stream."""
    stream = zlib.compress(content) if packed else content
    coded = b"/Filter /FlateDecode " if packed else b""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< " + coded + b"/Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += str(number).encode() + b" 0 obj\n" + part + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n" + str(table).encode() + b"\n%%EOF\n"


TABLE = (
    "<w:tbl><w:tr>"
    + "".join(f"<w:tc>{paragraph(t)}</w:tc>" for t in ("L4-L5", "Modic 2"))
    + "</w:tr></w:tbl>"
)
DELETED = "<w:p><w:del><w:r><w:delText>Modic 3</w:delText></w:r></w:del><w:r><w:t>stable</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        (b"MRI\r\nModic 2\r\n", "a.txt", "MRI\nModic 2\n"),
        ("Modic 2 \u2013 stable".encode("cp1252"), "a.txt", "Modic 2 \u2013 stable"),
        (document(paragraph("Modic ", "2"), paragraph("stable")), "a.docx", "Modic 2\nstable\n"),
        (document(TABLE), "a.docx", "L4-L5\tModic 2\n"),
        (document(DELETED), "a.docx", "stable\n"),
        (rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Modic 2\par L4-L5 \'96 stable}", "a.rtf",
         "Modic 2\nL4-L5 \u2013 stable"),
        (b"<p>Modic 2<script>x()</script></p><table><tr><td>L4-L5</td><td>1</td></tr></table>", "a.html",
         "Modic 2\n\nL4-L5  1\n"),
        (pdf(b"BT /F1 12 Tf 50 700 Td (L4-L5: Modic type 2.) Tj ET"), "a.pdf", "L4-L5: Modic type 2."),
    ],
)  # fmt: skip
def test_text(data: bytes, name: str, text: str) -> None:
    assert files.text_of(data, name).strip() == text.strip()


BILLION = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"  ", "a.txt", "empty"),
        (b"x" * (files.MOST_BYTES + 1), "a.txt", "larger than 10 MB"),
        (b"x" * (files.MOST_CHARACTERS + 1), "a.txt", "longer than 1,000,000"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "an image"),
        (b"%PDF-1.4 nothing", "a.pdf", "damaged"),
        (pdf(b""), "scan.pdf", "text recognition"),
        (b"PK\x03\x04 nothing", "a.docx", "damaged"),
        (word("<a/>", "xl/workbook.xml"), "a.xlsx", "not a Word document"),
        (word(BILLION), "a.docx", "damaged"),
        (word("<a>" + " " * 300_000_000), "bomb.docx", "unpacks to more than 20 MB"),
        (pdf(b"BT /F1 9 Tf " + b"(x) Tj " * 20_000_000, packed=True), "bomb.pdf", "."),
        (b"<html>" + b"<div>" * 1_900_000, "deep.html", "."),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_what_cannot_be_read_says_why(data: bytes, name: str, error: str) -> None:
    with pytest.raises(InputError, match=error):
        files.text_of(data, name)


@pytest.mark.parametrize(
    ("code", "error"), [("while True: pass", "more than 2 seconds"), ("bytearray(10**10)", "more memory")]
)
def test_time_and_memory_end(monkeypatch: pytest.MonkeyPatch, code: str, error: str) -> None:
    """A reader that never ends, or takes all memory, in place of a library."""
    start = (
        "import bvnscreen.files as f; f.SECONDS = 60; "
        "f._PARSERS['pdf'] = lambda data: exec({!r}); f._main('pdf')"
    )

    def run(command: list[str], **settings: object) -> object:
        return real([command[0], "-c", start.format(code)], **settings)

    real = files.subprocess.run
    monkeypatch.setattr(files.subprocess, "run", run)
    monkeypatch.setattr(files, "SECONDS", 2)
    with pytest.raises(InputError, match=error):
        files.text_of(b"%PDF-1.4", "a.pdf")


def test_no_error_quotes_the_file() -> None:
    for name in ("a.pdf", "a.docx", "a.rtf", "a.html", "a.txt"):
        for head in (b"%PDF-1.4 ", b"PK\x03\x04", b"\x00\x00\x00\x00"):
            with pytest.raises(InputError) as caught:
                files.text_of(head + b"JANEQDOE", name)
            assert "JANEQDOE" not in str(caught.value)

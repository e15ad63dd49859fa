"""The text of an office file: PDF, Word, RTF, HTML or plain text, read in a process of its own.

Such a file can be made to take all memory or never to end. The process that opens it has limits of
time and memory; when it fails, an `InputError` says so and the program goes on.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Any

from bvnscreen.readers import InputError, decoded

# Bytes of a file, characters of its text. The language layer takes texts of this length.
MOST_BYTES = 10_000_000
MOST_CHARACTERS = 1_000_000
SECONDS = 20
MEMORY = 768 * 1024 * 1024
# Unpacked bytes of the text part of a Word file; that of a long book has less than half of it.
_MOST_UNPACKED = 20_000_000
_MOST_PAGES = 500
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def text_of(data: bytes, name: str) -> str:
    """The text of a file with "\\n" as line ends. Raises InputError that says what is wrong with it."""
    if not data.strip():
        raise InputError("it is empty")
    if len(data) > MOST_BYTES:
        raise InputError(f"it is larger than {MOST_BYTES // 1_000_000} MB")
    kind = _kind(data, name)
    text = decoded(data) if kind == "text" else _in_a_process(data, kind)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError("there is no text in it; a scanned page needs text recognition first")
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"its text is longer than {MOST_CHARACTERS:,} characters")
    return text


def _kind(data: bytes, name: str) -> str:
    head = data[:1024].lstrip()
    if head.startswith(b"%PDF"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.lower().startswith((b"<!doctype html", b"<html")) or PurePath(name).suffix.lower() in (
        ".html",
        ".htm",
    ):
        return "html"
    return "text"


def _in_a_process(data: bytes, kind: str) -> str:
    try:
        # What the libraries print may quote the file: it goes nowhere.
        done = subprocess.run(
            [sys.executable, "-I", "-m", "bvnscreen.files", kind],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise InputError(f"reading it took more than {SECONDS} seconds") from None
    except ValueError:  # the process was ended: no answer
        raise InputError("reading it took more memory than is allowed") from None
    if "error" in answer:
        raise InputError(answer["error"])
    return str(answer["text"])


# -- in the process ----------------------------------------------------------------------------------


def _main(kind: str) -> None:
    _limit()
    answer: dict[str, str]
    try:
        text = _PARSERS[kind](sys.stdin.buffer.read())
        # One too many is enough to be refused.
        answer = {"text": text[: MOST_CHARACTERS + 1]}
    except InputError as exc:
        answer = {"error": str(exc)}
    except MemoryError:
        answer = {"error": "reading it took more memory than is allowed"}
    except ModuleNotFoundError:
        answer = {"error": "this kind of file needs more packages: .venv/bin/pip install -e '.[files]'"}
    except Exception as exc:  # the message of a library may quote the file
        answer = {"error": f"it is damaged, or not the kind of file it says it is ({type(exc).__name__})"}
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    try:
        import resource
    except ModuleNotFoundError:  # Windows: the limit of time holds alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _pdf(data: bytes) -> str:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError("it is protected by a password")
    if len(reader.pages) > _MOST_PAGES:
        raise InputError(f"it has more than {_MOST_PAGES} pages")
    parts: list[str] = []
    for page in reader.pages:
        parts.append(page.extract_text())
        if sum(map(len, parts)) > MOST_CHARACTERS:
            break
    return "\n".join(parts)


def _docx(data: bytes) -> str:
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            part = archive.open("word/document.xml")
        except KeyError:
            raise InputError("this is a zip or Excel file, not a Word document") from None
        # What the directory of a zip file says about sizes may be a lie: count.
        with part:
            body = part.read(_MOST_UNPACKED + 1)
    if len(body) > _MOST_UNPACKED:
        raise InputError(f"it unpacks to more than {_MOST_UNPACKED // 1_000_000} MB")
    return "".join(_word_text(fromstring(body)))


def _word_text(node: Any) -> Iterator[str]:
    """Paragraphs as lines, the cells of a table row on one line; what was deleted is left out."""
    for child in node:
        name = str(child.tag).removeprefix(_WORD)
        if name == "t":
            yield child.text or ""
        elif name == "tab":
            yield "\t"
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "tc":
            yield " ".join("".join(_word_text(child)).split("\n")).strip() + "\t"
        elif name == "tr":
            yield "".join(_word_text(child)).rstrip("\t") + "\n"
        elif child.tag != _FALLBACK and name not in ("pPr", "rPr", "tblPr"):
            yield from _word_text(child)
            if name == "p":
                yield "\n"


def _rtf(data: bytes) -> str:
    from striprtf.striprtf import rtf_to_text

    text: str = rtf_to_text(data.decode("cp1252", "replace"), errors="replace")  # type: ignore[no-untyped-call]
    return text


def _html(data: bytes) -> str:
    from inscriptis import get_text

    return str(get_text(decoded(data)))


_PARSERS: dict[str, Callable[[bytes], str]] = {"pdf": _pdf, "docx": _docx, "rtf": _rtf, "html": _html}

if __name__ == "__main__":
    _main(sys.argv[1])

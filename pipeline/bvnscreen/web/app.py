"""The server: a form, the result, its exports. It keeps nothing between two requests."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import ipaddress
import json
import threading
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartParser
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bvnscreen import files, policy, readers, workers, writers
from bvnscreen.facts import Note, NoteFacts
from bvnscreen.readers import InputError, Unreadable
from bvnscreen.web import render
from bvnscreen.web.view import KINDS, ChartView, build, guess_date

MOST_BODY = 25_000_000
MOST_NOTES = 60
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), clipboard-read=()",
}
COOKIE = "bvnscreen_token"

# An upload of Starlette above this size would go through a file on disk.
MultiPartParser.spool_max_size = MOST_BODY

reading = threading.Lock()


@dataclass
class Slot:
    """One note of the form, with what was guessed where nothing was said."""

    text: str = ""
    date: str = ""
    kind: str = ""
    guess: str = ""
    date_guessed: bool = False


@dataclass
class Form:
    """What the reviewer entered. `errors` are for the reviewer and quote no note."""

    slots: list[Slot] = field(default_factory=list)
    levels: tuple[str, ...] = ()
    policy: str = "candidacy"
    errors: list[str] = field(default_factory=list)


# -- what was entered --------------------------------------------------------------------------------


async def _form(request: Request) -> tuple[Form, list[tuple[str, bytes]], bool]:
    """The form, the files that came with it, and whether only another slot was asked for."""
    async with request.form(
        max_files=MOST_NOTES, max_fields=5 * MOST_NOTES, max_part_size=4 * files.MOST_CHARACTERS
    ) as data:
        slots = [
            Slot(*values)
            for values in zip(
                (_lines(t) for t in _texts(data, "text")),
                _texts(data, "date"),
                _texts(data, "kind"),
                strict=False,
            )
        ]
        uploads = [
            (u.filename or "file", await u.read())
            for u in data.getlist("files")
            if isinstance(u, UploadFile) and u.filename
        ]
        chosen = next(iter(_texts(data, "policy")), "candidacy")
        form = Form(slots, tuple(_texts(data, "levels")), chosen)
        return form, uploads, "add" in data


def _texts(data: FormData, name: str) -> list[str]:
    return [v for v in data.getlist(name) if isinstance(v, str)]


def _lines(text: str) -> str:
    # A form sends "\r\n" whatever was pasted.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _add_files(form: Form, uploads: Sequence[tuple[str, bytes]]) -> None:
    for name, data in uploads:
        try:
            form.slots.append(Slot(files.text_of(data, name)))
        except InputError as exc:
            form.errors.append(f"{writers.shown(name, 80)}: {exc}.")


def _read(form: Form) -> list[tuple[Note, NoteFacts | Unreadable]]:
    """Read the notes of the form; dates and kinds that are not given are guessed into it."""
    out: list[tuple[Note, NoteFacts | Unreadable]] = []
    form.slots = [s for s in form.slots if s.text.strip()]
    if len(form.slots) > MOST_NOTES:
        form.errors.append(f"Only the first {MOST_NOTES} notes were taken.")
        form.slots = form.slots[:MOST_NOTES]
    for number, slot in enumerate(form.slots, 1):
        if slot.kind not in KINDS:
            slot.kind = ""
        if not slot.date and (guessed := guess_date(slot.text)):
            slot.date, slot.date_guessed = guessed, True
        note = Note(slot.text, f"note-{number}", "this chart", slot.date or None, slot.kind or None)
        outcome: NoteFacts | Unreadable
        if len(slot.text) > files.MOST_CHARACTERS:
            outcome = Unreadable(note.note_id, f"it is longer than {files.MOST_CHARACTERS:,} characters")
        else:
            try:
                (entry,) = readers.rows([_row(note)])
                outcome = workers.read_one(entry.note)
            except ValueError:
                outcome = Unreadable(note.note_id, "it could not be read")
        if isinstance(outcome, NoteFacts):
            slot.guess = "" if slot.kind else (outcome.kind if outcome.kind in KINDS else "other")
        else:
            form.errors.append(f"Note {number}: {outcome.error}.")
        out.append((note, outcome))
    return out


def _row(note: Note) -> dict[str, Any]:
    return {
        "text": note.text,
        "note_id": note.note_id,
        "patient_id": note.patient_id,
        "note_date": note.date,
        "note_type": note.type,
    }


def _view(form: Form, uploads: Sequence[tuple[str, bytes]]) -> ChartView | None:
    """The result, or None (with errors in the form) when nothing can be judged."""
    _add_files(form, uploads)
    every = _policies()
    if form.policy != "all" and form.policy not in {p.id for p in every}:
        form.policy = "candidacy"
    chosen = every if form.policy == "all" else [p for p in every if p.id == form.policy]
    with reading:
        read = _read(form)
    if not read and not form.errors:
        form.errors.append("There is no text yet: paste a report or a note, or choose a file.")
    if not any(isinstance(outcome, NoteFacts) for _, outcome in read):
        return None
    try:
        return build(read, workers.requested(form.levels), chosen, every)
    except InputError as exc:
        form.errors.append(f"Requested levels: {exc}.")
    return None


@cache
def _policies() -> list[policy.Policy]:
    return sorted(policy.available(), key=lambda p: (p.id != "candidacy", p.id))


@cache
def _examples() -> list[dict[str, Any]]:
    text = (render.HERE / "examples.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["example"])


# -- pages -------------------------------------------------------------------------------------------


def _home(form: Form, status: int = 200) -> Response:
    form.slots = form.slots or [Slot()]
    html = render.page("home.html", form=form, policies=_policies(), examples=_examples(), errors=form.errors)
    return HTMLResponse(html, status)


async def home(request: Request) -> Response:
    """The empty form."""
    return _home(Form())


async def judge(request: Request) -> Response:
    """The result of the form, or the form again with what is wrong."""
    form, uploads, add = await _form(request)
    if add:
        await asyncio.to_thread(_add_files, form, uploads)
        form.slots.append(Slot())
        return _home(form)
    return await asyncio.to_thread(_result, form, uploads)


def _result(form: Form, uploads: Sequence[tuple[str, bytes]] = ()) -> Response:
    view = _view(form, uploads)
    if view is None:
        return _home(form, 400)
    guesses = {
        f"note-{i}": ", ".join(
            w for w, g in (("date guessed", s.date_guessed), ("kind guessed", bool(s.guess))) if g
        )
        for i, s in enumerate(form.slots, 1)
    }
    html = render.page(
        "result.html", view=view, form=form, policies=_policies(), errors=form.errors, guesses=guesses
    )
    return HTMLResponse(html)


def warm_up() -> None:
    """Show an example to nobody, so that rules and templates are compiled before the first reader."""
    _result(Form([Slot(note["text"]) for note in _examples()[0]["note"]]))


async def example(request: Request) -> Response:
    """The result of an invented chart."""
    for e in _examples():
        if e["id"] == request.path_params["id"]:
            slots = [Slot(n["text"], n.get("date", ""), n.get("kind", "")) for n in e["note"]]
            form = Form(slots, tuple(e.get("levels", ())))
            return await asyncio.to_thread(_result, form)
    return _problem(404, "No such page", "There is nothing under this address.")


async def export(request: Request) -> Response:
    """The result as a file: JSON, or HTML that stands alone."""
    form, uploads, _ = await _form(request)
    view = await asyncio.to_thread(_view, form, uploads)
    if view is None:
        return _home(form, 400)
    if request.url.path.endswith(".json"):
        body = json.dumps(view.to_dict(), ensure_ascii=True, indent=1) + "\n"
        return _download(body, "json", "application/json")
    text = await asyncio.to_thread(render.chart_file, view)
    return _download(text, "html", "text/html")


def _download(text: str, ending: str, kind: str) -> Response:
    name = f'attachment; filename="bvnscreen-result.{ending}"'
    body = text.encode("utf-8", "replace")
    return Response(body, media_type=f"{kind}; charset=utf-8", headers={"content-disposition": name})


def _problem(status: int, title: str, text: str) -> Response:
    return HTMLResponse(render.page("problem.html", title=title, text=text), status)


async def _not_found(request: Request, exc: Exception) -> Response:
    return _problem(404, "No such page", "There is nothing under this address.")


async def _too_much(request: Request, exc: Exception) -> Response:
    return _problem(413, "Too much at once", _LIMITS)


async def _internal(request: Request, exc: Exception) -> Response:
    # The message of an exception may quote a note: only its type is told.
    return _problem(500, "Something went wrong", f"An internal error ({type(exc).__name__}).")


async def _other_method(request: Request, exc: Exception) -> Response:
    # A result that is loaded again by its address has no notes with it.
    return RedirectResponse("/", 303)


_LIMITS = (
    f"All notes and files together may have {MOST_BODY // 1_000_000} MB, "
    f"a file {files.MOST_BYTES // 1_000_000} MB, a note {files.MOST_CHARACTERS:,} characters, "
    f"and there may be {MOST_NOTES} of them."
)


# -- the guard ---------------------------------------------------------------------------------------


class _TooMuch(Exception):
    pass


@dataclass
class Guard:
    """In front of everything: who may ask, how much, and what every answer says to the browser.

    `host` is the address the server binds; `token` is set where that is not this computer alone.
    """

    app: ASGIApp
    host: str = "127.0.0.1"
    token: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = [(k.encode(), v.encode()) for k, v in HEADERS.items()]
                message = {**message, "headers": [*message["headers"], *ours]}
            await send(message)

        request = Request(scope)
        respond = self._refusal(request) or self.app
        # What was answered already is raised again by Starlette, for a log that there is not.
        with contextlib.suppress(Exception):
            await respond(scope, _counted(receive, request), answer)

    def _refusal(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        if not self._is_ours(host):
            return PlainTextResponse("This address is not served here.", 400)
        if self.token:
            given = request.query_params.get("token", "")
            if given and hmac.compare_digest(given.encode(), self.token.encode()):
                response = RedirectResponse(request.url.path, 303)
                response.set_cookie(COOKIE, self.token, httponly=True, samesite="strict")
                return response
            kept = request.cookies.get(COOKIE, "")
            if not hmac.compare_digest(kept.encode(), self.token.encode()):
                return PlainTextResponse("Open the address with its token, as it was printed.", 403)
        if request.method not in ("GET", "HEAD"):
            site = request.headers.get("sec-fetch-site")
            # Older browsers say only where a form came from; a program on this computer says nothing.
            origin = request.headers.get("origin", f"//{host}")
            if site not in ("same-origin", "none") and (
                site is not None or urlsplit(origin).netloc.lower() != host.lower()
            ):
                return PlainTextResponse("A form of another site may not be sent here.", 403)
        return None

    def _is_ours(self, host: str) -> bool:
        """A name that a foreign site may have pointed here is refused (DNS rebinding)."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if not self.token:
            return name in ("127.0.0.1", "localhost", "::1")
        if name == self.host:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


def _counted(receive: Receive, request: Request) -> Receive:
    """Receive that ends in _TooMuch when the body grows too large."""
    size = 0
    announced = request.headers.get("content-length", "")

    async def counted() -> Message:
        nonlocal size
        if announced.isdecimal() and int(announced) > MOST_BODY:
            raise _TooMuch
        message = await receive()
        size += len(message.get("body", b""))
        if size > MOST_BODY:
            raise _TooMuch
        return message

    return counted


def create(host: str = "127.0.0.1", token: str = "") -> Guard:
    """The application, behind its guard."""
    routes = [
        Route("/", home, methods=["GET"]),
        Route("/", judge, methods=["POST"]),
        Route("/example/{id}", example),
        Route("/export.json", export, methods=["POST"]),
        Route("/export.html", export, methods=["POST"]),
        Mount("/static", StaticFiles(directory=render.STATIC)),
    ]
    handlers = {
        400: _too_much,  # too many parts, or one too large
        404: _not_found,
        405: _other_method,
        _TooMuch: _too_much,
        Exception: _internal,
    }
    app = Starlette(routes=routes, exception_handlers=handlers)
    return Guard(app, host, token)

"""Who may ask the server, how much, and what it says."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from bvnscreen import workers
from bvnscreen.web import app

REPORT = "MRI LUMBAR SPINE\nFINDINGS: L4-L5: Modic type 2 endplate change. No fracture.\n"
NAME = "JANEQDOE"


def client(host: str = "127.0.0.1", token: str = "", address: str = "http://127.0.0.1:8321") -> TestClient:
    return TestClient(app.create(host, token), base_url=address, raise_server_exceptions=False)


@pytest.fixture
def here() -> Iterator[TestClient]:
    with client() as c:
        yield c


def form(text: str = REPORT, **more: Any) -> dict[str, Any]:
    return {"text": text, "date": "", "kind": "", "policy": "candidacy"} | more


def test_every_answer_is_guarded(here: TestClient) -> None:
    answers = [
        here.get("/"),
        here.get("/static/page.css"),
        here.get("/nothing"),
        here.post("/", data=form()),
        here.post("/", data=form("")),
        here.post("/export.json", data=form()),
        here.get("/", headers={"host": "evil.example"}),
    ]
    assert [a.status_code for a in answers] == [200, 200, 404, 200, 400, 200, 400]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers
        assert " style=" not in answer.text
        assert "<script>" not in answer.text
        assert "<style" not in answer.text


@pytest.mark.parametrize(
    ("host", "served"),
    [
        ("127.0.0.1:8321", True),
        ("localhost:8321", True),
        ("[::1]:8321", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("192.168.1.5:8321", False),
        ("[bad", False),
        ("", False),
    ],
)
def test_foreign_host_is_refused(here: TestClient, host: str, served: bool) -> None:
    assert here.get("/", headers={"host": host}).status_code == (200 if served else 400)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://127.0.0.1:8321"}, 200),
        ({"origin": "http://127.0.0.1:9"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_cross_site_post_is_refused(here: TestClient, headers: dict[str, str], status: int) -> None:
    assert here.post("/", data=form(), headers=headers).status_code == status


def test_another_address_needs_the_token() -> None:
    with client("0.0.0.0", "secret", "http://192.168.1.5:8321") as c:
        assert c.get("/").status_code == 403
        assert c.get("/?token=wrong").status_code == 403
        assert c.post("/", data=form()).status_code == 403
        # A name may have been pointed here by a foreign site.
        assert c.get("/?token=secret", headers={"host": "evil.example"}).status_code == 400
        first = c.get("/?token=secret", follow_redirects=False)
        assert first.status_code == 303
        assert first.headers["location"] == "/"
        assert "HttpOnly" in first.headers["set-cookie"]
        assert "samesite=strict" in first.headers["set-cookie"].lower()
        assert c.get("/").status_code == 200
        assert c.post("/", data=form()).status_code == 200


def test_serve_asks_before_it_lets_others_in() -> None:
    code = "from bvnscreen.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "serve", "--host", "0.0.0.0"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "--allow-network" in done.stderr


def test_a_taken_port_is_named() -> None:
    import socket

    from bvnscreen.readers import InputError
    from bvnscreen.web import server

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port} cannot be had"):
            server.serve(port, say=print)


def test_too_much_is_refused(here: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "longer than" in here.post("/", data=form("x" * 1_000_001)).text
    assert here.post("/", data=form(), headers={"content-length": str(10**12)}).status_code == 413
    monkeypatch.setattr(app, "MOST_BODY", 10_000)
    body = b"".join(b"x" * 1000 for _ in range(20))
    kind = {"content-type": "application/x-www-form-urlencoded"}
    # In pieces, without saying how much there will be.
    assert here.post("/", content=(b"text=", *([body] * 5)), headers=kind).status_code == 413
    parts = [("files", (f"{i}.txt", b"a")) for i in range(app.MOST_NOTES + 1)]
    monkeypatch.setattr(app, "MOST_BODY", 10_000_000)
    assert here.post("/", files=parts).status_code == 413


def test_what_is_wrong_is_said_in_the_form(here: TestClient) -> None:
    assert "There is no text yet" in here.post("/", data=form("  ")).text
    assert "not a date" in here.post("/", data=form(date="yesterday")).text
    assert "not a disc level" in here.post("/", data=form(levels="L9-L77")).text
    unknown = here.post("/", data=form(policy="<nonsense>"))
    assert unknown.status_code == 200
    assert "nonsense" not in unknown.text


def test_another_note_is_asked_for_without_javascript(here: TestClient) -> None:
    answer = here.post("/", data=form(add="1"))
    assert answer.text.count("<textarea") == 2
    assert "Modic type 2 endplate change" in answer.text


def test_an_address_without_its_notes_leads_to_the_start(here: TestClient) -> None:
    answer = here.get("/export.html", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_exports_hold_what_was_judged(here: TestClient) -> None:
    answer = here.post("/export.json", data=form(levels=["L4-L5"]))
    saved = json.loads(answer.text)
    assert "attachment" in answer.headers["content-disposition"]
    assert saved["screen"][0]["policy"] == "candidacy"
    (modic,) = saved["extract"][0]["modic"]
    assert (modic["types"], modic["levels"]) == (["2"], ["L4-L5"])
    page = here.post("/export.html", data=form()).text
    assert "sha256-" in page
    for outside in ("src=", "<link", "@import", "url(http", "<form", "<iframe"):
        assert outside not in page, outside
    every = json.loads(here.post("/export.json", data=form(policy="all")).text)
    assert len(every["screen"]) > 5


def test_a_fault_names_no_words(
    here: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    def fail(note: object) -> None:
        raise ValueError(f"failed on {note}")

    monkeypatch.setattr(workers, "read_one", fail)
    with caplog.at_level(logging.DEBUG):
        answer = here.post("/", data=form(f"{NAME} has back pain"))
    monkeypatch.setattr(app, "_view", fail)
    again = here.post("/export.html", data=form(NAME), files={"files": ("x.txt", NAME.encode())})
    assert again.status_code == 500
    assert NAME not in again.text
    assert answer.text.count(NAME) == 1  # the text itself, back in the form
    assert NAME not in caplog.text
    assert NAME not in "".join(capfd.readouterr())


def test_no_upload_touches_the_disk() -> None:
    from starlette.formparsers import MultiPartParser

    assert MultiPartParser.spool_max_size >= app.MOST_BODY

"""The page as a reviewer meets it: served by the command, looked at with a real browser."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the page needs the extra web")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SERVE = [sys.executable, "-c", "from bvnscreen.cli import main; main()", "serve", "--port", "0"]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of `bvnscreen serve`."""
    process = subprocess.Popen(SERVE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    line = process.stdout.readline()
    assert line.startswith("The page is at http://127.0.0.1:"), line
    yield line.removeprefix("The page is at ").strip().rstrip("/")
    process.terminate()
    out, err = process.communicate(timeout=20)
    # Whatever the tests sent: nothing of it was printed.
    assert out == ""
    assert err.splitlines() == ["Ctrl-C ends it."]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="tests in a browser need playwright")
    if CHROMIUM is None:
        pytest.skip("tests in a browser need chromium")
    with sync_api.sync_playwright() as p:
        # No name but this computer's leads anywhere.
        arguments = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
        browser = p.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium: Any, server: str) -> Iterator[Callable[..., Any]]:
    """A new page with these settings; afterwards: nothing went elsewhere, nothing ran, nothing stayed."""
    contexts: list[Any] = []
    hosts: set[str] = set()
    trouble: list[str] = []

    def open_page(**settings: Any) -> Any:
        context = chromium.new_context(base_url=server, **settings)
        contexts.append(context)
        context.on("request", lambda r: hosts.add(r.url.split("/")[2].split(":")[0]))
        context.on("dialog", lambda d: trouble.append(d.type))
        context.on("weberror", lambda e: trouble.append(type(e.error).__name__))
        page = context.new_page()
        # The console names what the policy of the page (CSP) refused, and answers of 400 and above.
        page.on("console", lambda m: None if "status of 40" in m.text else trouble.append(m.text))
        return page

    yield open_page
    for context in contexts:
        assert context.cookies() == []
        context.close()
    assert hosts <= {"127.0.0.1", ""}, hosts
    assert trouble == []

"""Start the server on this computer and say where it is."""

from __future__ import annotations

import logging
import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable

import uvicorn

from bvnscreen.readers import InputError
from bvnscreen.web import app

LOOPBACK = "127.0.0.1"


def serve(port: int, host: str = LOOPBACK, *, browse: bool = False, say: Callable[[str], None]) -> None:
    """Serve until interrupted. Any host but 127.0.0.1 gets a token, which is part of the address said.

    Raises InputError when the address cannot be had.
    """
    token = "" if host == LOOPBACK else secrets.token_urlsafe(24)
    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/" + (f"?token={token}" if token else "")
    say(address)
    # Libraries may quote a request in a message: nothing of this process is logged.
    logging.disable(logging.CRITICAL)
    # The first reader should not wait.
    threading.Thread(target=app.warm_up, daemon=True).start()
    config = uvicorn.Config(
        app.create(host, token), log_config=None, access_log=False, lifespan="off", server_header=False
    )
    if browse:
        # The socket listens already: the browser waits until it is served.
        threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(where[:2], family=family)
    except OSError:
        raise InputError(
            f"{host} port {port} cannot be had: not an address of this computer, or the port is taken "
            "(--port 0 takes a free one)"
        ) from None

"""Imported once by the server that forks the workers, so that they share one built pipeline."""

from __future__ import annotations

from contextlib import suppress

from bvnscreen.workers import SetupError, warm_up

with suppress(SetupError):  # each worker tries for itself, and the parent says why
    warm_up()

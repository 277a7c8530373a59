"""`python -m flows.cli` is `counterclaim`."""

from __future__ import annotations

from flows.cli import main

main()

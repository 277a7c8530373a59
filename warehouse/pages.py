"""Pages as fetched, kept compressed beside the database by their SHA-256."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from pathlib import Path

from warehouse.errors import Damaged


class Pages:
    """A folder of pages; writing the same bytes twice keeps one file."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "state" / "pages"

    def keep(self, body: bytes) -> str:
        """Writes the page and gives its digest, 64 hex digits."""
        digest = digest_of(body)
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            # The name says what is in it, so it may only appear once it is whole.
            fresh = path.with_name(f".{path.name}.{os.getpid()}.{id(body)}")
            with fresh.open("wb") as file:
                file.write(gzip.compress(body, compresslevel=6, mtime=0))
                file.flush()
                os.fsync(file.fileno())  # the row that names it must not outlive it
            fresh.replace(path)
        return digest

    def read(self, digest: str) -> bytes:
        """The page's bytes; raises Damaged where they are gone or not what was fetched."""
        path = self._path(digest)
        try:
            body = gzip.decompress(path.read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise Damaged(f"page {digest} cannot be read: {error}") from error
        if digest_of(body) != digest:
            raise Damaged(f"page {digest} is not what was fetched: {path} was changed")
        return body

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest}.gz"


def digest_of(body: bytes) -> str:
    """The name of a page: its SHA-256, 64 hex digits."""
    return hashlib.sha256(body).hexdigest()

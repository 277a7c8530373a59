"""A model's tokenizer, as transformers wrote it, run by the library under transformers.

The import of transformers alone takes longer than all else that `counterclaim extract` does
before its first claim, and what it adds to `tokenizers` (templates, padding, tensors) is not
used here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer as FastTokenizer

from extract.errors import ModelError

# Where transformers writes which tokens start, part and fill up a text.
SPECIAL = "tokenizer_config.json"


class Tokenizer:
    """Texts into tokens with their offsets; is called as the fast tokenizers of transformers."""

    def __init__(self, folder: Path) -> None:
        """Raises ModelError where the folder has no tokenizer that would do."""
        try:
            self._fast = FastTokenizer.from_file(str(folder / "tokenizer.json"))
            named = json.loads((folder / SPECIAL).read_text(encoding="utf-8"))
        except Exception as error:  # tokenizers raises bare Exception for a file it cannot read
            raise ModelError(f"{folder}: the tokenizer cannot be loaded: {error}") from error
        self._fast.no_padding()
        self._fast.no_truncation()
        self.cls_token_id, self.sep_token_id, self.pad_token_id = (
            self._id(named.get(name)) for name in ("cls_token", "sep_token", "pad_token")
        )
        if self.cls_token_id is None or self.sep_token_id is None:
            raise ModelError(f"{folder}: the tokenizer has no tokens that start and part a text")

    def __len__(self) -> int:
        return int(self._fast.get_vocab_size())

    def __call__(
        self, texts: list[str], *, add_special_tokens: bool = True, **_: bool
    ) -> dict[str, list[Any]]:
        """`input_ids` and `offset_mapping` of each text; the other options change nothing here."""
        encoded = self._fast.encode_batch(texts, add_special_tokens=add_special_tokens)
        return {
            "input_ids": [one.ids for one in encoded],
            "offset_mapping": [one.offsets for one in encoded],
        }

    def _id(self, token: Any) -> int | None:
        word = token.get("content") if isinstance(token, dict) else token
        found: int | None = None if word is None else self._fast.token_to_id(word)
        return found

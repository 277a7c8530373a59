"""Copies of one story: the wire's text with another headline, byline or a paragraph less.

A text is taken as its set of shingles, runs of WORDS words, and sketched by MinHash (Broder,
"On the resemblance and containment of documents", 1997). What counts is containment, the
share of the shorter text that stands in the longer one: resemblance falls by half where an
outlet prints half of the wire, containment does not. Both follow from one sketch once the
number of shingles is kept with it: |A∩B| = R/(1+R) · (|A|+|B|).
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata

import numpy as np
from rensa import RMinHash

WORDS = 4
"""Words a shingle. Three words on one event recur in stories written apart ("the chief
executive said"); from five on, an editor's small changes undo too many."""

HASHES = 256
"""Hashes a sketch: the estimate of resemblance is off by 0.03 at most, two times in three."""

SEED = 20250127
"""Part of the format: signatures of another seed cannot be compared."""

SHORTEST = 20
"""Shingles below which a text is nobody's copy: a notice or a teaser, alike everywhere."""

COPY = 0.6
"""From this similarity on, two texts are copies of one story. Among 1,658 news articles of 2026
(1.4 million pairs) pairs that one desk syndicated to another measured 0.98 and more, texts
with a paragraph rewritten and another cut 0.76 and more, halves of texts 0.84 and more; two
stories on one event stayed at or below 0.4, but for an outlet's own running summaries and
lists, updated or taken up from the story itself, which are copies from 0.6 on."""

HEAD = struct.Struct("<BI")  # rensa's version of its algorithm, number of shingles
WORD = re.compile(r"\w+(?:[.,]\d+)*")


def signature(text: str) -> bytes:
    """The sketch of a text, the same in every process: 5 bytes, then 4 bytes a hash."""
    words = WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    shingles = {
        _hash(" ".join(words[start : start + WORDS])) for start in range(len(words) - WORDS + 1)
    }
    sketch = RMinHash.digest_matrix_from_token_hash_sets([sorted(shingles)], HASHES, SEED)
    hashes = np.asarray(sketch.to_rows()[0], dtype="<u4")
    return HEAD.pack(RMinHash.ALGORITHM_VERSION, len(shingles)) + hashes.tobytes()


def similarity(a: bytes, b: bytes) -> float:
    """The estimated share, 0 to 1, of the shorter text that stands in the longer one.

    0 where either is too short to tell, or was sketched by another version.
    """
    version, many = HEAD.unpack_from(a)
    other_version, others = HEAD.unpack_from(b)
    if version != other_version or len(a) != len(b) or min(many, others) < SHORTEST:
        return 0.0
    left = np.frombuffer(a, dtype="<u4", offset=HEAD.size)
    right = np.frombuffer(b, dtype="<u4", offset=HEAD.size)
    resemblance = float(np.mean(left == right))
    common = resemblance / (1 + resemblance) * (many + others)
    return float(min(1.0, common / min(many, others)))


def _hash(shingle: str) -> int:
    digest = hashlib.blake2b(shingle.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little")

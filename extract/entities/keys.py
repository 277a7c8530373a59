"""Keys: what two ways to write one name have in common.

The key of a name is its letters and digits in lower case, without accents, spaces, hyphens
and points, save where two numbers meet: "Llama-3.1-405B" and "llama 3.1 405b" are both
`llama3.1|405b`. So versions stay apart ("GPT-4" is `gpt4`, "GPT-4o" is `gpt4o`).
"""

from __future__ import annotations

import re
import unicodedata

# Letters, numbers with their decimals, and a plus that belongs to a name ("Command R+").
PIECE = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*|(?<=[^\W_])\+(?!\w)")

# What may stand between two pieces of one name.
JOINT = re.compile(r"[ \u00a0]?(?:[-‐‑–&][ \u00a0]?)?|['’.·]|(?<=\b[A-Z])\. ")

_SUFFIX = (
    r"(?:,? (?:Inc|Incorporated|Corp|Corporation|Co|Ltd|Limited|LLC|[Pp]lc|PLC|Holdings?|GmbH|AG"
    r"|S\.?A|SE|N\.?V|B\.?V|Pte|Pty|PBC|LP)\b\.?)+"
)
LEGAL = re.compile(_SUFFIX + "$", re.IGNORECASE)
LEGAL_AHEAD = re.compile(_SUFFIX)
QUOTES = " \t\r\n\u00a0\"'`“”‘’«»„,;:()[]*_"
# No name is longer, in characters; a longer stretch is a text and stays as it is.
LONGEST = 200

ARTICLE = re.compile(r"(?:(?:the|an?)\s+)+(?=\S)", re.IGNORECASE)
POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)


def fold(word: str) -> str:
    """A word in lower case and without accents."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def join(start: str, piece: str) -> str:
    """The key `start` with one more piece; a bar keeps two numbers apart."""
    return f"{start}|{piece}" if start[-1:].isdigit() and piece[0].isdigit() else start + piece


def key(name: str) -> str:
    """The key of a name; empty where it holds neither letter nor digit."""
    made = ""
    for piece in PIECE.finditer(name):
        if folded := fold(piece.group()):
            made = join(made, folded)
    return made


def trim(words: str) -> str:
    """Words without the quotes, articles and possessive round them; never empty unless they are."""
    words = words.strip()
    while len(words) <= LONGEST:
        bare = words.strip(QUOTES).strip()
        if bare.endswith(".") and not re.search(r"\b\w\.$", bare):
            bare = bare[:-1]
        bare = POSSESSIVE.sub("", ARTICLE.sub("", bare, count=1) if ARTICLE.match(bare) else bare)
        if bare == words or not bare:
            return bare or words.strip()
        words = bare
    return words


def without_legal(name: str) -> str:
    """A name without "Inc.", "Corp.", "plc" and the like."""
    return LEGAL.sub("", name) or name


def cased(written: str, alias: str) -> bool:
    """Whether text writes an alias as a name: "Meta" but not "meta", "US" but not "us".

    Coined names ("OpenAI", "H100") mean nothing else, so any case will do.
    """
    shown = [letter for letter in written if letter.isalnum()]
    wanted = [letter for letter in alias if letter.isalnum()]
    if shown == wanted or len(shown) != len(wanted):
        return shown == wanted or shown[:1] == wanted[:1] or written[:1].isupper()
    if alias.isupper() and len(wanted) <= 4 and alias.isalpha():
        return False
    if coined(alias, written):
        return True
    starts = [position for position, letter in enumerate(alias) if _starts_word(alias, position)]
    letters = {at: rank for rank, at in enumerate(i for i, c in enumerate(alias) if c.isalnum())}
    return all(shown[letters[at]].isupper() for at in starts if alias[at].isupper())


def coined(alias: str, written: str) -> bool:
    """Whether a name is no common word: a capital inside it, or letters and digits in one piece.

    "openai" and "h100" are names, "step 3" is not.
    """
    if re.search(r"[a-z][A-Z]", alias):
        return True
    loose = " " in written and written.islower()
    return has_digit(alias) and len(key(alias)) >= 4 and not loose


def has_digit(word: str) -> bool:
    """Whether a digit stands in the word."""
    return any(letter.isdigit() for letter in word)


def _starts_word(alias: str, at: int) -> bool:
    return alias[at].isalpha() and (at == 0 or not alias[at - 1].isalnum())

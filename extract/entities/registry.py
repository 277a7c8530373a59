"""The registry: finds entities in text, and says which one a way of writing means.

Every way to write a name becomes a key (see keys.py); all keys and their beginnings stand in
two tables, so a text is read once, from left to right, and the longest key wins.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from extract.entities import descriptions, keys
from extract.entities.catalogue import Entity, firm_names, read_entities
from extract.entities.names import headline_spans, proper_names, starts_sentence
from extract.entities.versions import COUNTS, Style, extension
from extract.entities.words import words

# Makers write their name before these: "Nvidia H800", "Meta Llama 3".
MADE = frozenset(("model", "family", "chip", "product"))

INCORPORATED = frozenset(("company", "lab", "agency", "outlet"))

# A text of context is read once for all the mentions of an article; an article has one or two.
TEXTS_REMEMBERED = 64

VERBS = words("company_verbs")

# What a name's end may be by itself: a size, a word or two ("Large 3"), nothing with a comma.
TAIL = re.compile(r"[\w.]+(?: [\w.]+)?")
ANDS = re.compile(r",? and |, ")
JOINTS = re.compile(r"[ -]")

PLURAL = re.compile(r"(?<=[A-Z\d])s(?![^\W_])")

# An article or a pronoun, which is part of a name only where the name has it: "A 100-MW site" and
# "the tests I ran" hold no A100 and no Iran, but "Command A" is a name.
LONE = re.compile(r"(?<![^\W_])[AaI](?= )|(?<= )[AaI](?![^\W_])")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something: `text[start:end]` is `.text`.

    `name` is the canonical name and `kind` its kind; both None for an unknown proper name.
    """

    start: int
    end: int
    text: str
    name: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a name, and what it can mean; `firm` where it means that anywhere."""

    alias: str
    entities: tuple[Entity, ...]
    firm: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    """A form found in a text, from start to end, with the version behind it."""

    start: int
    end: int
    form: _Form
    versions: tuple[tuple[Entity, Entity], ...]  # (meant by the form, named by the whole)
    ahead: int  # the index of the first piece of text behind it


class Registry:
    """The entities of a catalogue, and how to find them."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = {entity.name: entity for entity in entities}
        self._forms = _forms(self._entities.values())
        self._starts = frozenset(
            start[:size] for start in self._forms for size in range(1, len(start) + 1)
        )
        self._styles = {
            entity.name: Style.of(entity.name, entity.style)
            for entity in self._entities.values()
            if entity.style
        }
        self._families = {keys.key(name): self._entities[name] for name in self._styles}
        self._of_chips = {
            family.name
            for entity in self._entities.values()
            if entity.kind == "chip" and (family := self._family(keys.key(entity.name)))
        }
        self._known = lru_cache(TEXTS_REMEMBERED)(self._known_in)

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._entities.values())

    def __len__(self) -> int:
        return len(self._entities)

    def find(self, text: str) -> list[Mention]:
        """What the text names, in order and without overlaps; unknown proper names too."""
        known = self._known(text)
        taken = [(mention.start, mention.end) for mention in known]
        unknown = [
            Mention(start, end, text[start:end], None, None)
            for start, end in proper_names(text, taken)
        ]
        return sorted((*known, *unknown), key=lambda mention: mention.start)

    def resolve(self, mention: str, context: Sequence[str] = ()) -> str:
        """The canonical name of a mention; where it is unknown, the words without trimmings.

        `context` holds names or texts of the story, nearest first. It decides what short
        forms ("R1") and descriptions ("the Chinese startup") mean.
        """
        entity = self._meant(mention, context) or self._completed(mention, context)
        return entity.name if entity else self._several(mention, context) or keys.trim(mention)

    def same(self, a: str | None, b: str | None) -> bool:
        """Whether two ways of writing mean the same; False where one is missing."""
        if a is None or b is None:
            return False
        return a == b or _unknown_key(self.resolve(a)) == _unknown_key(self.resolve(b))

    def get(self, name: str) -> Entity | None:
        """The entity that a way of writing means with no context; None where it is unknown.

        A version unseen by the catalogue is an entity too, of its family's kind and maker.
        """
        return self._entities.get(name) or self._meant(name, ())

    def _meant(self, mention: str, context: Sequence[str]) -> Entity | None:
        for name, kinds in descriptions.readings(mention):
            entity = self._named(name, context)
            if entity and (kinds is None or entity.kind in kinds):
                return entity
        described = descriptions.description(mention)
        if described is None:
            return None
        if described.made_by:
            product = self._meant(described.made_by, context)
            return self._entities.get(product.maker or "") if product else None
        for item in context:
            for near in reversed(self._known(item)):
                entity = self.get(near.name) if near.name else None
                if entity is None or (entity.kind == "country" and entity.maker):
                    continue  # Texas is no country: its maker is one
                if described.fits(entity.kind, self._home(entity)):
                    return entity
        return None

    def _several(self, mention: str, context: Sequence[str]) -> str | None:
        """Several named in one go ("Fable 5 and Mythos 5"), each by its canonical name."""
        parts = ANDS.split(keys.trim(mention))
        found = [self._meant(part, context) for part in parts]
        if len(parts) < 2 or None in found:
            return None
        *names, last = (entity.name for entity in found if entity)
        return f"{', '.join(names)} and {last}"

    def _completed(self, mention: str, context: Sequence[str]) -> Entity | None:
        """What a mention ends the name of: "the 20b" after gpt-oss-120b, "Large 3" after Mistral.

        What the context names begins it, the nearest first, as much of its name as fits;
        a company only where the end has a number, for many words follow a company's name.
        """
        tail = keys.trim(mention)
        if not TAIL.fullmatch(tail):
            return None
        for item in context:
            for near in reversed(self._known(item)):
                made = near.kind in MADE or (near.kind in INCORPORATED and keys.has_digit(tail))
                if near.name is None or not made:
                    continue
                ends = [match.start() for match in JOINTS.finditer(near.name)]
                for end in (len(near.name), *reversed(ends)):
                    joint = near.name[end : end + 1] or " "
                    entity = self._listed(f"{near.name[:end]}{joint}{tail}")
                    if entity:
                        return entity
        return None

    def _listed(self, name: str) -> Entity | None:
        """The entity of the catalogue that a whole name means, whatever the context."""
        form = self._forms.get(keys.key(name))
        return form.entities[0] if form and form.firm else None

    def _home(self, entity: Entity) -> str | None:
        """The country of an entity or its maker; None for the United States."""
        maker = self._entities.get(entity.maker or "")
        return entity.country or (maker.country if maker else None)

    def _named(self, name: str, context: Sequence[str]) -> Entity | None:
        """What name mean that are a name and nothing else."""
        form = self._forms.get(keys.key(name))
        if form and form.alias.startswith("The ") and not name.startswith("The "):
            return None  # "the information" is no outlet
        if form and (len(keys.key(name)) > 2 or keys.cased(name, form.alias)):
            return form.entities[0] if form.firm else self._by_context(form, name, context)
        hits = list(self._hits(name, in_prose=False))
        if len(hits) != 1 or (hits[0].start, hits[0].end) != (0, len(name)):
            return None
        meanings = dict(hits[0].versions)
        if hits[0].form.firm:
            return next(iter(meanings.values()), None)
        meant = self._by_context(hits[0].form, name, context)
        return meanings.get(meant) if meant else None

    def _by_context(self, form: _Form, name: str, context: Sequence[str]) -> Entity | None:
        """Which meaning of a short form the nearest telling item of the context supports.

        Where none does, an entity with this very name is meant, if it is written as a name.
        """
        for item in context:
            owners: dict[str, int] = {}
            for mention in self._known(item):
                self._note(owners, mention)
            if entity := _supported(form, owners):
                return entity
        own = (entity for entity in form.entities if keys.key(entity.name) == keys.key(form.alias))
        return next(own, None) if keys.cased(name, form.alias) else None

    def _known_in(self, text: str) -> tuple[Mention, ...]:
        """The catalogue's entities in a text: first what is firm, then what that supports."""
        hits = list(self._hits(text))
        headlines = headline_spans(text)
        owners: dict[str, int] = {}
        firm: dict[int, Mention] = {}
        for position, hit in enumerate(hits):
            entity = hit.form.entities[0]
            if hit.form.firm:
                entity = dict(hit.versions).get(entity, entity)
            elif not _stands_alone(text, hit, headlines):
                continue
            firm[position] = _mention(text, hit, entity)
            self._note(owners, firm[position])
        mentions: list[Mention] = []
        nearest: dict[str, int] = {}
        for position, hit in enumerate(hits):
            mention = firm.get(position)
            if mention is None:
                if _inside_name(text, hit):
                    continue
                short = _supported(hit.form, nearest) or _supported(hit.form, owners)
                if short is None:
                    continue
                mention = _mention(text, hit, dict(hit.versions).get(short, short))
            self._note(nearest, mention)
            mentions.append(mention)
        return tuple(mentions)

    def _note(self, owners: dict[str, int], mention: Mention) -> None:
        """A mention tells of what it names and of its maker; the later, the nearer."""
        entity = self._entities.get(mention.name or "")
        maker = entity.maker if entity else self._maker_of_unseen(mention.name)
        for name in (mention.name, maker):
            if name:
                owners[name] = mention.start

    def _maker_of_unseen(self, name: str | None) -> str | None:
        family = self._family(keys.key(name or ""))
        return (family.maker or family.name) if family else None

    def _hits(self, text: str, in_prose: bool = True) -> Iterator[_Hit]:
        """The longest forms in a text, left to right; in prose they are written as names."""
        pieces = [
            (match.start(), match.end(), folded)
            for match in keys.PIECE.finditer(text)
            if (folded := keys.fold(match.group()))
        ]
        at = 0
        while at < len(pieces):
            hit = self._longest(text, pieces, at, in_prose)
            if hit:
                yield hit
            at = hit.ahead if hit else at + 1

    def _longest(
        self, text: str, pieces: list[tuple[int, int, str]], at: int, in_prose: bool
    ) -> _Hit | None:
        """The longest form that starts at a piece, with the version behind it."""
        start = pieces[at][0]
        if start and (text[start - 1].isalnum() or text[start - 1] in "_@#$"):
            return None
        made, best = "", None
        for ahead in range(at, len(pieces)):
            left, right, folded = pieces[ahead]
            if ahead > at and not keys.JOINT.fullmatch(text, pieces[ahead - 1][1], left):
                break
            made = keys.join(made, folded)
            if made not in self._starts:
                break
            form = self._forms.get(made)
            if form is None or not _ends_word(text, right):
                continue
            if in_prose and not (_as_name(text, start, right, form.alias)):
                continue
            best = (form, right, ahead + 1)
        if best is None:
            return None
        form, end, ahead = best
        longer, versions = self._versions(text, end, form)
        while ahead < len(pieces) and pieces[ahead][0] < longer:
            ahead += 1
        return _Hit(start, longer, form, versions, ahead)

    def _versions(
        self, text: str, end: int, form: _Form
    ) -> tuple[int, tuple[tuple[Entity, Entity], ...]]:
        """The end of the name with its version, and what it then means for each meaning."""
        found: list[tuple[Entity, Entity]] = []
        longest = end
        for entity in form.entities:
            family = entity if entity.name in self._styles else None
            versioned = family is None
            if versioned:
                family = self._family(keys.key(entity.name)) if entity.kind == "model" else None
            company = not versioned and entity.kind not in ("family", "model")
            if family is None:
                continue
            style = self._styles[family.name]
            behind = extension(text, end, style, versioned, company)
            if behind is None or (company and self._forms.get(keys.key(behind.version or ""))):
                continue
            name = behind.name(entity.name, style, versioned)
            longest = behind.end
            found.append((entity, self._entities.get(name) or self._unseen(name, family)))
        return longest, tuple(found)

    def _unseen(self, name: str, family: Entity) -> Entity:
        form = self._forms.get(keys.key(name))
        if form and form.firm:
            return form.entities[0]
        kind = "chip" if family.name in self._of_chips else "model"
        return Entity(name, kind, family.maker or family.name, (), None)

    def _family(self, key: str) -> Entity | None:
        """The family with the longest name that a key starts with."""
        for size in range(len(key), 1, -1):
            if family := self._families.get(key[:size]):
                return family
        return None


def _forms(entities: Iterable[Entity]) -> dict[str, _Form]:
    entities = list(entities)
    forms: dict[str, _Form] = {}
    for entity in entities:
        for alias in firm_names(entity):
            forms.setdefault(keys.key(alias), _Form(alias, (entity,), firm=True))
    shorts: dict[str, list[tuple[str, Entity]]] = defaultdict(list)
    for entity in entities:
        for alias in entity.short:
            shorts[keys.key(alias)].append((alias, entity))
    for short, meanings in shorts.items():
        forms[short] = _Form(meanings[0][0], tuple(entity for _, entity in meanings), firm=False)
    for entity in entities:
        if entity.maker and entity.kind in MADE:
            for alias in (entity.name, *entity.aliases, *entity.short):
                whole = f"{entity.maker} {alias}"
                forms.setdefault(keys.key(whole), _Form(whole, (entity,), firm=True))
    return forms


def _supported(form: _Form, owners: dict[str, int]) -> Entity | None:
    """The meaning that the text supports last; None where it supports none."""
    best, latest = None, -1
    for entity in form.entities:
        for name in (entity.name, entity.maker):
            if name and owners.get(name, -1) > latest:
                best, latest = entity, owners[name]
    return best


def _mention(text: str, hit: _Hit, entity: Entity) -> Mention:
    end = hit.end
    if entity.kind in INCORPORATED and (legal := keys.LEGAL_AHEAD.match(text, end)):
        end = legal.end()
    elif text[end : end + 1] == "." and re.search(r"\.\w$", text[hit.start : end]):
        end += 1  # "U.S." to its last point
    return Mention(hit.start, end, text[hit.start : end], entity.name, entity.kind)


def _stands_alone(text: str, hit: _Hit, headlines: Sequence[tuple[int, int]]) -> bool:
    """Whether a plain word is a name by its own capital: "they bought Figure for" is."""
    entity = hit.form.entities[0]
    if len(hit.form.entities) > 1 or keys.key(entity.name) != keys.key(hit.form.alias):
        return False
    if entity.kind not in ("company", "lab", "outlet"):
        return False
    if _inside_name(text, hit):
        return False
    if _acts(text, hit.end):
        return True
    if starts_sentence(text, hit.start):
        return False
    return not any(start <= hit.start < end for start, end in headlines)


def _acts(text: str, end: int) -> bool:
    """Whether what follows is said of companies: "Figure's", "Figure raised"."""
    follows = re.match(r"['’]s\b|(?: (\w+))?", text[end : end + 16])
    return bool(follows and (follows[0][:1] in ("'", "’") or follows[1] in VERBS))


def _inside_name(text: str, hit: _Hit) -> bool:
    """Whether a capital or a digit beside it makes the word part of another name."""
    before = re.search(r"([A-Z\d][\w'’-]*)[ -]$", text[max(0, hit.start - 24) : hit.start])
    after = re.match(r"[ -](?:[A-Z\d])", text[hit.end : hit.end + 3])
    beginning = max(0, hit.start - 24) + before.start() if before else 0
    return bool(before and not starts_sentence(text, beginning)) or bool(after)


def _as_name(text: str, start: int, end: int, alias: str) -> bool:
    """Whether prose writes an alias as a name: "Gemini 3 million times" does not say Gemini 3."""
    written = text[start:end]
    if re.search(r" \d{1,2}$", written) and COUNTS.match(text, end):
        return False
    if LONE.search(written) and not LONE.search(alias):
        return False
    return keys.cased(written, alias)


def _ends_word(text: str, end: int) -> bool:
    return not text[end : end + 1].isalnum() or PLURAL.match(text, end) is not None


def _unknown_key(name: str) -> str:
    return keys.key(keys.without_legal(name)) or name


@cache
def registry(path: Path | None = None) -> Registry:
    """The registry of entities.csv, made once; raises DataError where the file is wrong."""
    return Registry(read_entities(path or Path(__file__).with_name("entities.csv")))

"""Finding enterprises by name, credit code, pinyin or its initials, or the contact's telephone."""

from __future__ import annotations

from functools import reduce
from operator import and_

from django.db.models import F, Q, Value
from django.db.models.functions import Length, NullIf, StrIndex
from django.db.models.lookups import GreaterThan

from fugong.core.actor import Actor
from fugong.core.finding import after, spelling_pattern
from fugong.core.sealed import SearchHashField
from fugong.enterprises.models import Enterprise, NameGram
from fugong.enterprises.models.enterprises import EnterpriseQuerySet
from fugong.enterprises.queries.enterprises import list_enterprises
from fugong.enterprises.rules.search import Word, telephone_in, understood


def search(actor: Actor, text: str, *, limit: int = 20) -> list[Enterprise]:
    """The nearest matches first: those whose name starts with the words, then the shorter names."""
    words = understood(text)
    if not words:
        return []
    found = matching(list_enterprises(actor), text)
    place = NullIf(StrIndex("name_key", Value(words[0].key)), Value(0))
    return list(
        found.annotate(place=place).order_by(
            F("place").asc(nulls_last=True), Length("name_key"), "name_pinyin", "id"
        )[:limit]
    )


def matching(rows: EnterpriseQuerySet, text: str) -> EnterpriseQuerySet:
    """The rows in which every word of the text is found, or whose contact has this number as a whole.

    All rows for an empty text. A number is found wherever the row is seen: the number stands on its page.
    """
    words = understood(text)
    return rows.filter(reduce(and_, map(_means, words)) | _has_telephone(text)) if words else rows


def _has_telephone(text: str) -> Q:
    number, field = telephone_in(text), Enterprise._meta.get_field("contact_phone_hash")
    assert isinstance(field, SearchHashField)
    hashed = field.hash_to_find(number) if number else None
    return Q(contact_phone_hash=hashed) if hashed else Q()


def _means(word: Word) -> Q:
    """A word in Chinese is looked up by its pairs of characters; then the few rows are compared with it.

    Only `=`, `<` and `>=` use an index under row-level security. Pinyin and a part of a code are compared row
    by row within the authority: 10,000 rows take a few milliseconds.
    """
    meanings = _has_name(word)
    if word.letters:
        pattern = spelling_pattern(word.letters)
        meanings |= Q(name_initials__contains=word.letters) | Q(name_pinyin__regex=pattern)
    if word.code_part:
        meanings |= _has_code(word.code_part)
    return meanings


def _has_name(word: Word) -> Q:
    if not word.grams:
        start = NameGram.objects.filter(gram__gte=word.key, gram__lt=after(word.key))
        return Q(id__in=start.values("enterprise_id"))
    pairs = (Q(id__in=NameGram.objects.filter(gram=gram).values("enterprise_id")) for gram in word.grams)
    found = reduce(and_, pairs)
    if len(word.key) == 2:
        return found
    # Not `like`: the planner would take it for very selective and read the whole register for its sake.
    return found & Q(GreaterThan(StrIndex("name_key", Value(word.key)), 0))


def _has_code(part: str) -> Q:
    return Q(credit_code=part) if len(part) == 18 else Q(credit_code__contains=part)

"""Finding people by name, pinyin, initials, or the whole number of a document or telephone."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

from django.db.models import Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from fugong.core.finding import after, grams_of, letters_of, parted, spelling_pattern
from fugong.core.names import name_key
from fugong.people.models import PersonGram
from fugong.people.models.people import PersonQuerySet
from fugong.people.queries.people import has_number, hash_of
from fugong.people.rules.documents import normalised

NOBODY = Q(pk__in=())
LEAST_NUMBER = 6
"""Shorter numbers are no document and no telephone."""


def matching(rows: PersonQuerySet, text: str) -> PersonQuerySet:
    """The rows in which every word of the text is found; all rows for an empty text.

    Names are looked up by pairs in an index. Numbers are found whole only: they are sealed, and a part of one
    must not be a way to guess the rest.
    """
    words = [word for word in parted(text) if name_key(word)]
    return rows.filter(reduce(and_, map(_means, words))) if words else rows


def _means(word: str) -> Q:
    key, number = name_key(word), normalised(word)
    meanings = _has_name(key)
    if letters := letters_of(key):
        meanings |= _is_spelt(letters)
    if len(number) >= LEAST_NUMBER and any(sign.isdigit() for sign in number):
        meanings |= _has_number(number)
    return meanings


def _has_number(number: str) -> Q:
    hashes = {name: hash_of(name, number) for name in ("document_hash", "phone_hash")}
    return reduce(or_, (has_number(**{name: found}) for name, found in hashes.items() if found), NOBODY)


def _has_name(key: str) -> Q:
    if len(key) == 1:
        start = PersonGram.objects.filter(gram__gte=key, gram__lt=after(key))
        return Q(id__in=start.values("person_id"))
    found = _in_all(grams_of(key))
    return found if len(key) == 2 else found & Q(GreaterThan(StrIndex("name_key", Value(key)), 0))


def _is_spelt(letters: str) -> Q:
    """As initials (lw), or spelt out (liwei); the first letter of each is an initial."""
    initials = Q(name_initials__startswith=letters)
    if len(letters) > 1:
        initials &= _in_all(tuple(f"~{pair}" for pair in grams_of(letters)))
    spelt = Q(name_pinyin__regex=spelling_pattern(letters))
    start = PersonGram.objects.filter(gram__gte=f"~{letters[0]}", gram__lt=after(f"~{letters[0]}"))
    return initials | (Q(id__in=start.values("person_id")) & spelt)


def _in_all(grams: tuple[str, ...]) -> Q:
    return reduce(
        and_, (Q(id__in=PersonGram.objects.filter(gram=gram).values("person_id")) for gram in grams)
    )

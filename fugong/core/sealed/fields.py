"""Model fields: a text that is ciphertext in the database, and the hash that finds it."""

from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.query_utils import DeferredAttribute

from fugong.core.sealed.ciphers import KEY_ID
from fugong.core.sealed.faults import NoAuthority
from fugong.core.sealed.keys import has_search_key, hashed_for_search, seal_text
from fugong.core.sealed.normalising import NORMALISERS
from fugong.core.sealed.values import Ciphertext
from fugong.core.tenancy import current_authority

_FIRST, _LENGTH = KEY_ID.start + 1, KEY_ID.stop - KEY_ID.start


class KeyIdOf(models.Func):
    """In SQL: the id (bytes) of the data key under which a sealed column's value lies."""

    template = f"substring(%(expressions)s from {_FIRST} for {_LENGTH})"
    output_field = models.BinaryField()


class _Attribute(DeferredAttribute):
    """Opens on reading, so that a list which does not show the value never needs the key."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        held = super().__get__(instance, cls)
        return held.open() if isinstance(held, Ciphertext) else held

    def __set__(self, instance: Any, value: Any) -> None:
        """Without it the instance's own dictionary would be read first, and the value never opened."""
        instance.__dict__[self.field.attname] = value


class SealedField(models.CharField):  # type: ignore[type-arg] # not subscriptable when run
    """A `str` in Python, bytes under the authority's key of `data_class` in the database.

    An empty text is kept empty: that there is none is no secret. Nothing can be looked up by it except
    whether it is null; searching goes through a `SearchHashField`. `values()` gives `Ciphertext`, to be
    opened knowingly.
    """

    descriptor_class = _Attribute

    def __init__(self, *args: Any, data_class: str = "contact", **kwargs: Any) -> None:
        self.data_class = data_class
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "data_class": self.data_class}

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def from_db_value(
        self, value: bytes | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> Ciphertext | str | None:
        if not value:
            return None if value is None else ""
        return Ciphertext(bytes(value))

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(value)

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, Ciphertext) else str(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """An unread value goes back as it came; a text is sealed for the row's own authority."""
        held = model_instance.__dict__.get(self.attname)
        if isinstance(held, str) and held:
            return Ciphertext(self._seal(held, getattr(model_instance, "authority_id", current_authority())))
        return held

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is None:
            return None
        if isinstance(value, str):
            value = Ciphertext(self._seal(value, current_authority()) if value else b"")
        return value.raw

    def value_to_string(self, obj: models.Model) -> str:
        raise NotImplementedError("sealed values do not leave by serialisation; export them knowingly")

    def count_sealed_under(self, key_id: UUID) -> int:
        """Rows, of the authority now acting, that this key is needed for."""
        rows = self.model._default_manager.alias(sealed_under=KeyIdOf(self.attname))
        return rows.filter(sealed_under=key_id.bytes).count()

    def count_sealed(self, authority_id: UUID) -> int:
        """Rows that hold a value, under whichever key."""
        rows = self.model._default_manager.filter(**{f"{self.attname}__isnull": False})
        held = rows.filter(authority_id=authority_id).alias(under=KeyIdOf(self.attname))
        return int(held.exclude(under=b"").count())

    def _seal(self, text: str, authority_id: UUID | None) -> bytes:
        if authority_id is None:
            raise NoAuthority(f"{self.name} is sealed inside acting_for(its authority) only")
        return seal_text(text, authority_id=authority_id, data_class=self.data_class)


class SearchHashField(models.BinaryField):  # type: ignore[type-arg] # not subscriptable when run
    """The keyed hash of a sealed field of the same model, kept in step with it on every save.

    Filter with the plain text: `filter(phone_hash="138 0013 8000")`. Queryset `update()` of the sealed
    field does not reach it; save the row instead.
    """

    def __init__(self, *args: Any, source: str = "", normalise: str = "plain", **kwargs: Any) -> None:
        self.source = source
        self.normalise = normalise
        kwargs |= {"editable": False, "null": True, "max_length": 32}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("editable", "null", "max_length"):
            kwargs.pop(fixed, None)
        return name, path, args, {**kwargs, "source": self.source, "normalise": self.normalise}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        held = model_instance.__dict__.get(self.source)
        if isinstance(held, Ciphertext) and getattr(model_instance, self.attname) is not None:
            return getattr(model_instance, self.attname)
        text = getattr(model_instance, self.source)
        hashed = self._hash(text) if text else None
        setattr(model_instance, self.attname, hashed)
        return hashed

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if isinstance(value, str):
            value = self._hash(value)
        return super().get_db_prep_value(value, connection, prepared)

    def hash_to_find(self, text: str) -> bytes | None:
        """For a reader, who cannot make the first key: None while nothing has been hashed under one."""
        authority_id = self._authority_id()
        has_key = has_search_key(authority_id=authority_id, data_class=self.sealed_field.data_class)
        return self._hash(text) if has_key else None

    @property
    def sealed_field(self) -> SealedField:
        field = self.model._meta.get_field(self.source)
        assert isinstance(field, SealedField)
        return field

    def _hash(self, text: str) -> bytes:
        return hashed_for_search(
            text,
            authority_id=self._authority_id(),
            data_class=self.sealed_field.data_class,
            normalise=NORMALISERS[self.normalise],
        )

    def _authority_id(self) -> UUID:
        authority_id = current_authority()
        if authority_id is None:
            raise NoAuthority(f"{self.name} is hashed inside acting_for(its authority) only")
        return authority_id

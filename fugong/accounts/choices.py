"""Words of accounts, and the register of permissions that the contexts declare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor

ENTERPRISE = "enterprise"


class Sight(models.TextChoices):
    """How far a role sees: what a membership of it must say."""

    EVERYTHING = "everything", _("the whole authority")
    AREA = "area", _("one area and all inside it")
    CARE = "care", _("those in the person's care by assignment")
    SUBJECT = "subject", _("the one it speaks for")


class CodePurpose(models.TextChoices):
    INVITATION = "invitation", _("invitation")
    RESET = "reset", _("new password")


class CountOf(models.TextChoices):
    """What guesses are counted for."""

    USER = "user", _("user name")
    ADDRESS = "address", _("network address")
    DOOR = "door", _("public page")


class Finding(models.TextChoices):
    """What a row of an imported list turns out to be."""

    NEW = "new", _("new")
    KNOWN = "known", _("known already, nothing to do")
    WRONG = "wrong", _("to correct")


class Power(models.TextChoices):
    """The powers that one person never holds together: running the machine, granting access, auditing,
    business."""

    SYSTEM = "system", _("running the machine")
    SECURITY = "security", _("granting access")
    AUDIT = "audit", _("auditing")
    BUSINESS = "business", _("business")


@dataclass(frozen=True, slots=True)
class Subject:
    """What somebody speaks or answers for, as the owning context names it."""

    kind: str
    id: UUID
    label: str


@dataclass(frozen=True, slots=True)
class AssignmentKind:
    """A kind of responsibility. The key and its two names are playbook data."""

    key: str
    name_zh: str
    name_en: str = ""


FindSubject = Callable[[str, Actor], Subject | None]
_declared: dict[str, tuple[str, str | Promise]] = {}


def register_permissions(context: str, labels: Mapping[str, str | Promise]) -> None:
    """Called by each context in AppConfig.ready: `labels` maps a permission to what it allows, as "may …"
    continues.

    A permission belongs to one context; another that declares it again stops the start.
    """
    for permission, label in labels.items():
        owner = _declared.get(permission, (context, ""))[0]
        if owner != context:
            raise ValueError(f"permission {permission!r} of {context} is declared by {owner} already")
        _declared[permission] = (context, label)


def known_permissions() -> dict[str, str | Promise]:
    """Every declared permission with its label, by name."""
    return {permission: _declared[permission][1] for permission in sorted(_declared)}


_finders: dict[str, FindSubject] = {}


def register_subjects(kind: str, find: FindSubject) -> None:
    """Called by the context that owns a kind of subject, in AppConfig.ready.

    `find` gives the subject that the actor may see under a code people know (an enterprise's credit code),
    or None.
    """
    _finders[kind] = find


def find_subject(code: str, actor: Actor) -> Subject | None:
    """The first subject of any kind with this code."""
    found = (find(code, actor) for find in _finders.values())
    return next((subject for subject in found if subject is not None), None)


def context_of(permission: str) -> str:
    return _declared[permission][0]

"""Invitations, new passwords and one's own password. No mail: a code is handed over by the security admin."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fugong.accounts import permissions, rules
from fugong.accounts.choices import CodePurpose
from fugong.accounts.models import AccessCode, User
from fugong.accounts.operations.sign_in import Knock, count_try, take_back
from fugong.accounts.operations.users import locked
from fugong.accounts.queries.actors import actor_of
from fugong.accounts.queries.door import find_by_username
from fugong.core.actor import Actor
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, Invalid
from fugong.core.tenancy import acting_for

WEAK = "weak_password"


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """The only moment at which a code is readable: it is stored as a keyed hash."""

    user: User
    code: str
    expires_at: datetime


def invite(user: User, *, actor: Actor, now: datetime) -> IssuedCode:
    """A code with which the person sets a first password. An earlier code is void."""
    with operation("accounts.invite", actor=actor, now=now) as op:
        user = locked(user)
        permissions.check_may_grant(actor, user)
        _check_stays(user)
        if user.has_usable_password():
            raise Conflict(_("This person has a password: give a code for a new one."), code="has_password")
        issued = _issue(user, CodePurpose.INVITATION, actor=actor, now=now)
        op.audit(user, {"expires_at": issued.expires_at.isoformat()})
    return issued


def reset_password(user: User, *, actor: Actor, now: datetime, note: str = "") -> IssuedCode:
    """A code for a new password. The old one stops working now, and with it every open session."""
    with operation("accounts.reset_password", actor=actor, now=now) as op:
        user = locked(user)
        permissions.check_may_grant(actor, user)
        _check_stays(user)
        user.set_unusable_password()
        user.save(update_fields=["password"])
        issued = _issue(user, CodePurpose.RESET, actor=actor, now=now)
        op.audit(user, {"expires_at": issued.expires_at.isoformat()}, note=note)
    return issued


def redeem(knock: Knock, *, code: str, password: str, now: datetime) -> User:
    """A code turned into a password by somebody not signed in; the try is counted like one at sign-in.

    One sentence for a wrong, a used and an expired code and for a name that is nobody's: which it was is
    nobody's business at the door.
    """
    count_try(knock, now=now)
    user = find_by_username(knock.username)
    if user is None:
        raise wrong_code()
    with acting_for(user.authority_id):
        try:
            user = redeem_code(user, code=code, password=password, actor=actor_of(user, now=now), now=now)
        except Invalid as refusal:
            if refusal.code == WEAK:
                take_back(knock)
            raise
    take_back(knock)
    return user


def redeem_code(user: User, *, code: str, password: str, actor: Actor, now: datetime) -> User:
    """Sets the password against a code that is open. `actor` is the person. Whoever calls counts the try."""
    with operation("accounts.redeem_code", actor=actor, now=now) as op:
        permissions.check_is_self(actor, user)
        user = locked(user)
        given = _hash(user, code)
        row = (
            AccessCode.objects.select_for_update().filter(user=user, used_at=None, withdrawn_at=None).first()
        )
        if (
            row is None
            or not row.is_open(now)
            or not hmac.compare_digest(row.code_hash, given)
            or not user.is_active
        ):
            raise wrong_code()
        check_password(password, user)
        row.used_at = now
        row.save(update_fields=["used_at"])
        _set_password(user, password)
        op.audit(user, {"purpose": row.purpose})
    return user


def wrong_code() -> Invalid:
    sentence = _("User name or code is not right, or the code has expired.")
    return Invalid(sentence, code="wrong_code", fields={"code": sentence})


def change_own_password(user: User, *, password: str, actor: Actor, now: datetime) -> User:
    """By the person, who has just proved who he is (the page asks for that). Other sessions of the person
    end."""
    with operation("accounts.change_own_password", actor=actor, now=now) as op:
        permissions.check_is_self(actor, user)
        user = locked(user)
        if user.check_password(password):
            sentence = _("Choose a password other than the present one.")
            raise Invalid(sentence, code="same_password", fields={"password": sentence})
        check_password(password, user)
        _set_password(user, password)
        op.audit(user, {"password": "changed"})
    return user


def set_temporary_password(user: User, *, password: str, actor: Actor, now: datetime) -> User:
    """The way back in when no security admin can: by the owner of the machine only, recorded, to be changed
    at once."""
    with operation("accounts.set_temporary_password", actor=actor, now=now) as op:
        permissions.check_is_system(actor)
        user = locked(user)
        _check_stays(user)
        check_password(password, user)
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        op.audit(user, {"must_change_password": True})
    return user


def clear_second_factors(user: User, *, actor: Actor, now: datetime, note: str = "") -> int:
    """For a lost phone: removes the person's app, passkeys and recovery codes. Returns how many there
    were."""
    with operation("accounts.clear_second_factors", actor=actor, now=now) as op:
        user = locked(user)
        permissions.check_may_grant(actor, user)
        removed: int
        removed, _by_model = Authenticator.objects.filter(user=user).delete()
        op.audit(user, {"removed": removed}, note=note)
    return removed


def check_password(password: str, user: User) -> None:
    """Raises Invalid with every rule that the password breaks."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        sentence = " ".join(error.messages)
        raise Invalid(sentence, code=WEAK, fields={"password": sentence}) from None


def _set_password(user: User, password: str) -> None:
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])


def _check_stays(user: User) -> None:
    if not user.is_active:
        raise Conflict(_("This person has left."), code="left")


def _issue(user: User, purpose: CodePurpose, *, actor: Actor, now: datetime) -> IssuedCode:
    AccessCode.objects.filter(user=user, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    code = rules.new_code()
    row = AccessCode.objects.create(
        authority_id=actor.authority_id,
        user=user,
        purpose=purpose,
        code_hash=_hash(user, code),
        issued_at=now,
        issued_by_id=actor.user_id,
        expires_at=now + rules.CODE_LIFE,
    )
    return IssuedCode(user, code, row.expires_at)


def _hash(user: User, code: str) -> str:
    text = f"fugong.code:{user.pk}:{rules.plain_code(code)}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()

"""Tries at the door, counted for django-allauth's forms."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.core import context
from django.forms import ValidationError

from fugong.accounts import operations
from fugong.accounts.operations import Knock, TooManyTries
from fugong.core.clock import now


def knock_of(username: str) -> Knock:
    """Somebody trying this user name, from where the present request comes."""
    address: str = get_adapter().get_client_ip(context.request)
    return Knock(username=username, address=address)


def count_or_refuse(knock: Knock) -> None:
    """TooManyTries as the form error that django-allauth's forms expect."""
    try:
        operations.count_try(knock, now=now())
    except TooManyTries as refusal:
        raise ValidationError(str(refusal), code=refusal.code) from None

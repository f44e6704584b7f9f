"""What django-allauth asks of us: counting tries, recording who came in, sealing secrets."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fugong.accounts import operations, queries
from fugong.accounts.models import User
from fugong.accounts.web.counting import count_or_refuse, knock_of
from fugong.core.clock import now
from fugong.core.sealed import open_text, seal_text
from fugong.core.tenancy import acting_for, current_authority

SECRETS = "second_factor"


class DoorKeeper(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("User name or password is not right."),
        "incorrect_password": _("The password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Every try is counted before the password is looked at; a right one is taken back."""
        knock = knock_of(credentials.get("username", ""))
        count_or_refuse(knock)
        user = authenticate(request, **credentials)
        if user is not None:
            operations.take_back(knock)
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """The last step, when every factor was right."""
        with acting_for(user.authority_id):
            super().login(request, user)
            operations.record_sign_in(
                user,
                actor=queries.actor_of(user, now=now()),
                method="+".join(record["method"] for record in get_authentication_records(request, user)),
                address=self.get_client_ip(request),
                now=now(),
            )

    def logout(self, request: HttpRequest) -> None:
        """Also called to break off a sign-in between its two steps: then nobody was in."""
        if isinstance(request.user, User):
            actor = queries.actor_of(request.user, now=now())
            operations.record_sign_out(request.user, actor=actor, now=now())
        super().logout(request)


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is not right."),
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """What a passkey is called until its owner gives it a better name."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}

    def encrypt(self, text: str) -> str:
        """The app's secret lies sealed like personal data. Runs inside the user's authority (web.sign_in)."""
        authority_id = current_authority()
        assert authority_id is not None
        return b64encode(seal_text(text, authority_id=authority_id, data_class=SECRETS)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        authority_id = current_authority()
        assert authority_id is not None
        return open_text(b64decode(encrypted_text), authority_id=authority_id)

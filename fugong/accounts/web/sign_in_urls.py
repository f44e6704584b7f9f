"""Addresses under /sign-in/: the names are django-allauth's, which looks them up."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from fugong.accounts.web.sign_in import (
    OWN,
    closed,
    inactive,
    recorded,
    second_factor,
    sign_in,
    sign_in_by_passkey,
    sign_out,
)

urlpatterns = [
    path("", sign_in, name="account_login"),
    path("out/", sign_out, name="account_logout"),
    path("inactive/", inactive, name="account_inactive"),
    path("again/", OWN(account.reauthenticate), name="account_reauthenticate"),
    path("second/", second_factor, name="mfa_authenticate"),
    path("passkey/", sign_in_by_passkey, name="mfa_login_webauthn"),
    path("factors/", OWN(factors.index), name="mfa_index"),
    path("factors/again/", OWN(factors.reauthenticate), name="mfa_reauthenticate"),
    path("factors/again/passkey/", OWN(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("factors/app/", OWN(recorded(totp.activate_totp)), name="mfa_activate_totp"),
    path("factors/app/remove/", OWN(recorded(totp.deactivate_totp)), name="mfa_deactivate_totp"),
    path("factors/codes/", OWN(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "factors/codes/new/",
        OWN(recorded(recovery.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    # django-allauth goes back to its list of passkeys; ours stands on the page of all factors.
    path("factors/passkeys/", OWN(factors.index), name="mfa_list_webauthn"),
    path("factors/passkeys/add/", OWN(recorded(passkeys.add_webauthn)), name="mfa_add_webauthn"),
    path(
        "factors/passkeys/<int:pk>/remove/",
        OWN(recorded(passkeys.remove_webauthn)),
        name="mfa_remove_webauthn",
    ),
    path("factors/passkeys/<int:pk>/", OWN(recorded(passkeys.edit_webauthn)), name="mfa_edit_webauthn"),
    # Looked up by django-allauth, not used here: nobody signs up, and there is no mail.
    path("closed/sign-up/", closed, name="account_signup"),
    path("closed/reset/", closed, name="account_reset_password"),
    path("closed/email/", closed, name="account_email"),
    path("closed/set/", closed, name="account_set_password"),
    path("closed/change/", closed, name="account_change_password"),
    path("closed/code/", closed, name="account_confirm_login_code"),
    path("closed/confirm/", closed, name="account_email_verification_sent"),
]

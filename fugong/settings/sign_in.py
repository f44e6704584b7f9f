"""Settings of the door: django-allauth's, and how guessing is stopped."""

from __future__ import annotations

from fugong.settings.reader import environment

read = environment()

# Who tries too often waits: at one user name, and from one network address (a whole office may share one).
FUGONG_SIGN_IN_TRIES = read.number("FUGONG_SIGN_IN_TRIES", 5, least=1)
FUGONG_SIGN_IN_TRIES_PER_ADDRESS = read.number("FUGONG_SIGN_IN_TRIES_PER_ADDRESS", 50, least=1)
# Self-registrations in an hour: by one phone, one poster, one network address (as that of a factory's gate).
FUGONG_REGISTRATIONS_PER_PHONE = read.number("FUGONG_REGISTRATIONS_PER_PHONE", 10, least=1)
FUGONG_REGISTRATIONS_PER_CODE = read.number("FUGONG_REGISTRATIONS_PER_CODE", 2000, least=1)
FUGONG_REGISTRATIONS_PER_ADDRESS = read.number("FUGONG_REGISTRATIONS_PER_ADDRESS", 500, least=1)
FUGONG_LOCK_MINUTES = read.number("FUGONG_LOCK_MINUTES", 15, least=1)
FUGONG_IDLE_MINUTES = read.number("FUGONG_IDLE_MINUTES", 60, least=1)
FUGONG_ADMIN_MFA = read.flag("FUGONG_ADMIN_MFA", True)

ACCOUNT_ADAPTER = "fugong.accounts.web.adapters.DoorKeeper"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_FORMS = {
    "login": "fugong.accounts.web.forms.SignInForm",
    "reauthenticate": "fugong.accounts.web.forms.PasswordAgainForm",
}
# Guessing is counted by `accounts.operations.sign_in`, which the audit knows; these would only count again.
ACCOUNT_RATE_LIMITS = False
# How many proxies of one's own stand in front; without any, the X-Forwarded-For header is not believed.
ALLAUTH_TRUSTED_PROXY_COUNT = read.number("FUGONG_PROXIES", 0)

MFA_ADAPTER = "fugong.accounts.web.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Fugong"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "fugong.accounts.web.forms.SecondFactorForm",
    "reauthenticate": "fugong.accounts.web.forms.SecondFactorAgainForm",
    "add_webauthn": "fugong.accounts.web.forms.PasskeyForm",
}

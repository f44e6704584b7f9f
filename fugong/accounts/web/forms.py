"""Forms of accounts. Whether what is entered is allowed, the operations say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as AskPasswordAgain
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.accounts import operations
from fugong.accounts.web.counting import count_or_refuse, knock_of

Choices = Sequence[tuple[str, str | Promise]]
PLAIN_TYPING = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


class SignInForm(LoginForm):  # type: ignore[misc]
    """User name and password; counting tries and comparing is the adapter's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("login", _("User name")), ("password", _("Password"))):
            self.fields[name].label = label
            self.fields[name].widget.attrs["placeholder"] = ""
        self.fields["login"].widget.attrs |= PLAIN_TYPING | {"autofocus": True}
        self.fields["password"].help_text = ""


class PasswordAgainForm(AskPasswordAgain):  # type: ignore[misc]
    """Without the link to a reset by mail, which there is not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs |= {"placeholder": "", "autofocus": True}


class CountedCode:
    """A second factor's code, each try counted like a password's: the two share one lock."""

    def clean_code(self) -> str:
        knock = knock_of(self.user.username)  # type: ignore[attr-defined]
        count_or_refuse(knock)
        code: str = super().clean_code()  # type: ignore[misc]
        operations.take_back(knock)
        return code


class SecondFactorForm(CountedCode, AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self)


class SecondFactorAgainForm(CountedCode, ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self)


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey signs in alone unless the person wants it as a second step only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the device or key")
        self.fields["passwordless"].label = _("Sign in with it alone, without the password")
        self.fields["passwordless"].help_text = _("The device then asks for the fingerprint, face or PIN.")
        self.fields["passwordless"].initial = True


def _say_code(form: forms.Form) -> None:
    form.fields["code"].label = _("Code from the app")
    form.fields["code"].help_text = _("Or one of your recovery codes.")
    form.fields["code"].widget.attrs |= {"placeholder": "", "inputmode": "numeric", "autofocus": True}


class NewPasswordForm(forms.Form):
    """A password entered twice."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters, not a common word, not your user name."),
    )
    again = forms.CharField(
        label=_("Once more"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("The two are not the same."), code="different")
        return again


class WelcomeForm(NewPasswordForm):
    """A one-time code turned into a password."""

    field_order = ("username", "code", "password", "again")
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(attrs=PLAIN_TYPING | {"autocomplete": "username"}),
    )
    code = forms.CharField(
        label=_("One-time code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
        help_text=_("Four groups of letters and digits, as printed."),
    )


class UserForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(attrs=PLAIN_TYPING),
        help_text=_(
            "3 to 60 letters a to z, digits, dots, hyphens or underscores. It cannot be changed later."
        ),
    )
    name = forms.CharField(label=_("Full name"), max_length=60)
    phone = forms.CharField(
        label=_("Phone"), max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )


class CorrectionForm(forms.Form):
    name = forms.CharField(label=_("Full name"), max_length=60)
    phone = forms.CharField(
        label=_("Phone"), max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )


class NoteForm(forms.Form):
    """Why something was done, for the audit."""

    note = forms.CharField(label=_("Reason"), max_length=200, required=False)


class ReasonForm(forms.Form):
    note = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It is kept in the audit."))


class GrantForm(forms.Form):
    """Which of area and subject is needed depends on the role; the operation says what is missing."""

    role = forms.ChoiceField(label=_("Role"))
    area = forms.ChoiceField(label=_("Area"), required=False, help_text=_("For roles limited to an area."))
    subject = forms.CharField(
        label=_("Speaks for (code)"),
        max_length=40,
        required=False,
        help_text=_("For contacts: the unified social credit code of the enterprise."),
    )

    def __init__(self, *args: Any, roles: Choices, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "—"), *roles]  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", "—"), *areas]  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    permissions = forms.MultipleChoiceField(
        label=_("What the role allows"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, permissions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["permissions"].choices = list(permissions)  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("List of users"),
        help_text=_("Excel (.xlsx) or CSV with the columns “user name” and “name”, and “phone” if you like."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

"""What the public page says about a certificate, in one line and one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.resumption.queries.certificates import Genuineness


@dataclass(frozen=True, slots=True)
class Words:
    label: Promise
    sentence: Promise


GENUINENESS = {
    Genuineness.VALID: Words(
        _("Genuine and valid"), _("This certificate was issued by the authority and is valid now.")
    ),
    Genuineness.SUSPENDED: Words(
        _("Suspended"), _("The certificate is genuine, but work is suspended: it does not count now.")
    ),
    Genuineness.REVOKED: Words(
        _("Revoked"), _("The certificate is genuine, but it was revoked or replaced: it does not count.")
    ),
    Genuineness.RUN_OUT: Words(
        _("Run out"), _("The certificate is genuine, but its last day is over: it does not count.")
    ),
    Genuineness.NOT_GENUINE: Words(
        _("Not genuine"),
        _("No certificate of ours carries this code. Do not accept it, and tell the authority."),
    ),
}

"""A signature given on a screen: drawn as a small PNG, or the name typed, which counts the same."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fugong.core.refusals import Invalid
from fugong.resumption.choices import SignatureKind

_PREFIX = "data:image/png;base64,"
_PNG = b"\x89PNG\r\n\x1a\n"
DRAWN_MOST_BYTES = 200_000
NAME_MOST = 80


@dataclass(frozen=True, slots=True)
class Signature:
    """Exactly one of the two is given. `png` holds the picture's bytes."""

    kind: SignatureKind
    name: str = ""
    png: bytes = b""


def read_signature(*, drawn: str, typed: str) -> Signature:
    """From the form's two fields. Raises `Invalid` when there is none, the picture is no small PNG, or the
    name is longer than names are.
    """
    if len(typed.strip()) > NAME_MOST:
        raise _refusal(_("Type the name alone."), code="signature_too_long")
    if drawn:
        return Signature(SignatureKind.DRAWN, name=typed.strip(), png=_picture(drawn))
    if typed.strip():
        return Signature(SignatureKind.TYPED, name=typed.strip())
    raise _refusal(_("Sign, or type the full name."), code="signature_missing")


def _picture(data_url: str) -> bytes:
    refusal = _refusal(
        _("The drawn signature could not be read. Sign again, or type the name."), code="signature_damaged"
    )
    if not data_url.startswith(_PREFIX) or len(data_url) > DRAWN_MOST_BYTES * 2:
        raise refusal
    try:
        png = base64.b64decode(data_url.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise refusal from None
    if not png.startswith(_PNG) or len(png) > DRAWN_MOST_BYTES:
        raise refusal
    return png


def _refusal(sentence: object, *, code: str) -> Invalid:
    return Invalid(str(sentence), code=code, fields={"signature": str(sentence)})

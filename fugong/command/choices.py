"""How a figure of a bulletin came about, and how a verification ends."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FigureOrigin(models.TextChoices):
    COMPUTED = "computed", _("computed from the record")
    STATED = "stated", _("stated by the source, not computed")


class Finding(models.TextChoices):
    """What a verification says of one figure, or of the wording as a whole."""

    SAME = "same", _("the same to the digit")
    SEALED = "sealed", _("the same as the sealed total; its rows were destroyed")
    CHANGED = "changed", _("recomputes to something else")
    TAMPERED = "tampered", _("the frozen text is not what was published")

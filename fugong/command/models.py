"""Bulletins. Nothing here is ever changed: a correction is a new bulletin."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fugong.command.choices import FigureOrigin
from fugong.core.tenancy import TenantModel


class Bulletin(TenantModel):
    """One composed bulletin: what was true at `as_of` as far as it was known at `known_at`, in frozen words.

    `text` holds the paragraphs by language; `digest` is over text and figures, so a changed letter shows.
    """

    number = models.CharField(max_length=20)
    title = models.JSONField()
    playbook_version = models.ForeignKey(
        "playbooks.PlaybookVersion", on_delete=models.PROTECT, related_name="+"
    )
    as_of = models.DateTimeField()
    known_at = models.DateTimeField()
    text = models.JSONField()
    digest = models.CharField(max_length=64)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    composed_at = models.DateTimeField()
    composed_by = models.UUIDField(null=True)
    composed_by_name = models.CharField(max_length=100)

    class Meta:
        ordering = ["-as_of", "-composed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "number"],
                name="bulletin_number_once",
                violation_error_message=_("This bulletin number is taken."),
            ),
        ]


class BulletinFigure(TenantModel):
    """One figure of a bulletin as it was printed, with what is needed to prove it again."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="figures")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=80)
    origin = models.CharField(max_length=10, choices=FigureOrigin)
    label = models.JSONField()
    figure = models.JSONField()
    manifest = models.JSONField(null=True)
    source = models.JSONField(default=list)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "key"], name="bulletin_figure_once"),
            models.CheckConstraint(
                condition=models.Q(origin=FigureOrigin.STATED) | models.Q(manifest__isnull=False),
                name="bulletin_computed_has_manifest",
            ),
        ]


class Publication(TenantModel):
    """That a bulletin was published, by whom and when: from then on it stands.

    `corrects` repeats the bulletin's own, so that the database holds one published correction a bulletin.
    """

    bulletin = models.OneToOneField(Bulletin, on_delete=models.PROTECT, related_name="publication")
    corrects = models.OneToOneField(Bulletin, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    published_by = models.UUIDField(null=True)
    published_by_name = models.CharField(max_length=100)

"""What is to be said to whom about which duty, and the messages that say it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.sealed import SealedField
from fugong.core.tenancy import TenantModel, indexed_otherwise
from fugong.duties.choices import Channel
from fugong.duties.models.duties import Duty

WAITING = Q(message__isnull=True, dropped_at__isnull=True)
UNSENT = Q(sent_at__isnull=True, failed_at__isnull=True)


class Message(TenantModel):
    """One message to one user, about one or many duties; tried again until it is sent or given up.

    `next_try_at` moves on before each try, so that whoever else looks leaves it alone, and a try whose
    process dies is made good by a later one. `channel` is the receiver's own, empty where the installation's
    was used.
    """

    authority = indexed_otherwise()
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=100)
    body = models.TextField()
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=16, choices=Channel.choices, blank=True, default="")
    last_error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(failed_at__isnull=True), name="message_ends_one_way"
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "next_try_at"], condition=UNSENT, name="message_unsent"),
            models.Index(fields=["authority", "user", "-made_at"], name="message_of_user"),
        ]


class Reminder(TenantModel):
    """That a user is to be told of a duty, once for each `cause`: a moment before the deadline, or a step of
    its escalation. Those of one user that wait together go into one message.
    """

    authority = indexed_otherwise()
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    cause = models.CharField(max_length=48)
    made_at = models.DateTimeField()
    send_at = models.DateTimeField()
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+", null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "duty", "user", "cause"],
                name="reminder_once",
                violation_error_message=_("This person was told of it already."),
            ),
            models.CheckConstraint(
                condition=Q(message__isnull=True) | Q(dropped_at__isnull=True), name="reminder_ends_one_way"
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "send_at"], condition=WAITING, name="reminder_waiting"),
        ]


class ReminderChoice(TenantModel):
    """Of which kinds of duty a user wants no reminder, and until when of none; calls of an escalation come
    all the same, and so does what must always be told.
    """

    authority = indexed_otherwise()
    user = models.OneToOneField("accounts.User", on_delete=models.PROTECT, related_name="+")
    muted_kinds = ArrayField(models.CharField(max_length=64), default=list)
    muted_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("choice of reminders")
        verbose_name_plural = _("choices of reminders")
        indexes = [models.Index(fields=["authority", "user"], name="reminder_choice_of_user")]


class OwnChannel(TenantModel):
    """Where a user lets reminders come instead of the installation's way; without an address, nowhere else.

    The address opens a robot or a mailbox to whoever reads it, so it is sealed; `shown` is as much of it as a
    page may show.
    """

    authority = indexed_otherwise()
    user = models.OneToOneField("accounts.User", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=16, choices=Channel.choices, blank=True, default="")
    address = SealedField(max_length=400, blank=True, default="", data_class="contact")
    shown = models.CharField(max_length=120, blank=True, default="")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("own channel")
        verbose_name_plural = _("own channels")
        indexes = [models.Index(fields=["authority", "user"], name="own_channel_of_user")]

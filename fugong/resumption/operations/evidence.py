"""Files that stand behind an answer or are a paper of the playbook's list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.clock import local_date
from fugong.core.files import Upload, store
from fugong.core.files.models import StoredFile
from fugong.core.operation import operation
from fugong.core.refusals import Invalid, NotFound
from fugong.resumption.choices import EVIDENCE_FILE, Move, PointKind
from fugong.resumption.models import Application, Evidence
from fugong.resumption.operations.locking import lock_application
from fugong.resumption.permissions import check_may_apply
from fugong.resumption.queries.terms import Terms, terms_of, wanted_by
from fugong.resumption.rules.formats import check_format
from fugong.resumption.rules.transitions import next_state


@dataclass(frozen=True, slots=True)
class Attachment:
    """`kind`: an item of the checklist or a paper; `key` as the checklist names it."""

    kind: PointKind
    key: str
    upload: Upload


def attach_evidence(application_id: UUID, attachment: Attachment, *, actor: Actor, now: datetime) -> Evidence:
    """Raises `Invalid` for a paper or item that the playbook does not ask for: nobody may be asked for more,
    and nothing else is taken in. Raises FileRefused for the file itself, `Invalid` when the paper wants
    another format or the same file is attached to this place. Nothing of what is refused stays on the disk.
    """
    with operation("resumption.attach_evidence", actor=actor, now=now) as op:
        application = _lock_editable(application_id, actor)
        terms = terms_of(application, today=local_date(now))
        _check_wanted(attachment, terms)
        file = store(
            attachment.upload,
            purpose=EVIDENCE_FILE,
            actor=actor,
            now=now,
            check=lambda file: _check_file(file, attachment, application, terms),
        )
        row = Evidence.objects.create(
            authority_id=actor.authority_id,
            application=application,
            kind=attachment.kind,
            key=attachment.key,
            file=file,
            round=application.round,
            at=now,
            by_id=actor.user_id,
            recorded_at=now,
        )
        op.audit(application, {"attached": file.sha256, "to": f"{attachment.kind}:{attachment.key}"})
        return row


def remove_evidence(application_id: UUID, evidence_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Takes the file off the application. It stays in the record: what was submitted once is not undone."""
    with operation("resumption.remove_evidence", actor=actor, now=now) as op:
        application = _lock_editable(application_id, actor)
        row = Evidence.objects.filter(application=application, id=evidence_id, removed_at=None).first()
        if row is None:
            raise NotFound
        row.removed_at = now
        row.save(update_fields=["removed_at"])
        op.audit(application, {"removed": str(row.file_id), "from": f"{row.kind}:{row.key}"})


def _lock_editable(application_id: UUID, actor: Actor) -> Application:
    application = lock_application(application_id, actor=actor)
    check_may_apply(actor, application.enterprise_id)
    next_state(application.state, Move.SUBMIT)
    return application


def _check_wanted(attachment: Attachment, terms: Terms) -> None:
    wanted = wanted_by(terms)
    papers = {paper.key for paper in wanted.papers}
    items = {item.key for item in wanted.items}
    known = papers if attachment.kind is PointKind.PAPER else items
    if attachment.kind not in {PointKind.PAPER, PointKind.ITEM} or attachment.key not in known:
        raise Invalid(
            _("“%(key)s” is not on the playbook's list; it may neither be asked for nor handed in.")
            % {"key": attachment.key},
            code="not_on_the_list",
        )


def _check_file(file: StoredFile, attachment: Attachment, application: Application, terms: Terms) -> None:
    """The same again is known by its content, for each upload has a row of its own."""
    there = Evidence.objects.filter(
        Q(file__sha256=file.sha256) | Q(file__original_sha256=file.original_sha256),
        application=application,
        kind=attachment.kind,
        key=attachment.key,
        removed_at=None,
    )
    if there.exists():
        raise Invalid(_("This file is attached here already."), code="attached_already")
    if attachment.kind is PointKind.PAPER:
        paper = terms.playbook.policy.papers[attachment.key]
        check_format(file.kind, file.size, formats=paper.formats, max_megabytes=paper.max_megabytes)

"""The paper on which a level by hand stands: for those who judge it, and for the person it is about."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpResponseBase

from fugong.clearance import permissions, queries
from fugong.clearance.choices import SEE
from fugong.clearance.models import HandLevel
from fugong.core.files import FileKind, open_stored
from fugong.core.files.kinds import ENDINGS
from fugong.core.refusals import NotFound, NotPermitted
from fugong.core.web.pages import AskingRequest, page
from fugong.people.web.own import WorkerRequest, worker_page


@page(SEE)
def file(request: AskingRequest, hand_id: UUID) -> HttpResponseBase:
    row = queries.get_hand(request.actor, hand_id)
    if not permissions.may_lift_at(request.actor, row.person.enterprise):
        raise NotPermitted()
    return _sent(row)


@worker_page
def own_file(request: WorkerRequest, hand_id: UUID) -> HttpResponseBase:
    return _sent(queries.get_hand_of(request.worker.person_id, hand_id))


def _sent(row: HandLevel) -> HttpResponseBase:
    """Under a plain name: the name it was handed in with may be somebody else's."""
    if row.file is None:
        raise NotFound()
    kind = FileKind(row.file.kind)
    name = f"evidence-{row.proposed_at:%Y%m%d}{ENDINGS[kind][0]}"
    response = FileResponse(
        open_stored(row.file),
        as_attachment=not kind.startswith("image/"),
        filename=name,
        content_type=kind.value,
    )
    # Whatever is inside, the browser may neither run it nor load anything for it; and no copy stays behind.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response

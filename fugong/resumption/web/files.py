"""Giving out evidence and photos, to who may see the application they belong to."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpResponseBase

from fugong.core.files import open_stored
from fugong.core.web.pages import AskingRequest, page
from fugong.resumption.queries.applications import get_application
from fugong.resumption.queries.files import get_file


@page()
def file(request: AskingRequest, application_id: UUID, file_id: UUID) -> HttpResponseBase:
    stored = get_file(get_application(request.actor, application_id), file_id)
    shown_inline = stored.kind.startswith("image/")
    response = FileResponse(
        open_stored(stored), as_attachment=not shown_inline, filename=stored.name, content_type=stored.kind
    )
    # Whatever is inside, the browser may neither run it nor load anything for it.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

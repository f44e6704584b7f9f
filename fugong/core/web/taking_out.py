"""Where the receiver of a list fetches it, while its hours last."""

from __future__ import annotations

import io
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from fugong.core.clock import now as present
from fugong.core.exports import keeping
from fugong.core.web.pages import AskingRequest, action, page


@page()
def export(request: AskingRequest, export_id: UUID) -> HttpResponse:
    row = keeping.get_export(request.actor, export_id)
    values = {"row": row, "is_over": present() >= row.expires_at, "downloads": row.downloads.order_by("-at")}
    return render(request, "core/export.html", values)


@action(methods=("POST",))
def file(request: AskingRequest, export_id: UUID) -> FileResponse:
    row = keeping.get_export(request.actor, export_id)
    content = keeping.download(export_id, actor=request.actor, now=present())
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=row.name, content_type=row.kind)

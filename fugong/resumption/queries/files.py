"""Files of an application."""

from __future__ import annotations

from uuid import UUID

from fugong.core.files.models import StoredFile
from fugong.core.refusals import NotFound
from fugong.resumption.models import Application, Evidence, VerificationItem


def get_file(application: Application, file_id: UUID) -> StoredFile:
    """A piece of evidence, taken off or not, or a photo of a visit. The caller answers for the
    application.
    """
    evidence = (
        Evidence.objects.filter(application=application, file_id=file_id).select_related("file").first()
    )
    if evidence is not None:
        return evidence.file
    photos = VerificationItem.objects.filter(verification__application=application, photo_id=file_id)
    item = photos.select_related("photo").first()
    if item is None or item.photo is None:
        raise NotFound
    return item.photo

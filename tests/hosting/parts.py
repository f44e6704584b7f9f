"""What `playing` does once Django is ready."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from fugong.areas.queries import find_authority
from fugong.core.audit.sealing import seal_all
from fugong.core.files import read_stored, store
from fugong.core.files.models import StoredFile
from fugong.core.tenancy import acting_for
from fugong.enterprises import operations
from fugong.enterprises.models import Enterprise
from tests.enterprises import making

PHONE = "13955400001"
LETTER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
)
CHANGED = "command"


def live() -> Iterator[str]:
    authority = making.authority()
    ann = making.person(authority)
    with acting_for(authority.id):
        park = making.park(authority)
        for _ in range(10):
            data = making.data(park.id, contact_name="李明", contact_phone=PHONE)
            operations.register(data, actor=ann, now=making.NOW)
        letter = SimpleUploadedFile("letter.pdf", LETTER)
        store(letter, purpose="resumption.evidence", actor=ann, now=making.NOW)
    seal_all(authority.id, now=making.NOW)
    yield str(authority.id)


def more() -> Iterator[str]:
    """One enterprise more, so that what is there now differs from a backup made before."""
    authority = find_authority("north")
    assert authority is not None
    with acting_for(authority.id):
        park = Enterprise.objects.values_list("area_id", flat=True)[0]
        data = making.data(park, credit_code=making.credit_code(99), contact_phone=PHONE)
        operations.register(data, actor=making.person(authority), now=making.NOW)
    yield "one more"


def look() -> Iterator[str]:
    """Raises what the reader of a page would meet, when a key is missing or a file is altered."""
    authority = find_authority("north")
    assert authority is not None
    with acting_for(authority.id):
        yield f"enterprises {Enterprise.objects.count()}"
        yield f"opened {Enterprise.objects.order_by('id')[0].contact_phone}"
        for stored in StoredFile.objects.all():
            yield f"file {stored.name} {read_stored(stored) == LETTER}"
    yield f"changes {_changes()}"


def _changes() -> int:
    """How many changes of tables the database says were made."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select count(*) from django_migrations")
        return int(cursor.fetchone()[0])


def unapply() -> Iterator[str]:
    loader = MigrationLoader(connections["owner"])
    names = sorted(name for app, name in loader.disk_migrations if app == CHANGED)
    call_command("migrate", CHANGED, names[-2], database="owner", verbosity=0)
    yield names[-1]


def forget() -> Iterator[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("delete from django_migrations where app = %s", [CHANGED])
    yield str(_changes())


def before_the_squash(*known: str) -> Iterator[str]:
    """As builds left it that had each change singly; they knew only `known` of them, where that is given."""
    replacing = MigrationLoader(connections["owner"]).replacements
    singly = [name for key in replacing for app, name in replacing[key].replaces if app == CHANGED]
    left = list(known) or singly
    assert set(left) <= set(singly)
    with connections["owner"].cursor() as cursor:
        cursor.execute("delete from django_migrations where app = %s and name <> all(%s)", [CHANGED, left])
    yield str(_changes())


def hold() -> Iterator[str]:
    yield "held"
    sys.stdin.readline()

"""What is kept, and that what is refused leaves nothing behind."""

import io
import os
import stat
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from fugong.core.audit.models import AuditEntry
from fugong.core.clock import now as clock_now
from fugong.core.files import FileDamaged, FileKind, open_stored, read_stored, remove_strays, store
from fugong.core.files.models import StoredFile
from fugong.core.files.refusing import FileRefused
from fugong.core.ids import new_id
from fugong.core.operation import NoAuditRow, operation
from fugong.core.refusals import Invalid
from fugong.core.tenancy import acting_for
from tests.core.files.making import (
    Handed,
    excel,
    old_excel,
    pdf,
    photo_with_location,
    picture,
    png_with_text,
    word,
)
from tests.core.making import NOW, actor_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]

GOOD = [
    ("photo.jpg", picture("JPEG"), "evidence", FileKind.JPEG),
    ("photo.jpeg", picture("JPEG"), "evidence", FileKind.JPEG),
    ("two-in-one.jpg", picture("MPO", save_all=True), "evidence", FileKind.JPEG),
    ("screen.png", picture("PNG"), "evidence", FileKind.PNG),
    ("screen.webp", picture("WEBP"), "evidence", FileKind.WEBP),
    ("方案.pdf", pdf(), "evidence", FileKind.PDF),
    ("申请.docx", word(), "evidence", FileKind.DOCX),
    ("台账.xlsx", excel(), "evidence", FileKind.XLSX),
    ("台账.xlsx", excel(), "import", FileKind.XLSX),
    ("旧台账.xls", old_excel(), "import", FileKind.XLS),
    ("名单.csv", "名称,人数\n乐森黑马,300\n".encode(), "import", FileKind.CSV),
    ("名单.csv", "名称,人数\n乐森黑马,300\n".encode("gb18030"), "import", FileKind.CSV),
    ("名单.csv", "\ufeff名称\r\n".encode(), "import", FileKind.CSV),
    ("说明.txt", "现场核验情况\n".encode(), "import", FileKind.TEXT),
]


@pytest.mark.parametrize(
    ("name", "content", "purpose", "kind"), GOOD, ids=[f"{case[2]}-{case[0]}" for case in GOOD]
)
def test_good_file_is_kept_and_comes_back(authority, ann, name, content, purpose, kind):
    stored = store(Handed(name, content), purpose=purpose, actor=ann, now=NOW)
    stored.refresh_from_db()
    assert (stored.kind, stored.name, stored.purpose) == (kind, name, purpose)
    assert (stored.uploaded_by, stored.uploaded_by_name, stored.at) == (ann.user_id, "Ann", NOW)
    assert stored.original_sha256 == sha256(content).hexdigest()
    kept = read_stored(stored)
    assert (len(kept), sha256(kept).hexdigest()) == (stored.size, stored.sha256)
    if not kind.startswith("image/"):
        assert kept == content
    assert open_stored(stored).read() == kept


def test_djangos_own_upload_is_taken(authority, ann):
    upload = SimpleUploadedFile("a.pdf", pdf(), content_type="application/x-nonsense")
    assert store(upload, purpose="evidence", actor=ann, now=NOW).kind == FileKind.PDF


def test_purpose_says_the_class_of_data(authority, ann):
    stored = store(Handed("a.csv", b"a,b\n"), purpose="import", actor=ann, now=NOW)
    assert stored.data_class == "register"


def test_unknown_purpose_is_a_mistake_in_the_program(authority, ann):
    with pytest.raises(LookupError, match="no file purpose 'nothing'"):
        store(Handed("a.pdf", pdf()), purpose="nothing", actor=ann, now=NOW)


def test_file_lies_under_its_hash_for_its_owner_only(authority, ann, files):
    stored = store(Handed("../../etc/a.pdf", pdf()), purpose="evidence", actor=ann, now=NOW)
    place = files / str(authority.id) / stored.sha256
    assert [path for path in files.rglob("*") if path.is_file()] == [place]
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert stored.name == "a.pdf"


def test_same_content_is_kept_once_with_a_row_for_each_time(authority, ann, files):
    rows = [store(Handed(f"{n}.pdf", pdf()), purpose="evidence", actor=ann, now=NOW) for n in range(2)]
    assert rows[0].sha256 == rows[1].sha256
    assert len([path for path in files.rglob("*") if path.is_file()]) == 1
    assert StoredFile.objects.count() == 2


def test_storing_leaves_an_audit_row(authority, ann):
    stored = store(Handed("a.pdf", pdf()), purpose="evidence", actor=ann, now=NOW)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject_id) == ("files.store", str(stored.id))
    assert entry.changes["sha256"] == stored.sha256


def test_storing_joins_a_running_operation(authority, ann):
    with pytest.raises(NoAuditRow), operation("a.b", actor=ann, now=NOW):
        store(Handed("a.pdf", pdf()), purpose="evidence", actor=ann, now=NOW)
    assert not StoredFile.objects.exists()
    assert not AuditEntry.objects.exists()


def test_photograph_loses_its_place_device_and_turn(authority, ann):
    given = photo_with_location()
    before = Image.open(io.BytesIO(given))
    assert before.getexif().get_ifd(0x8825)
    stored = store(Handed("a.jpg", given), purpose="evidence", actor=ann, now=NOW)
    assert b"PhoneMaker" in given
    assert b"PhoneMaker" not in read_stored(stored)
    kept = Image.open(io.BytesIO(read_stored(stored)))
    assert dict(kept.getexif()) == {}
    assert kept.size == (before.height, before.width)  # it was lying on its side
    assert not {"exif", "icc_profile", "comment"} & kept.info.keys()


def test_picture_loses_its_comments_and_what_was_appended(authority, ann):
    given = png_with_text() + b"<script>alert(1)</script>" + word()
    kept = read_stored(store(Handed("a.png", given), purpose="evidence", actor=ann, now=NOW))
    for hidden in (b"dormitory", b"script", b"PK\x03\x04"):
        assert hidden in given
        assert hidden not in kept


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "RGBA"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "L"),
        ("JPEG", "CMYK"),
        ("JPEG", "L"),
    ],
)
def test_picture_of_any_mode_is_kept(authority, ann, kind, mode):
    content = picture(kind, mode=mode)
    stored = store(Handed(f"a.{kind.lower()}", content), purpose="evidence", actor=ann, now=NOW)
    kept = Image.open(io.BytesIO(read_stored(stored)))
    kept.load()
    assert (kept.format, kept.size) == (kind, (64, 48))


def test_picture_named_like_another_kind_of_picture_gets_its_proper_ending(authority, ann):
    stored = store(Handed("现场.png", picture("JPEG")), purpose="evidence", actor=ann, now=NOW)
    assert (stored.name, stored.kind) == ("现场.jpg", FileKind.JPEG)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\王\\现场.pdf", "现场.pdf"),
        ("a\u202efdp.pdf", "afdp.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("   two   words .pdf", "two words .pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        (".pdf.pdf", "pdf.pdf"),
        ("SCAN.PDF", "SCAN.pdf"),
    ],
)
def test_name_is_shown_clean(authority, ann, given, kept):
    assert store(Handed(given, pdf()), purpose="evidence", actor=ann, now=NOW).name == kept


def test_refused_file_leaves_nothing(authority, ann, files):
    with pytest.raises(FileRefused):
        store(Handed("a.jpg", b"MZ" + bytes(100)), purpose="evidence", actor=ann, now=NOW)
    assert [path for path in files.rglob("*") if path.is_file()] == []
    assert not StoredFile.objects.exists()
    assert not AuditEntry.objects.exists()


def test_upload_that_breaks_off_leaves_nothing(authority, ann, files):
    class Broken(Handed):
        def chunks(self):
            yield self.content[:100]
            raise ConnectionError("the phone went out of reach")

    with pytest.raises(ConnectionError):
        store(Broken("a.pdf", pdf()), purpose="evidence", actor=ann, now=NOW)
    assert [path for path in files.rglob("*") if path.is_file()] == []


def test_altered_or_missing_file_is_not_given_out(authority, ann, files):
    stored = store(Handed("a.pdf", pdf()), purpose="evidence", actor=ann, now=NOW)
    place = files / str(authority.id) / stored.sha256
    place.write_bytes(pdf(b"/Lang (zh) "))
    with pytest.raises(FileDamaged, match="altered on disk"):
        read_stored(stored)
    place.unlink()
    with pytest.raises(FileDamaged, match="missing"):
        open_stored(stored)


def test_neighbour_keeps_the_same_content_apart_and_sees_no_row(authority, neighbour, ann, files):
    store(Handed("a.pdf", pdf()), purpose="evidence", actor=ann, now=NOW)
    cai = actor_of(neighbour.id)
    with acting_for(neighbour.id):
        assert not StoredFile.objects.exists()
        store(Handed("a.pdf", pdf()), purpose="evidence", actor=cai, now=NOW)
    assert StoredFile.objects.count() == 1
    assert len([path for path in files.rglob("*") if path.is_file()]) == 2


def test_strays_are_removed_and_nothing_else(authority, ann, files):
    stored = store(Handed("a.pdf", pdf()), purpose="evidence", actor=ann, now=NOW)
    folder = files / str(authority.id)
    old = clock_now().timestamp() - 7200
    for name, age in ((stored.sha256, old), ("0" * 64, old), (".incoming-x", old), ("1" * 64, None)):
        (folder / name).touch()
        if age is not None:
            os.utime(folder / name, (age, age))
    assert remove_strays(authority.id, wall_clock=clock_now()) == 2
    assert {path.name for path in folder.iterdir()} == {stored.sha256, "1" * 64}
    assert read_stored(stored) == pdf()


def test_stray_when_its_content_comes_in_again_at_that_moment_stays(authority, ann, files, monkeypatch):
    stored = store(Handed("a.pdf", pdf()), purpose="evidence", actor=ann, now=NOW)
    path = files / str(authority.id) / stored.sha256
    long_ago = clock_now().timestamp() - 7200
    os.utime(path, (long_ago, long_ago))
    looked = StoredFile.objects.filter

    def look_before_the_other_commits(**wanted):
        os.utime(path)
        return looked(**wanted).none()

    monkeypatch.setattr(StoredFile.objects, "filter", look_before_the_other_commits)
    assert remove_strays(authority.id, wall_clock=clock_now()) == 0
    assert [each.name for each in path.parent.iterdir()] == [stored.sha256]


def test_file_that_the_caller_refuses_is_not_kept(authority, ann, files):
    def refuse(file):
        assert (file.kind, file.size) == (FileKind.PDF, len(pdf()))
        raise Invalid("no", code="no")

    with pytest.raises(Invalid):
        store(Handed("a.pdf", pdf()), purpose="evidence", actor=ann, now=NOW, check=refuse)
    assert list((files / str(authority.id)).iterdir()) == []
    assert not StoredFile.objects.exists()


def test_strays_of_an_authority_without_files_are_none(neighbour, files):
    assert remove_strays(neighbour.id, wall_clock=clock_now()) == 0


def test_database_refuses_a_row_without_content_or_hash(authority, ann):
    good = store(Handed("a.pdf", pdf()), purpose="evidence", actor=ann, now=NOW)
    for change in ({"size": 0}, {"sha256": "ABC"}):
        bad = StoredFile.objects.get(id=good.id)
        for name, value in {"id": new_id(), **change}.items():
            setattr(bad, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            bad.save(force_insert=True)

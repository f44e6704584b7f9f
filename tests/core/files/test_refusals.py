"""Every refusal, by a real file that earns it."""

import gzip
import io
import struct
import tarfile
import zipfile

import pytest
from django.utils import translation

from fugong.core.files import FileKind, Purpose, get_purpose, register_purposes, store
from fugong.core.files.archives import MAX_PARTS
from fugong.core.files.refusing import FileRefused
from tests.core.files.making import (
    Handed,
    archive,
    excel,
    old_excel,
    pdf,
    picture,
    png_claiming,
    program,
    with_part,
    word,
)
from tests.core.making import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]

MEGABYTE = 1024 * 1024


def macro_types(document: bytes) -> bytes:
    """The office file saying of itself that it is of the macro-enabled kind."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        for name in packed.namelist():
            content = packed.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(
                    b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml"
                )
            parts[name] = content
    return archive(parts)


def lying_bomb() -> bytes:
    """Parts whose headers say 10 bytes each and which unpack to 150 MB."""
    packed = bytearray(with_part(word(), "word/media/a.bin", bytes(150 * MEGABYTE)))
    size = struct.pack("<I", 150 * MEGABYTE)
    while (place := packed.find(size)) >= 0:
        packed[place : place + 4] = struct.pack("<I", 10)
    return bytes(packed)


def locked(document: bytes) -> bytes:
    """The office file with the encryption bit set on every part, as zip programs set it."""
    content = bytearray(document)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(signature, place + 4)
    return bytes(content)


def tarball() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as packed:
        packed.addfile(tarfile.TarInfo("a"), io.BytesIO(b""))
    return out.getvalue()


def old_excel_with(stream: str) -> bytes:
    """An .xls with one more name in its directory, where Excel keeps macros or an encrypted package."""
    return old_excel() + stream.encode("utf-16-le") + b"\0\0"


def many_parts() -> bytes:
    parts = {"[Content_Types].xml": b"", "xl/workbook.xml": b""}
    return archive(parts | {f"xl/{number}": b"" for number in range(MAX_PARTS)})


NEARLY_WORD = {"[Content_Types].xml": b"", "word/document.xml": b""}
RAR = b"Rar!\x1a\x07\x01\x00" + bytes(50)
OTHER_OLD_OFFICE = old_excel().replace("Workbook".encode("utf-16-le"), "Wordless".encode("utf-16-le"))

BAD = [
    ("evidence of 50 MB", "a.jpg", picture() + bytes(50 * MEGABYTE), "too_large"),
    ("one byte too many", "a.pdf", pdf(tail=bytes(10 * MEGABYTE + 1 - len(pdf()))), "too_large"),
    ("empty", "a.pdf", b"", "empty"),
    ("program named as picture", "a.jpg", program(), "not_accepted"),
    ("program named as PDF", "a.pdf", b"\x7fELF" + bytes(200), "not_accepted"),
    ("program", "setup.exe", program(), "not_accepted"),
    ("zip archive", "a.zip", archive({"a.txt": b"x"}), "not_accepted"),
    ("zip archive named as Word", "a.docx", archive({"a.txt": b"x"}), "not_accepted"),
    ("gzip", "a.pdf", gzip.compress(b"x" * 100), "not_accepted"),
    ("tar", "a.docx", tarball(), "not_accepted"),
    ("GIF", "a.gif", picture("GIF", mode="L"), "not_accepted"),
    ("BMP named as JPEG", "a.jpg", picture("BMP"), "not_accepted"),
    ("web page named as picture", "a.png", b"<!DOCTYPE html><script>alert(1)</script>", "not_accepted"),
    ("SVG", "a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "not_accepted"),
    ("text as evidence", "a.txt", b"hello", "not_accepted"),
    ("old Excel as evidence", "a.xls", old_excel(), "not_accepted"),
    ("random bytes", "a.jpg", bytes(range(128, 256)) * 8, "not_accepted"),
    ("PDF named as picture", "a.jpg", pdf(), "wrong_name"),
    ("picture named as PDF", "a.pdf", picture(), "wrong_name"),
    ("Word named as Excel", "a.xlsx", word(), "wrong_name"),
    ("PDF without an ending", "scan", pdf(), "wrong_name"),
    ("PDF without a name", None, pdf(), "wrong_name"),
    ("right-to-left trick", "exe.\u202egpj.pdf.exe", pdf(), "wrong_name"),
    ("cut-off JPEG", "a.jpg", picture(size=(640, 480))[:2000], "damaged"),
    ("JPEG header and nothing else", "a.jpg", b"\xff\xd8\xff\xe0" + bytes(40), "damaged"),
    ("cut-off PNG", "a.png", picture("PNG", size=(640, 480))[:2000], "damaged"),
    ("cut-off PDF", "a.pdf", pdf()[:200], "damaged"),
    ("PDF header and nothing else", "a.pdf", b"%PDF-1.7\n" + bytes(500), "damaged"),
    ("too many pixels", "a.png", png_claiming(9000, 9000), "too_many_pixels"),
    ("far too many pixels", "a.png", png_claiming(60000, 60000), "too_many_pixels"),
    ("zip bomb", "a.docx", with_part(word(), "word/media/a.bin", bytes(150 * MEGABYTE)), "unpacks_too_large"),
    ("many small parts", "a.xlsx", many_parts(), "too_many_parts"),
    ("zip in Word", "a.docx", with_part(word(), "word/embeddings/a", archive({"x": b"y"})), "holds_files"),
    ("Excel in Word", "a.docx", with_part(word(), "word/embeddings/b.xlsx", excel()), "holds_files"),
    ("program in Word", "a.docx", with_part(word(), "word/media/image1.png", program()), "holds_files"),
    ("OLE object in Excel", "a.xlsx", with_part(excel(), "xl/embeddings/o.bin", old_excel()), "holds_files"),
    ("RAR in Excel", "a.xlsx", with_part(excel(), "xl/media/a.jpeg", RAR), "holds_files"),
    ("macros in Word", "a.docx", with_part(word(), "word/vbaProject.bin", b"x"), "macros"),
    ("macros in Excel", "a.xlsx", with_part(excel(), "xl/vbaProject.bin", b"x"), "macros"),
    ("macro-enabled type", "a.docx", macro_types(word()), "macros"),
    (".docm by its name", "a.docm", word(), "wrong_name"),
    ("password", "a.docx", locked(word()), "locked"),
    ("picture and archive in one", "a.docx", picture() + word(), "wrong_name"),
    ("program behind Word", "a.docx", word() + program(), "hidden_data"),
    ("archive comment", "a.docx", archive(NEARLY_WORD, comment=b"x" * 30), "hidden_data"),
    ("archive behind PDF", "a.pdf", pdf(tail=archive({"a.exe": program()})), "hidden_data"),
    ("much behind PDF", "a.pdf", pdf(tail=b"x" * 5000), "hidden_data"),
    ("script in PDF", "a.pdf", pdf(b"/OpenAction << /S /JavaScript /JS (x) >> "), "active_content"),
    ("file in PDF", "a.pdf", pdf(b"/Names << /EmbeddedFiles 4 0 R >> "), "active_content"),
    ("program started by PDF", "a.pdf", pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >> "), "active_content"),
]


@pytest.mark.parametrize(
    ("name", "content", "code"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_bad_evidence_is_refused_in_one_sentence(authority, ann, name, content, code):
    with pytest.raises(FileRefused) as refusal:
        store(Handed(name, content), purpose="evidence", actor=ann, now=NOW)
    assert refusal.value.code == code
    with translation.override("en"):
        sentence = str(refusal.value.message)
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0
    assert "{" not in sentence
    assert refusal.value.fields.keys() == {"file"}


BAD_TABLES = [
    ("picture as table", "a.csv", picture(), "not_accepted"),
    ("Word as table", "a.docx", word(), "not_accepted"),
    ("bytes as CSV", "a.csv", b"a,b\n\x00\x01\x02", "not_text"),
    ("UTF-16 as CSV", "a.csv", "名称,人数".encode("utf-16"), "not_text"),
    ("broken GBK", "a.csv", "名称".encode("gbk") + b"\xff\xff,\n", "not_text"),
    ("web page as CSV", "a.csv", b"<html><body>", "not_accepted"),
    ("script as text", "a.txt", b"#!/bin/sh\nrm -rf /\n", "not_accepted"),
    ("CSV named as Excel", "a.xlsx", b"a,b\n1,2\n", "wrong_name"),
    ("new Excel named as old", "a.xls", excel(), "wrong_name"),
    ("old Excel with macros", "a.xls", old_excel_with("_VBA_PROJECT"), "macros"),
    ("old Excel with password", "a.xls", old_excel_with("EncryptedPackage"), "locked"),
    ("other old office file", "a.xls", OTHER_OLD_OFFICE, "not_accepted"),
    ("table over its own limit", "a.csv", b"a,b\n" * 300_000, "too_large"),
    ("cut-off Excel", "a.xlsx", excel()[:-100], "not_accepted"),
]


@pytest.mark.parametrize(
    ("name", "content", "code"), [case[1:] for case in BAD_TABLES], ids=[case[0] for case in BAD_TABLES]
)
def test_bad_table_is_refused(authority, ann, name, content, code):
    with pytest.raises(FileRefused) as refusal:
        store(Handed(name, content), purpose="import", actor=ann, now=NOW)
    assert refusal.value.code == code


def test_bomb_that_lies_about_its_size_does_not_unpack(authority, ann):
    with pytest.raises(FileRefused) as refusal:
        store(Handed("a.docx", lying_bomb()), purpose="evidence", actor=ann, now=NOW)
    assert refusal.value.code in {"damaged", "unpacks_too_large"}


def test_upload_is_stopped_at_the_limit_whatever_it_announces(authority, ann):
    class Endless(Handed):
        given = 0

        def chunks(self):
            while True:
                self.given += MEGABYTE
                yield bytes(MEGABYTE)

    upload = Endless("a.jpg", b"")
    with pytest.raises(FileRefused):
        store(upload, purpose="evidence", actor=ann, now=NOW)
    assert upload.given == 11 * MEGABYTE


def test_limit_is_the_purposes_own_or_the_installations(settings):
    settings.FUGONG_EVIDENCE_LIMIT_MB = 3
    assert get_purpose("evidence").limit == 3 * MEGABYTE
    assert get_purpose("import").limit == MEGABYTE


def test_refusal_names_what_was_found_and_what_is_taken(authority, ann):
    with translation.override("en"):
        with pytest.raises(FileRefused) as refusal:
            store(Handed("a.jpg", program()), purpose="evidence", actor=ann, now=NOW)
        assert str(refusal.value) == (
            "This is not a file that can be taken here (EXE); hand in one of: JPEG, PNG, WebP, PDF, "
            "Word (.docx), Excel (.xlsx)."
        )


def test_purpose_means_one_thing():
    register_purposes([get_purpose("evidence")])
    with pytest.raises(ValueError, match="registered already"):
        register_purposes([Purpose(key="evidence", label="x", accepts=frozenset({FileKind.PDF}))])

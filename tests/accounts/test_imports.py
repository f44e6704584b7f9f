"""Many users from a file: what a list would do, and doing it."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from fugong.accounts import operations, rules
from fugong.accounts.choices import Finding
from fugong.accounts.models import User
from fugong.accounts.rules import UnreadableList
from fugong.core.audit.models import AuditEntry
from fugong.core.refusals import Conflict, Invalid, NotPermitted
from fugong.core.tenancy import acting_for

from .making import NOW, acting, authority, holder, system, user

pytestmark = pytest.mark.django_db
HEADINGS = {"用户名": "username", "姓名": "name", "电话": "phone"}
HEAD = ["用户名", "姓名", "电话"]
ROWS = [HEAD, ["li.wei", "李伟", "13800138000"], ["wang.fang", "王芳", ""]]


def judged(*rows, known=None):
    return rules.judge([HEAD, *rows], headings=HEADINGS, known=known or {})


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (["li.wei", "李伟", "138"], Finding.NEW),
        (["Li.Wei ", " 李伟", ""], Finding.NEW),
        (["li.wei", "李伟"], Finding.NEW),
        (["wang.fang", "王芳", ""], Finding.KNOWN),
        (["wang.fang", "王方", ""], Finding.WRONG),
        (["李伟", "李伟", ""], Finding.WRONG),
        (["li.wei", "", ""], Finding.WRONG),
        (["li.wei", "李" * 61, ""], Finding.WRONG),
        (["li.wei", "李伟", "1" * 31], Finding.WRONG),
    ],
)
def test_a_row_is_new_known_or_wrong(row, finding):
    (line,) = judged(row, known={"wang.fang": "王芳"})
    assert line.finding is finding
    assert bool(line.problem) is (finding is Finding.WRONG)


def test_a_name_twice_in_the_list_names_the_earlier_row():
    first, second = judged(["li.wei", "李伟"], ["LI.WEI", "李伟"])
    assert (first.finding, second.finding) == (Finding.NEW, Finding.WRONG)
    assert "2" in str(second.problem)


def test_titles_above_and_empty_rows_between_do_not_matter():
    rows = [
        ["用户名单"],
        [],
        ["序号", " 姓 名 ", "用户名*"],
        ["1", "李伟", "li.wei"],
        ["", "", ""],
        ["2", "王芳", "wang.fang"],
    ]
    lines = rules.judge(rows, headings=HEADINGS, known={})
    assert [(line.number, line.username, line.name) for line in lines] == [
        (4, "li.wei", "李伟"),
        (6, "wang.fang", "王芳"),
    ]


@pytest.mark.parametrize(
    "rows", [[], [["李伟", "li.wei"]], [["姓名"], ["李伟"]], [HEAD], [HEAD, ["", "", ""]]]
)
def test_a_list_without_columns_or_rows_is_refused_as_a_whole(rows):
    with pytest.raises(UnreadableList):
        rules.judge(rows, headings=HEADINGS, known={})


def test_a_list_that_is_too_long_is_refused_as_a_whole():
    with pytest.raises(UnreadableList, match=r"2000|2,000"):
        judged(*([f"user-{number}", "某人"] for number in range(2_001)))


@pytest.fixture
def north():
    return authority()


def names(of):
    with acting_for(of.id):
        return dict(User.objects.values_list("username", "name"))


def test_an_import_adds_the_new_ones_and_a_second_time_changes_nothing(north):
    admin = acting(holder(north, "system_admin"))
    assert operations.import_users(ROWS, actor=admin, now=NOW) == operations.Imported(added=2, known=0)
    after = names(north)
    assert after["li.wei"] == "李伟"
    assert operations.import_users(ROWS, actor=admin, now=NOW) == operations.Imported(added=0, known=2)
    assert names(north) == after
    with acting_for(north.id):
        assert AuditEntry.objects.filter(action="accounts.create_user", actor_id=admin.user_id).count() == 2
        assert User.objects.get(username="li.wei").phone == "13800138000"


def test_a_preview_writes_nothing(north):
    before = names(north)
    operations.preview_users(ROWS, actor=system(north))
    assert names(north) == before


def test_one_wrong_row_stops_all_of_it_and_is_named(north):
    before = names(north)
    with pytest.raises(Invalid) as refused:
        operations.import_users([*ROWS, ["x", "某人", ""]], actor=system(north), now=NOW)
    assert refused.value.code == "wrong_rows"
    assert "4" in str(refused.value)
    assert names(north) == before


def test_a_name_taken_in_another_authority_stops_all_of_it_and_names_the_row(north):
    user(authority("south"), "wang.fang")
    before = names(north)
    with pytest.raises(Conflict) as refused:
        operations.import_users(ROWS, actor=system(north), now=NOW)
    assert refused.value.code == "username_taken"
    assert "3" in str(refused.value)
    assert names(north) == before


@pytest.mark.parametrize("role", ["security_admin", "commander"])
def test_only_who_manages_users_imports_them(north, role):
    actor = acting(holder(north, role))
    with pytest.raises(NotPermitted):
        operations.preview_users(ROWS, actor=actor)
    with pytest.raises(NotPermitted):
        operations.import_users(ROWS, actor=actor, now=NOW)


def workbook(rows=ROWS, *, far=False):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if far:
        book.active["XFD1048576"] = "far"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def text(rows=ROWS, delimiter=","):
    return "\r\n".join(delimiter.join(row) for row in rows)


@pytest.fixture
def admin(client, north, settings):
    settings.FUGONG_ADMIN_MFA = False
    settings.LANGUAGE_CODE = "en"
    client.force_login(holder(north, "system_admin"))
    return client


def hand_in(client, content, name):
    return client.post(reverse("accounts:import"), {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (workbook(), "users.xlsx"),
        (workbook([HEAD, ["li.wei", "李伟", 13800138000], ["wang.fang", "王芳", None]]), "users.xlsx"),
        (text().encode("utf-8-sig"), "users.csv"),
        (text().encode("gbk"), "users.csv"),
        (text(delimiter=";").encode(), "users.csv"),
        (text(delimiter="\t").encode("gb18030"), "users.csv"),
        (workbook(far=True), "users.xlsx"),
    ],
)
def test_a_file_is_looked_through_and_then_imported(admin, north, content, name):
    page = hand_in(admin, content, name)
    assert page.status_code == 200, page.context["form"].errors
    assert (page.context["new"], page.context["wrong"]) == (2, 0)
    assert "li.wei" not in names(north)
    answer = admin.post(reverse("accounts:import_commit"), {"kept": page.context["kept"]})
    assert answer.headers["Location"] == reverse("accounts:users")
    assert names(north)["wang.fang"] == "王芳"
    with acting_for(north.id):
        assert User.objects.get(username="li.wei").phone == "13800138000"


def test_a_list_with_faults_shows_them_and_offers_no_import(admin, north):
    page = hand_in(admin, workbook([HEAD, ["x", "某人", ""], ["li.wei", "李伟", ""]]), "users.xlsx")
    assert (page.context["new"], page.context["wrong"]) == (1, 1)
    assert reverse("accounts:import_commit") not in page.content.decode()


def zipped(parts):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "users.xlsx"),
        (b"MZ" + bytes(100), "users.xlsx"),
        (workbook(), "users.csv"),
        (workbook()[:-200], "users.xlsx"),
        (b"%PDF-1.7 nothing", "users.pdf"),
        ("姓名\n李伟".encode(), "users.csv"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "users.csv"),
        (zipped({"a": b"0" * 1000}), "users.xlsx"),
        (zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "users.xlsx"),
        (zipped({"[Content_Types].xml": b"<", "xl/workbook.xml": b"<"}), "users.xlsx"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence_at_the_field(admin, north, content, name):
    before = names(north)
    response = hand_in(admin, content, name)
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"file"})
    assert names(north) == before


def test_what_was_seen_cannot_be_changed_nor_used_by_somebody_else(admin, client, north):
    kept = hand_in(admin, workbook(), "users.xlsx").context["kept"]
    for damaged in ("", "x", kept[:-1], kept.replace(kept[0], "A", 1)[::-1]):
        assert admin.post(reverse("accounts:import_commit"), {"kept": damaged}).status_code == 422
    client.force_login(holder(north, "system_admin"))
    assert client.post(reverse("accounts:import_commit"), {"kept": kept}).status_code == 422
    assert "li.wei" not in names(north)

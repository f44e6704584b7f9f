"""The end of data on the real thing: people of the Datong case destroyed, and what still holds afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections, transaction

from fugong.accounts.models import User
from fugong.clearance.choices import HAND_FILE, HandState
from fugong.clearance.models import HandLevel
from fugong.command import operations, queries
from fugong.command.choices import Finding
from fugong.core import sealed
from fugong.core.actor import Actor, system_actor
from fugong.core.audit.models import AuditEntry
from fugong.core.audit.personal import opened_changes
from fugong.core.audit.sealing import seal_all
from fugong.core.audit.verifying import verify as verify_trail
from fugong.core.ending import approving, certifying, days, ledger, retiring, running, verifying
from fugong.core.ending.choices import AUDIT, SECURITY, Mode
from fugong.core.ending.models import DestructionBatch, DestructionPlan
from fugong.core.ending.planning import contents_of, draw_up, plan_destruction
from fugong.core.figures import Computed, FigureQuery, catalogue
from fugong.core.figures.proof import row_ref
from fugong.core.files import read_stored, store
from fugong.core.files.models import StoredFile
from fugong.core.files.places import path_of
from fugong.core.ids import new_id
from fugong.core.postgres import roles
from fugong.core.postgres.urls import ConnectionInfo
from fugong.core.refusals import Conflict, Invalid, NotPermitted
from fugong.core.retention import terms
from fugong.core.sealed.models import DataKey
from fugong.core.tenancy import acting_for
from fugong.enterprises.models import Enterprise
from fugong.people import operations as people
from fugong.people.models import Employment, Person, PersonGram
from fugong.people.queries import data_of
from fugong.playbooks.models import PlaybookVersion
from fugong.resumption.choices import EVIDENCE_FILE
from tests import server
from tests.command.case import NOW, Case
from tests.core.files.making import Handed, picture
from tests.people import making

pytestmark = pytest.mark.committed
ROOT = Path(__file__).resolve().parents[2]
LATER = NOW + timedelta(days=60)
PEOPLE = 12


def officer(case: Case, permission: str, name: str) -> Actor:
    return Actor(new_id(), case.authority_id, name, frozenset({permission, "retention.see"}), all_areas=True)


def system(case: Case) -> Actor:
    return system_actor(case.authority_id, "command line")


def peopled(case: Case, number: int = PEOPLE) -> list[Person]:
    """People at one enterprise, most of one province; in the knowledge of every bulletin."""
    firm = Enterprise.objects.order_by("credit_code").first()
    regions = ["340402"] * (number - 3) + ["420102"] * 2 + ["510104"]
    return [
        making.registered(firm, home_region=region, now=NOW + timedelta(seconds=place))
        for place, region in enumerate(regions)
    ]


def over(case: Case, *, days: int = 30) -> None:
    terms.end_emergency(NOW.date(), reason="省里宣布结束", actor=system(case), now=NOW + timedelta(hours=2))


def approved(case: Case, mode: Mode = Mode.EMERGENCY) -> DestructionPlan:
    plan = plan_destruction(mode, actor=system(case), now=LATER)
    for permission, name in ((SECURITY, "Sun"), (AUDIT, "Ai")):
        approving.approve(
            plan.id, witnesses=["公证员 陈某"], actor=officer(case, permission, name), now=LATER
        )
    return plan


def finished(case: Case, plan: DestructionPlan, **more):
    start = running.begin(plan, actor=system(case), now=LATER)
    running.destroy_rows(plan, now=LATER, tell=lambda *_: None, **more)
    shredded = certifying.shred_keys(plan, start, actor=system(case), now=LATER)
    copies = certifying.Copies()
    return certifying.certify(plan, start, shredded, copies=copies, actor=system(case), now=LATER)


@pytest.fixture
def counting_people(monkeypatch):
    """A figure of the bulletin that counts people instead of what it counts."""

    def compute(query: FigureQuery) -> Computed:
        ids = Person.objects.filter(authority_id=query.authority_id).values_list("id", flat=True)
        rows = tuple(row_ref("people.Person", each, {"there": True}) for each in ids)
        return Computed(value=len(rows), rows=rows)

    key = next(iter(catalogue)).key
    monkeypatch.setitem(catalogue._definitions, key, replace(catalogue[key], compute=compute))
    return key


def test_everything_of_people_goes_and_everything_that_proves_it_holds(alone):
    made = peopled(alone)
    entry = AuditEntry.objects.filter(action="people.register", subject_id=str(made[0].id)).get()
    over(alone)
    plan = approved(alone)
    told = {part.model: part.rows for part in contents_of(plan).parts}
    assert told["people.Person"] == Person.objects.count() >= PEOPLE
    certificate = finished(alone, plan, at_a_time=5)
    assert not Person.objects.exists()
    assert not Employment.objects.exists()
    assert not PersonGram.objects.exists()
    assert Enterprise.objects.exists()
    assert {row["model"] for row in certificate.statement["rows"]} >= {"people.Person", "people.Employment"}
    with pytest.raises(sealed.KeyDestroyed):
        opened_changes(entry.changes, authority_id=alone.authority_id)
    seal_all(alone.authority_id, now=LATER)
    assert verify_trail(alone.authority_id).is_intact
    assert verifying.verify(certificate).is_good
    assert all(queries.verify(each).is_good for each in queries.list_published())


def papered(case: Case, person: Person, content: bytes) -> StoredFile:
    """Somebody put at a level by hand, with a photo of the paper it stands on."""
    file = store(Handed("paper.jpg", content), purpose=HAND_FILE, actor=system(case), now=NOW)
    HandLevel.objects.create(
        authority_id=case.authority_id,
        person=person,
        reason="contact_told",
        level="red",
        days=7,
        text="疾控电话",
        file=file,
        state=HandState.PROPOSED,
        playbook_version_id=PlaybookVersion.objects.values_list("id", flat=True)[0],
        proposed_by_id=User.objects.values_list("id", flat=True)[0],
        proposed_by_name="Ann",
        proposed_at=NOW,
        recorded_at=NOW,
    )
    return file


def test_the_files_of_rows_that_go_are_planned_counted_and_gone(alone):
    first, second, third = peopled(alone)[:3]
    papers = [papered(alone, first, picture()), papered(alone, second, picture())]
    content = picture()
    shared = papered(alone, third, content)
    # The same content, of an enterprise: its row stays, and so do the bytes.
    keeps = store(Handed("same.jpg", content), purpose=EVIDENCE_FILE, actor=system(alone), now=NOW)
    over(alone)
    plan = approved(alone)
    along = {part.model: part.rows for part in contents_of(plan).along}
    assert along["core.StoredFile"] == 3
    certificate = finished(alone, plan, at_a_time=5)
    told = {row["model"]: row["rows"] for row in certificate.statement["rows"]}
    assert told["core.StoredFile"] == 3
    assert not any(path_of(alone.authority_id, each.sha256).exists() for each in papers)
    assert keeps.sha256 == shared.sha256
    assert path_of(alone.authority_id, shared.sha256).exists()
    assert set(StoredFile.objects.filter(id__in=[each.id for each in (*papers, shared, keeps)])) == {keeps}
    assert verifying.verify(certificate).is_good


def test_a_file_that_a_killed_run_left_goes_with_the_next_and_is_seen_until_then(alone):
    file = papered(alone, peopled(alone)[0], picture())
    place, content = path_of(alone.authority_id, file.sha256), read_stored(file)
    over(alone)
    plan = approved(alone)
    certificate = finished(alone, plan)
    place.write_bytes(content)
    os.utime(place, (0, 0))
    verdict = verifying.verify(certificate)
    assert [check.detail for check in verdict.checks if not check.is_good] == [file.sha256]
    assert running.destroy_rows(plan, now=LATER, tell=lambda *_: None) == 0
    assert not place.exists()
    assert verifying.verify(certificate).is_good


def test_nothing_of_anybody_is_left_in_the_rows_of_the_database(alone):
    """Asked of every column of every table: names, numbers, lodgings."""
    made = making.registered(
        Enterprise.objects.order_by("credit_code").first(),
        name="欧阳独特",
        lodging="独一无二路一号",
        phone="13912345678",
        now=NOW,
    )
    number = data_of(made).document
    over(alone)
    finished(alone, approved(alone))
    found = []
    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('fugong.authority', %s, false)", [str(alone.authority_id)])
        cursor.execute(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        )
        for (table,) in cursor.fetchall():
            for trace in ("欧阳独特", "独一无二路", "13912345678", number):
                cursor.execute(f'select count(*) from "{table}" t where t::text like %s', [f"%{trace}%"])
                if cursor.fetchone()[0]:
                    found.append((table, trace))
    assert found == []


def test_a_second_run_changes_nothing(alone):
    peopled(alone)
    over(alone)
    plan = approved(alone)
    first = finished(alone, plan)
    batches = DestructionBatch.objects.count()
    assert running.destroy_rows(plan, now=LATER, tell=lambda *_: None) == 0
    assert finished(alone, plan) == first
    assert DestructionBatch.objects.count() == batches


def test_a_run_killed_in_the_middle_goes_on_and_nobody_is_half_gone(alone, datong):
    peopled(alone, 40)
    over(alone)
    plan = approved(alone)
    running.begin(plan, actor=system(alone), now=LATER)
    before = Person.objects.count()
    script = (
        "import django; django.setup()\n"
        "from uuid import UUID\n"
        "from datetime import datetime\n"
        "from fugong.core.ending import running\n"
        "from fugong.core.ending.models import DestructionPlan\n"
        "from fugong.core.tenancy import acting_for\n"
        "import os, signal\n"
        "seen = []\n"
        "def tell(what, done, total):\n"
        "    seen.append(done)\n"
        "    if done >= 7: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"with acting_for(UUID('{alone.authority_id}')):\n"
        f"    plan = DestructionPlan.objects.get(id='{plan.id}')\n"
        "    now = datetime.fromisoformat('2022-06-27T10:00+08:00')\n"
        "    running.destroy_rows(plan, now=now, tell=tell, at_a_time=7)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], env=environment(datong), cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    left = Person.objects.count()
    assert 0 < left < before
    assert Employment.objects.filter(person__isnull=True).count() == 0
    assert Employment.objects.values("person").distinct().count() == left
    certificate = finished(alone, plan)
    assert not Person.objects.exists()
    gone = {row["model"]: row["rows"] for row in certificate.statement["rows"]}
    assert gone["people.Person"] == before
    assert verifying.verify(certificate).is_good


def test_a_bulletin_that_counted_people_is_held_to_the_sealed_total(alone, counting_people):
    people_there = Person.objects.count() + len(peopled(alone))
    bulletin = compose_one(alone)
    keys = [row.key for row in bulletin.figures.all() if row.figure["source"] == counting_people]
    assert keys
    assert {row.figure["value"] for row in bulletin.figures.all() if row.key in keys} == {str(people_there)}
    over(alone)
    plan = approved(alone)
    finished(alone, plan)
    verdict = queries.verify(bulletin)
    found = {each.key: (each.finding, each.certificate) for each in verdict.figures}
    assert verdict.is_good
    assert all(found[key] == (Finding.SEALED, plan.number) for key in keys)
    assert verdict.certificates == (plan.number,)
    assert verdict.wording is Finding.SAME


@pytest.fixture
def own_keys(alone, datong, tmp_path, monkeypatch):
    """A keys folder of this test's own, with the keys of the case in it."""
    shutil.copytree(datong.home / "keys", tmp_path / "keys")
    monkeypatch.setenv("FUGONG_KEYS", str(tmp_path / "keys"))
    sealed.forget_opened_keys()
    yield tmp_path / "keys"
    sealed.forget_opened_keys()


@pytest.fixture
def copied(alone, own_keys):
    """What a backup of the database holds: its state before the destruction, to be brought back."""
    peopled(alone)
    for connection in connections.all():
        connection.close()
    name = f"{connections['default'].settings_dict['NAME']}_copy"
    server.copy_of(connections["default"].settings_dict["NAME"], name)
    with acting_for(None), acting_for(alone.authority_id):
        over(alone)
        yield name
    for connection in connections.all():
        connection.close()
    server.drop(name)


def readable_in(name: str, case: Case) -> str:
    before = connections["default"].settings_dict["NAME"]
    sealed.forget_opened_keys()
    server.point_at(name)
    try:
        with acting_for(None), acting_for(case.authority_id):
            return str(Person.objects.order_by("recorded_at").last().document)
    finally:
        server.point_at(before)
        sealed.forget_opened_keys()


def test_an_older_copy_opens_while_its_master_key_is_here_and_that_is_said(alone, copied):
    certificate = finished(alone, approved(alone))
    assert len(readable_in(copied, alone)) == 18
    with acting_for(None), acting_for(alone.authority_id):
        assert verifying.verify(certificate).is_good


def test_an_older_copy_brought_back_opens_no_more_once_the_masters_are_retired(alone, copied, own_keys):
    finished(alone, approved(alone))
    seal_all(alone.authority_id, now=LATER)
    (old,) = retiring.retire_masters([alone.authority_id], now=LATER)
    with pytest.raises(sealed.KeyLost):
        readable_in(copied, alone)
    with acting_for(None), acting_for(alone.authority_id):
        assert str(Enterprise.objects.exclude(contact_name="").first().contact_phone)
        seal_all(alone.authority_id, now=LATER)
        trail = verify_trail(alone.authority_id)
    assert (trail.is_intact, trail.unproven) == (True, 0)
    assert old not in sealed.key_ring().keys
    assert [path.name for path in own_keys.glob("master-*")] == ["master-0002.key"]


def test_what_others_need_stays_and_the_keys_with_it(alone):
    """Contacts of enterprises and telephones of users outlive the files of people."""
    peopled(alone)
    over(alone)
    plan = approved(alone)
    finished(alone, plan)
    assert DataKey.objects.filter(data_class="person", destroyed_at=None).count() == 0
    assert DataKey.objects.filter(data_class="contact", destroyed_at=None).exists()
    making.registered(Enterprise.objects.order_by("credit_code").first(), now=LATER)
    assert data_of(Person.objects.get()).phone == "13855400001"


def test_only_what_is_past_its_end_goes_by_its_own_date(alone):
    """Somebody who left half a year ago goes, whoever works stays."""
    gone, stays = peopled(alone, 4)[:2]
    day = NOW.date()
    people.end_employment(gone.id, on=day, actor=system(alone), now=NOW + timedelta(hours=1))
    half_a_year = NOW + timedelta(days=181)
    before = Person.objects.count()
    contents = draw_up(Mode.DUE, alone.authority_id, today=half_a_year.date())
    assert {part.model: part.rows for part in contents.parts if part.retention == "person"} == {
        "people.Person": 1
    }
    plan = plan_destruction(Mode.DUE, actor=system(alone), now=half_a_year)
    for permission, name in ((SECURITY, "Sun"), (AUDIT, "Ai")):
        approving.approve(
            plan.id, witnesses=["陈某"], actor=officer(alone, permission, name), now=half_a_year
        )
    certificate = finished(alone, plan)
    assert Person.objects.count() == before - 1
    assert not Employment.objects.filter(person_id=gone.id).exists()
    assert len(data_of(Person.objects.get(id=stays.id)).document) == 18
    assert certificate.statement["keys"] == []
    assert DataKey.objects.filter(data_class="person", purpose="seal", retired_at=None).count() == 1
    assert verifying.verify(certificate).is_good


def test_a_key_of_a_period_past_its_end_is_shredded_and_the_living_stay_readable(alone):
    made = peopled(alone, 4)
    entry = AuditEntry.objects.filter(action="people.register", subject_id=str(made[0].id)).get()
    sealed.rotate(alone.authority_id, "person", now=NOW + timedelta(hours=3))
    people.end_employment(made[1].id, on=NOW.date(), actor=system(alone), now=NOW + timedelta(hours=4))
    later = NOW + timedelta(days=200)
    plan = plan_destruction(Mode.DUE, actor=system(alone), now=later)
    assert [key.data_class for key in contents_of(plan).keys] == ["person"]
    for permission, name in ((SECURITY, "Sun"), (AUDIT, "Ai")):
        approving.approve(plan.id, witnesses=["陈某"], actor=officer(alone, permission, name), now=later)
    finished(alone, plan)
    sealed.forget_opened_keys()
    assert len(data_of(Person.objects.get(id=made[0].id)).document) == 18
    with pytest.raises(sealed.KeyDestroyed):
        opened_changes(entry.changes, authority_id=alone.authority_id)


def test_nothing_goes_that_two_people_did_not_approve(alone):
    peopled(alone)
    over(alone)
    plan = plan_destruction(Mode.EMERGENCY, actor=system(alone), now=LATER)
    with pytest.raises(Conflict):
        running.begin(plan, actor=system(alone), now=LATER)
    sun = officer(alone, SECURITY, "Sun")
    approving.approve(plan.id, witnesses=["陈某"], actor=sun, now=LATER)
    with pytest.raises(Conflict):
        approving.approve(plan.id, witnesses=["陈某"], actor=officer(alone, SECURITY, "Shi"), now=LATER)
    with pytest.raises(Conflict):
        running.begin(plan, actor=system(alone), now=LATER)
    both = Actor(new_id(), alone.authority_id, "Wu", frozenset({SECURITY, AUDIT}), all_areas=True)
    with pytest.raises(NotPermitted):
        approving.approve(plan.id, witnesses=["陈某"], actor=both, now=LATER)
    with pytest.raises(NotPermitted):
        approving.approve(plan.id, witnesses=["陈某"], actor=system(alone), now=LATER)
    for wrong in ([], ["  "], ["Ai"]):
        with pytest.raises(Invalid):
            approving.approve(plan.id, witnesses=wrong, actor=officer(alone, AUDIT, "Ai"), now=LATER)
    assert Person.objects.exists()


def test_what_was_written_since_the_approval_is_not_destroyed_by_it(alone):
    peopled(alone)
    over(alone)
    plan = approved(alone)
    making.registered(Enterprise.objects.order_by("credit_code").first(), now=LATER)
    with pytest.raises(Conflict) as refused:
        running.begin(plan, actor=system(alone), now=LATER)
    assert refused.value.code == "overtaken"


def test_the_application_itself_cannot_destroy_anything(alone, monkeypatch):
    peopled(alone)
    over(alone)
    plan = approved(alone)
    running.begin(plan, actor=system(alone), now=LATER)
    for module in (running, ledger, days):
        monkeypatch.setattr(module, "OWNER", "default")
    before = Person.objects.count()
    with pytest.raises(running.NotTheOwner):
        running.destroy_rows(plan, now=LATER, tell=lambda *_: None)
    assert Person.objects.count() == before


TAMPERED = {
    "a batch": "update core_destructionbatch set rows = rows + 1 where position = 2",
    "a batch gone": "delete from core_destructionbatch where position = 2",
    "a word": "update core_destructioncertificate set statement = jsonb_set(statement, '{number}', '9')",
    "the digest": "update core_destructioncertificate set digest = repeat('0', 64)",
    "the signature": "update core_destructioncertificate set signature = decode(repeat('00', 64), 'hex')",
    "the plan": "update core_destructionplan set as_of = as_of + 1",
    "an approval": "delete from core_destructionapproval where side = 'audit'",
    "the totals": "update core_destructionstart set totals = '{}'",
    "a key": "update core_datakey set destroyed_at = null where data_class = 'person'",
}


def test_a_certificate_that_was_tampered_with_does_not_hold(alone):
    peopled(alone)
    over(alone)
    certificate = finished(alone, approved(alone))
    wrong = []
    for what, statement in TAMPERED.items():
        with as_owner(alone), transaction.atomic():
            with connections["default"].cursor() as cursor:
                cursor.execute("select set_config('fugong.authority', %s, false)", [str(alone.authority_id)])
                cursor.execute(statement)
                assert cursor.rowcount, what
            if verifying.verify(verifying.find_certificate(alone.authority_id, 1)).is_good:
                wrong.append(what)
            transaction.set_rollback(True)
    assert wrong == []
    with acting_for(None), acting_for(alone.authority_id):
        assert verifying.verify(certificate).is_good


@contextmanager
def as_owner(case: Case):
    """In the hands of the tables' owner, whom grants do not stop."""
    connections["default"].close()
    connections["default"].settings_dict["USER"] = roles.OWNER
    try:
        with acting_for(None), acting_for(case.authority_id):
            yield
    finally:
        connections["default"].close()
        connections["default"].settings_dict["USER"] = roles.APP


def test_the_totals_that_stay_tell_of_no_small_group(alone):
    peopled(alone, 12)
    over(alone)
    plan = approved(alone)
    finished(alone, plan)
    totals = plan.start.totals["people.province"]
    assert all(line["number"] is None or line["number"] >= 5 for line in totals)
    assert any(line["number"] for line in totals) or all(line["number"] is None for line in totals)


def compose_one(case: Case):
    moment = NOW + timedelta(hours=1)
    draft = operations.compose_bulletin(NOW.date(), actor=case.actor("headquarters"), now=moment)
    operations.publish_bulletin(draft.id, actor=case.actor("commander"), now=moment + timedelta(minutes=1))
    return draft


def environment(datong):
    where, name = server.address(), connections["default"].settings_dict["NAME"]
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "fugong.settings.base",
        "FUGONG_DATABASE_URL": ConnectionInfo(where["host"], int(where["port"]), name, roles.APP).url(),
        "FUGONG_OWNER_DATABASE_URL": ConnectionInfo(
            where["host"], int(where["port"]), name, roles.OWNER
        ).url(),
        "FUGONG_HOME": str(datong.home),
        "FUGONG_CLOCK": LATER.isoformat(),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": str(ROOT),
    }

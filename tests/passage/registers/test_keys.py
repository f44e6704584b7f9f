from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest

from fugong.core.audit.models import AuditEntry
from fugong.core.ids import new_id
from fugong.core.operation import operation
from fugong.core.refusals import Conflict, NotFound, NotPermitted
from fugong.core.secrets import keys_folder
from fugong.core.signing import is_signed
from fugong.passage.models import CodeKey
from fugong.passage.operations.keys import ensure_key, rotate_keys, withdraw_key
from fugong.passage.queries.keys import code_secrets, last_withdrawn, list_keys, public_keys
from fugong.passage.rules.keys import LONGEST
from tests.accounts import making as accounts
from tests.passage.registers import making
from tests.passage.registers.making import NOW


def ensured(at, now=NOW):
    with operation("passage.test", actor=making.system(at), now=now) as op:
        found = ensure_key(op=op)
        op.audit(None, {})
        return found


def test_ensure_key_when_there_is_none_makes_the_first_and_says_so(at):
    key = ensured(at)
    assert key.number == 1
    entry = AuditEntry.objects.get(subject_kind="passage.codekey")
    assert entry.changes == {"number": 1, "key": key.signing.id, "retired": []}


def test_ensure_key_when_there_is_one_gives_it_again(at):
    assert ensured(at).signing.id == ensured(at).signing.id
    assert CodeKey.objects.count() == 1


def test_ensure_key_when_its_private_half_was_lost_makes_another(at, settings):
    first = ensured(at)
    for file in keys_folder(settings.FUGONG_HOME).glob("gate-*.key"):
        file.unlink()
    second = ensured(at)
    assert (second.number, second.signing.id != first.signing.id) == (2, True)
    assert CodeKey.objects.get(number=1).retired_at == NOW
    assert set(code_secrets(at.authority.id)) == {2}
    assert set(public_keys(at.authority.id)) == {1, 2}


def test_key_in_use_when_it_signs_is_checked_by_what_the_queries_give(at):
    key = ensured(at)
    public = public_keys(at.authority.id)[key.number]
    assert is_signed(b"said", key.signing.sign(b"said"), public)
    assert code_secrets(at.authority.id) == {key.number: key.secret}
    assert sha256(public).hexdigest().startswith(key.row.signing)


def test_rotate_keys_when_asked_takes_the_next_and_keeps_the_old_for_its_codes(at):
    first, admin = ensured(at), making.keeper(at.park)
    second = rotate_keys(actor=admin, now=NOW + timedelta(days=1))
    assert (first.number, second.number, second.retired_at) == (1, 2, None)
    assert ensured(at).number == 2
    assert set(code_secrets(at.authority.id)) == {1, 2}
    assert [key.number for key in list_keys(admin)] == [2, 1]


def test_rotate_keys_when_not_permitted_makes_none(at):
    stranger = making.keeper(at.park, without="passage.keys")
    with pytest.raises(NotPermitted):
        rotate_keys(actor=stranger, now=NOW)
    with pytest.raises(NotPermitted):
        list_keys(stranger)
    assert not CodeKey.objects.exists()


def test_withdraw_key_when_others_may_have_it_then_nothing_it_signed_is_known_and_the_next_is_another(at):
    first, admin = ensured(at), making.keeper(at.park)
    later = NOW + timedelta(days=1)
    row = withdraw_key(first.row.id, actor=admin, now=later)
    assert (row.retired_at, row.withdrawn_at) == (later, later)
    assert code_secrets(at.authority.id) == public_keys(at.authority.id) == {}
    assert last_withdrawn(at.authority.id) == later
    assert ensured(at, later).number == 2
    assert set(code_secrets(at.authority.id)) == set(public_keys(at.authority.id)) == {2}
    entry = AuditEntry.objects.get(action="passage.withdraw_key")
    assert (entry.subject_id, entry.changes["number"]) == (str(first.row.id), 1)


def test_withdraw_key_when_retired_before_keeps_when_and_the_one_in_use(at):
    first, admin = ensured(at), making.keeper(at.park)
    rotate_keys(actor=admin, now=NOW + timedelta(days=1))
    row = withdraw_key(first.row.id, actor=admin, now=NOW + timedelta(days=2))
    assert row.retired_at == NOW + timedelta(days=1)
    assert ensured(at).number == 2
    with pytest.raises(Conflict):
        withdraw_key(first.row.id, actor=admin, now=NOW + timedelta(days=3))


def test_withdraw_key_when_its_number_comes_round_again_the_new_one_is_good(at):
    """After a year no code bears the number of the old one any more."""
    withdraw_key(ensured(at).row.id, actor=making.system(at), now=NOW)
    CodeKey.objects.bulk_create(
        CodeKey(
            authority=at.authority, number=number, signing="0" * 16, public=b"", made_at=NOW, retired_at=NOW
        )
        for number in range(2, 256)
    )
    again = rotate_keys(actor=making.system(at), now=NOW + LONGEST)
    assert (again.number, again.withdrawn_at) == (1, None)
    assert 1 in code_secrets(at.authority.id)


def test_withdraw_key_when_not_permitted_or_not_there_changes_nothing(at):
    key = ensured(at).row.id
    with pytest.raises(NotPermitted):
        withdraw_key(key, actor=making.keeper(at.park, without="passage.keys"), now=NOW)
    with pytest.raises(NotFound):
        withdraw_key(new_id(), actor=making.keeper(at.park), now=NOW)
    assert last_withdrawn(at.authority.id) is None


def test_rotate_keys_when_all_numbers_may_stand_in_codes_refuses(at):
    CodeKey.objects.bulk_create(
        CodeKey(
            authority=at.authority, number=number, signing="0" * 16, public=b"", made_at=NOW, retired_at=NOW
        )
        for number in range(1, 256)
    )
    with pytest.raises(Conflict):
        rotate_keys(actor=making.system(at), now=NOW + LONGEST - timedelta(seconds=1))
    again = rotate_keys(actor=making.system(at), now=NOW + LONGEST)
    assert (again.number, CodeKey.objects.count()) == (1, 255)
    assert CodeKey.objects.get(number=1).signing == again.signing != "0" * 16


def test_code_secrets_when_asked_for_another_authority_are_not_ours(at):
    ensured(at)
    other = accounts.authority("south")
    assert code_secrets(other.id) == {}
    assert public_keys(other.id) == {}

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from fugong.core.audit.models import AuditEntry
from fugong.core.ids import new_id
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.core.tenancy import acting_for
from fugong.passage.choices import DeviceEnd, DeviceKind
from fugong.passage.models import GateDevice
from fugong.passage.operations.devices import (
    BadPairing,
    change_device,
    end_device,
    name_device,
    pair,
    pair_anew,
)
from fugong.passage.operations.gates import close_gate
from fugong.passage.queries.devices import (
    devices_at,
    devices_of,
    gate_address,
    get_device,
    list_devices,
    list_key_of,
)
from fugong.passage.rules.pairing import Pairing
from tests.accounts import making as accounts
from tests.enterprises import making as register
from tests.passage.registers import making
from tests.passage.registers.making import NOW, door, road
from tests.racing import at_once

SOON = NOW + timedelta(minutes=14)


def named(at, *gates, label="门卫手机", actor=None):
    chosen = [gate.id for gate in gates]
    return name_device(label, DeviceKind.PHONE, chosen, actor=actor or at.bo, now=NOW)


def test_name_device_when_all_gates_are_one_enterprises_is_the_enterprises(at):
    device = named(at, door(at.firm), door(at.firm, "西门")).device
    assert (device.gates, device.enterprise_id) == ([1, 2], at.firm.id)
    mixed = named(at, door(at.neighbour), road(at.park), label="岗亭", actor=at.ann).device
    assert (mixed.gates, mixed.enterprise_id) == ([3, 4], None)


def test_name_device_when_kept_keeps_neither_code_nor_token(at):
    made = named(at, door(at.firm))
    stored = GateDevice.objects.get()
    assert bytes(stored.pairing_hash) != made.pairing.code.encode()
    assert made.pairing.code not in str(AuditEntry.objects.get(action="passage.name_device").changes)
    assert stored.token_hash is None
    assert devices_of(at.authority.id) == []


def test_name_device_when_it_cannot_be_refuses(at):
    gate, shut = door(at.firm), door(at.firm, "西门")
    close_gate(shut.id, actor=at.bo, now=NOW)
    for gates, label, field in (([], "手机", "gates"), ([gate], " ", "label"), ([gate], "机" * 61, "label")):
        with pytest.raises(Invalid) as refused:
            named(at, *gates, label=label)
        assert list(refused.value.fields) == [field]
    with pytest.raises(NotFound):
        named(at, shut)
    with pytest.raises(NotPermitted):
        named(at, gate, actor=making.contact(at.neighbour))
    named(at, gate)
    with pytest.raises(Conflict):
        named(at, gate)
    assert GateDevice.objects.count() == 1


def test_pair_when_the_code_is_right_gives_the_token_that_the_gate_process_knows(at):
    made = named(at, door(at.firm))
    paired = pair(Pairing.parse(str(made.pairing)), now=SOON)
    (known,) = devices_of(at.authority.id)
    assert known.token_hash == hashlib.sha256(paired.token.encode()).digest()
    assert (known.id, known.gates, known.kind) == (made.device.id, frozenset({1}), "phone")
    assert devices_of(at.authority.id, ids=[made.device.id]) == [known]
    assert devices_of(at.authority.id, ids=[new_id()]) == []
    assert paired.token not in str(AuditEntry.objects.get(action="passage.pair_device").changes)


def test_pair_when_typed_without_the_qr_finds_the_authority(at):
    accounts.authority("another")
    made = named(at, door(at.firm))
    with acting_for(None):
        paired = pair(Pairing(made.pairing.code), now=SOON)
    assert paired.device.id == made.device.id


def test_pair_when_used_once_opens_nothing_again(at):
    made = named(at, door(at.firm))
    pair(made.pairing, now=SOON)
    with pytest.raises(BadPairing):
        pair(made.pairing, now=SOON)


def test_pair_when_two_use_the_code_at_once_gives_one_token(committed_db, settings, tmp_path):
    settings.FUGONG_HOME = tmp_path
    authority = accounts.authority()
    with acting_for(authority.id):
        firm = register.registered(register.park(authority))
        gate = door(firm)
        made = name_device("手机", DeviceKind.PHONE, [gate.id], actor=making.contact(firm), now=NOW)
    outcomes = at_once(*[lambda: pair(made.pairing, now=SOON)] * 4)
    assert sorted(type(each).__name__ for each in outcomes) == [*["BadPairing"] * 3, "Paired"]


def test_pair_when_late_wrong_elsewhere_or_ended_opens_nothing(at):
    made = named(at, door(at.firm))
    for pairing, now in (
        (made.pairing, NOW + timedelta(minutes=15)),
        (Pairing("23456789", at.authority.id), SOON),
        (Pairing(made.pairing.code, new_id()), SOON),
        (Pairing(made.pairing.code, accounts.authority("south").id), SOON),
    ):
        with pytest.raises(BadPairing):
            pair(pairing, now=now)
    end_device(made.device.id, DeviceEnd.LOST, actor=at.bo, now=NOW)
    with pytest.raises(BadPairing):
        pair(made.pairing, now=SOON)


def test_pair_anew_when_used_ends_the_former_token_and_not_before(at):
    made = named(at, door(at.firm))
    first = pair(made.pairing, now=SOON)
    again = pair_anew(made.device.id, actor=at.ann, now=SOON)
    assert [each.token_hash for each in devices_of(at.authority.id)] == [
        hashlib.sha256(first.token.encode()).digest()
    ]
    second = pair(again.pairing, now=SOON)
    assert [each.token_hash for each in devices_of(at.authority.id)] == [
        hashlib.sha256(second.token.encode()).digest()
    ]


def test_change_device_when_moved_stands_at_the_other_gates(at):
    gate, other = door(at.firm), door(at.firm, "西门")
    made = named(at, gate)
    moved = change_device(made.device.id, [other.id], actor=at.bo, now=NOW)
    assert moved.gates == [other.number]
    assert devices_at(gate) == []
    assert devices_at(other) == [moved]
    with pytest.raises(Invalid):
        change_device(made.device.id, [], actor=at.bo, now=NOW)
    with pytest.raises(NotPermitted):
        change_device(made.device.id, [door(at.neighbour).id], actor=at.bo, now=NOW)


def test_end_device_when_lost_is_known_no_more(at):
    made = named(at, door(at.firm))
    pair(made.pairing, now=SOON)
    end_device(made.device.id, DeviceEnd.LOST, actor=at.bo, now=SOON)
    assert devices_of(at.authority.id) == []
    assert AuditEntry.objects.get(action="passage.end_device").changes["why"] == "lost"
    with pytest.raises(Conflict):
        end_device(made.device.id, DeviceEnd.LOST, actor=at.bo, now=SOON)
    with pytest.raises(Conflict):
        pair_anew(made.device.id, actor=at.bo, now=SOON)
    assert named(at, door(at.firm, "西门")).device.label == "门卫手机"


def test_end_device_when_not_permitted_or_not_there_refuses(at):
    made = named(at, door(at.firm))
    with pytest.raises(NotPermitted):
        end_device(made.device.id, DeviceEnd.LOST, actor=making.contact(at.neighbour), now=NOW)
    with pytest.raises(NotFound):
        end_device(new_id(), DeviceEnd.LOST, actor=at.bo, now=NOW)


def test_list_devices_when_asked_by_each_shows_only_theirs(at):
    own = named(at, door(at.firm)).device
    street = named(at, road(at.park), label="岗亭", actor=at.ann).device
    away = named(at, door(at.far), label="远", actor=making.system(at)).device
    assert set(list_devices(at.bo)) == {own}
    assert set(list_devices(at.ann)) == {own, street}
    assert set(list_devices(making.system(at))) == {own, street, away}
    with pytest.raises(NotFound):
        get_device(at.bo, street.id)


def test_list_key_of_each_device_is_its_own(settings):
    one, other = new_id(), new_id()
    assert len(list_key_of(one)) == 32
    assert list_key_of(one) == list_key_of(one) != list_key_of(other)
    before = list_key_of(one)
    settings.SECRET_KEY = "another"
    assert list_key_of(one) != before


@pytest.mark.parametrize(
    ("public", "own", "address"),
    [
        ("http://park.example:8000", "", "http://park.example:8100"),
        ("https://park.example", "", "https://park.example:8100"),
        ("https://park.example", "https://gate.park.example", "https://gate.park.example"),
    ],
)
def test_gate_address_without_a_setting_is_the_same_host(settings, public, own, address):
    settings.FUGONG_PUBLIC_URL, settings.FUGONG_GATE_URL, settings.FUGONG_GATE_PORT = public, own, 8100
    assert gate_address() == address

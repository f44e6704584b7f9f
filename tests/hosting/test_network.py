"""Which of a machine's addresses a phone is told."""

from __future__ import annotations

import pytest

from fugong.hosting.network import arranged, lan_addresses

FOUND = [
    ("lo", "127.0.0.1"),
    ("docker0", "172.17.0.1"),
    ("br-1f2e3d", "172.18.0.1"),
    ("virbr0", "192.168.122.1"),
    ("eth1", "169.254.3.4"),
    ("eth0", "59.110.3.4"),
    ("wlan0", "192.168.7.5"),
    ("wlan0", "192.168.7.5"),
    ("eth2", "10.20.30.40"),
]


def test_private_addresses_of_real_networks_come_first():
    assert arranged(FOUND, outward=None) == ["192.168.7.5", "10.20.30.40", "59.110.3.4"]


def test_the_one_on_the_way_out_is_the_first():
    assert arranged(FOUND, outward="10.20.30.40") == ["10.20.30.40", "192.168.7.5", "59.110.3.4"]


def test_a_machine_without_a_network_has_none():
    assert arranged(FOUND[:5], outward=None) == []


@pytest.mark.loopback
@pytest.mark.enable_socket
def test_this_machine_can_be_asked():
    assert "127.0.0.1" not in lan_addresses()
    assert all(address.count(".") == 3 for address in lan_addresses())

"""What is told to devices that listen: a level that changed is at the gate within a second or two."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from fugong.passage.ingest.http import STREAM, Connection, Slot
from fugong.passage.ingest.known import Device
from fugong.passage.ingest.lists import Lists
from fugong.passage.ingest.messages import written
from fugong.passage.rules.restrictions import name_in_list

HEAD: Final = (
    STREAM + b"\r\nCache-Control: no-store\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n"
)
OPEN: Final = b"event: open\ndata: %d\n\n"
"""With the version of the state: whoever has an older one has missed something and asks for it again."""
BREATH: Final = b": here\n\n"
WHOLE: Final = b"event: state\ndata: {}\n\n"
MOST_SINGLY: Final = 200
"""More changes at once than that, and a device asks for the whole again."""


class Streams:
    """Of one authority."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._listening: dict[Connection, Device] = {}

    def open(self, device: Device, slot: Slot) -> None:
        slot.fill_raw(HEAD + OPEN % self._lists.version)
        self._listening[slot.connection] = device

    def breathe(self) -> None:
        """So that a network between does not take a silent line for a dead one."""
        self._send_all(BREATH)

    def tell_whole(self) -> None:
        """What is sent has changed."""
        self._send_all(WHOLE)

    def tell_people(self, subjects: Collection[bytes]) -> None:
        if len(subjects) > MOST_SINGLY:
            self._lists.forget()
            self.tell_whole()
            return
        self._lists.change(subjects)
        for connection, device in self._alive():
            told = [self._change(subject, device) for subject in subjects]
            connection.send(b"".join(told))

    def keep_only(self, devices: Collection[bytes]) -> None:
        """By their ids: whoever was ended hears no more."""
        for connection, device in self._alive():
            if device.id.bytes not in devices:
                connection.hang_up()
                del self._listening[connection]

    def _change(self, subject: bytes, device: Device) -> bytes:
        """What the device is told; to fetch the whole where its list is none of those that are kept."""
        name = name_in_list(device.list_key, subject)
        told = b""
        for number in device.gates:
            gate = device.state.gates.get(number)
            if gate is not None:
                steps = self._lists.steps(subject, gate.rules)
                if steps is None:
                    return WHOLE
                told += b"event: change\ndata: %b\n\n" % written(
                    {"gate": number, "name": name, "steps": steps}
                )
        return told

    def _send_all(self, told: bytes) -> None:
        for connection, _device in self._alive():
            connection.send(told)

    def _alive(self) -> list[tuple[Connection, Device]]:
        for connection in [each for each in self._listening if not each.is_open]:
            del self._listening[connection]
        return list(self._listening.items())

"""A reminder leaves as a real mail, to a server of this test's own."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from threading import Thread

import pytest

from fugong.core.tenancy import acting_for
from fugong.duties import operations
from fugong.duties.choices import owed_by_user
from fugong.duties.models import Message
from tests.accounts import making as people
from tests.duties.making import owe
from tests.duties.test_reminders import SOON

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    pytest.mark.django_db,
    # apprise looks for a module that Python 3.13 no longer has, and brings its own then.
    pytest.mark.filterwarnings("ignore:.imghdr. is deprecated:DeprecationWarning"),
]


class _Talk(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as one mail needs."""

    def handle(self) -> None:
        self._say("220 here")
        for line in self.rfile:
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self._say("354 go on")
                lines = list(iter(self.rfile.readline, b".\r\n"))
                self.server.mails.append(b"".join(lines))  # type: ignore[attr-defined]
            if verb == b"RCPT":
                self.server.receivers.append(line)  # type: ignore[attr-defined]
            self._say("221 bye" if verb == b"QUIT" else "250 fine")
            if verb == b"QUIT":
                return

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mails: list[bytes] = []
        self.receivers: list[bytes] = []


@pytest.fixture
def post_office() -> Iterator[_Server]:
    with _Server() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_remind_when_by_mail_then_it_arrives_with_what_is_owed_by_when(post_office, settings):
    port = post_office.server_address[1]
    settings.FUGONG_REMINDERS = [
        f"mailto://127.0.0.1:{port}?from=fugong@zone.example&to={{username}}@zone.example&mode=insecure"
    ]
    north = people.authority()
    with acting_for(north.id):
        ann = people.user(north, "ann", name="安")
        owe(people.acting(ann), owner=owed_by_user(ann.id), remind_at=[SOON])
        assert operations.remind_due(north.id, now=SOON) == 1
        assert Message.objects.get().sent_at == SOON
    (mail,) = post_office.mails
    assert b"ann@zone.example" in post_office.receivers[0]
    read = message_from_bytes(mail)
    assert str(make_header(decode_header(read["Subject"]))).startswith("安")
    parts = [part.get_payload(decode=True) for part in read.walk() if not part.is_multipart()]
    assert any("Enterprise 1" in bytes(part).decode() for part in parts if isinstance(part, bytes))


def test_remind_when_the_mail_server_is_away_then_the_message_waits(settings):
    settings.FUGONG_REMINDERS = ["mailto://127.0.0.1:9?from=a@zone.example&to=b@zone.example&mode=insecure"]
    north = people.authority()
    with acting_for(north.id):
        ann = people.user(north, "ann")
        owe(people.acting(ann), owner=owed_by_user(ann.id), remind_at=[SOON])
        assert operations.remind_due(north.id, now=SOON) == 0
        assert (Message.objects.get().sent_at, Message.objects.get().tries) == (None, 1)

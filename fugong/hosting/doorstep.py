"""Plain HTTP beside HTTPS: how to come to trust the local authority, and the way to the real address.

It knows nothing but one page and one certificate, both public. A process of its own:
`python -m fugong.hosting.doorstep '{"address": …}'`.
"""

from __future__ import annotations

import json
import socket
import ssl
import sys
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


def command(*, page: str, authority: Path, url: str, address: str, port: int) -> list[str]:
    options = {"page": page, "authority": str(authority), "url": url, "address": address, "port": port}
    return [sys.executable, "-m", "fugong.hosting.doorstep", json.dumps(options)]


class Doorstep(BaseHTTPRequestHandler):
    timeout = 10  # seconds for a caller who says nothing
    server_version = "Fugong"
    sys_version = ""

    def __init__(self, *arguments: Any, page: bytes, certificate: bytes, url: str) -> None:
        self._page, self._certificate, self._url = page, certificate, url
        super().__init__(*arguments)

    def do_GET(self) -> None:
        match self.path.partition("?")[0]:
            case "/":
                self._answer(self._page, "text/html; charset=utf-8")
            case "/ca.crt":
                self._answer(self._certificate, "application/x-x509-ca-cert")
            case _:
                self.send_response(HTTPStatus.FOUND)
                self.send_header("Location", self._url)
                self.send_header("Content-Length", "0")
                self.end_headers()

    do_HEAD = do_GET

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing: who looks at a public page is nobody's business."""

    def _answer(self, content: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)


class _SixServer(ThreadingHTTPServer):
    address_family = socket.AF_INET6


def main(options: dict[str, Any]) -> None:
    # Phones take the binary form; some know no other.
    certificate = ssl.PEM_cert_to_DER_cert(Path(options["authority"]).read_text())
    handler = partial(Doorstep, page=options["page"].encode(), certificate=certificate, url=options["url"])
    kind = _SixServer if ":" in options["address"] else ThreadingHTTPServer
    with kind((options["address"], options["port"]), handler) as server:
        server.serve_forever()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))

"""How a database is named: one value for the embedded cluster and for a server given by URL."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from psycopg import pq
from psycopg.conninfo import make_conninfo

from fugong.core.postgres.faults import DatabaseFault

SCHEMES: Final = ("postgresql", "postgres")
EXAMPLE: Final = "postgresql://user:password@host:5432/database?sslmode=require"
# These have a place of their own in the URL; `host` alone may be an option: a socket directory.
NOT_OPTIONS: Final = frozenset({"port", "dbname", "user", "password"})


@dataclass(frozen=True, slots=True)
class ConnectionInfo:
    """`host` is a host name, or the directory of a Unix socket."""

    host: str
    port: int
    name: str
    user: str
    password: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict)

    def to_database(self, name: str) -> "ConnectionInfo":
        return replace(self, name=name)

    def django(self) -> dict[str, Any]:
        """An entry for Django's DATABASES."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": self.host,
            "PORT": str(self.port),
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "OPTIONS": dict(self.options),
        }

    def conninfo(self) -> str:
        """The string libpq and psycopg take."""
        return make_conninfo(
            host=self.host,
            port=self.port,
            dbname=self.name,
            user=self.user,
            password=self.password or None,
            **self.options,
        )

    def url(self) -> str:
        """The same as a URL; it holds the password."""
        secret = f":{quote(self.password, safe='')}" if self.password else ""
        options = dict(self.options)
        host = self.host
        if host.startswith("/"):
            options, host = {"host": host, **options}, ""
        elif ":" in host:
            host = f"[{host}]"
        query = f"?{urlencode(options)}" if options else ""
        user = quote(self.user, safe="")
        return f"postgresql://{user}{secret}@{host}:{self.port}/{quote(self.name, safe='')}{query}"


def parse_url(text: str, *, setting: str) -> ConnectionInfo:
    """Read a database URL. A fault names the setting and the part, never the password."""
    parts = _split(text.strip(), setting)
    options = _options(parts, setting)
    host = options.pop("host", "") or unquote(parts.hostname or "")
    name = unquote(parts.path.removeprefix("/"))
    user = unquote(parts.username or "")
    for word, value in (("host", host), ("user", user), ("database", name)):
        if not value:
            raise _fault(setting, f"names no {word}")
    return ConnectionInfo(
        host=host,
        port=parts.port or 5432,
        name=name,
        user=user,
        password=unquote(parts.password or ""),
        options=options,
    )


def _split(text: str, setting: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _fault(setting, "has a port that is no number from 1 to 65535, or more than one host") from None
    if parts.scheme not in SCHEMES:
        raise _fault(setting, "does not begin with postgresql://")
    if parts.fragment:
        raise _fault(setting, "holds a bare #; write %23 for it")
    if port == 0:
        raise _fault(setting, "has the port 0")
    return parts


def _options(parts: SplitResult, setting: str) -> dict[str, str]:
    try:
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise _fault(setting, "has a query which is not name=value&name=value") from None
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()} - NOT_OPTIONS
    for name in options:
        if name not in known:
            raise _fault(setting, f"has the option {name!r}, which PostgreSQL does not know here")
    return options


def _fault(setting: str, what: str) -> DatabaseFault:
    return DatabaseFault(f"{setting} {what}. It should look like {EXAMPLE}")

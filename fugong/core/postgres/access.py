"""Who may connect: over the socket only, and only accounts the kernel itself vouches for."""

from pathlib import Path
from typing import Final

from fugong.core.postgres.roles import APP, OWNER, SUPERUSER

# `peer` reads the caller's account from the socket: no password to keep, none to lose. It also
# holds where the 0700 directory around the socket would not.
RULES: Final = "local all all peer map=fugong\n"


def write_access_rules(root: Path, *, accounts: set[str]) -> None:
    """Beside the data directory, where the server itself cannot change them."""
    pairs = [(account, role) for account in sorted(accounts) for role in (SUPERUSER, OWNER, APP)]
    _write(root / "pg_hba.conf", RULES)
    _write(root / "pg_ident.conf", "".join(f'fugong "{account}" "{role}"\n' for account, role in pairs))


def access_settings(root: Path) -> dict[str, str]:
    return {"hba_file": str(root / "pg_hba.conf"), "ident_file": str(root / "pg_ident.conf")}


def _write(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(0o644)
    fresh.replace(path)

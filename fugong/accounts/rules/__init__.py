"""The law of accounts: names, powers kept apart, codes, guessing, cover, imports. Plain values only."""

from fugong.accounts.rules.codes import CODE_LIFE, new_code, plain_code
from fugong.accounts.rules.cover import Cover, CoverCheck, check_cover
from fugong.accounts.rules.importing import Line, Rows, UnreadableList, judge
from fugong.accounts.rules.names import is_username, plain_username, scope_fits
from fugong.accounts.rules.powers import (
    HARMLESS,
    HeldRole,
    excluded_by,
    is_administrator,
    mixes_powers,
    powers,
)
from fugong.accounts.rules.tries import Guesses, Limit, after_success, after_try

__all__ = [
    "CODE_LIFE",
    "HARMLESS",
    "Cover",
    "CoverCheck",
    "Guesses",
    "HeldRole",
    "Limit",
    "Line",
    "Rows",
    "UnreadableList",
    "after_success",
    "after_try",
    "check_cover",
    "excluded_by",
    "is_administrator",
    "is_username",
    "judge",
    "mixes_powers",
    "new_code",
    "plain_code",
    "plain_username",
    "powers",
    "scope_fits",
]

"""All writing of accounts."""

from fugong.accounts.operations.access import (
    IssuedCode,
    change_own_password,
    clear_second_factors,
    invite,
    redeem,
    reset_password,
    set_temporary_password,
)
from fugong.accounts.operations.assignments import assign, end_assignment, hand_over
from fugong.accounts.operations.counting import count_use
from fugong.accounts.operations.imports import Imported, import_users, preview_users
from fugong.accounts.operations.memberships import grant_role, revoke_role
from fugong.accounts.operations.roles import edit_role, seed_roles
from fugong.accounts.operations.sign_in import (
    Knock,
    TooManyTries,
    count_try,
    is_locked,
    record_second_factors,
    record_sign_in,
    record_sign_out,
    take_back,
    unlock,
)
from fugong.accounts.operations.users import correct, create_user, leave, return_to_work

__all__ = [
    "Imported",
    "IssuedCode",
    "Knock",
    "TooManyTries",
    "assign",
    "change_own_password",
    "clear_second_factors",
    "correct",
    "count_try",
    "count_use",
    "create_user",
    "edit_role",
    "end_assignment",
    "grant_role",
    "hand_over",
    "import_users",
    "invite",
    "is_locked",
    "leave",
    "preview_users",
    "record_second_factors",
    "record_sign_in",
    "record_sign_out",
    "redeem",
    "reset_password",
    "return_to_work",
    "revoke_role",
    "seed_roles",
    "set_temporary_password",
    "take_back",
    "unlock",
]

"""Reading users, roles, memberships and assignments; nothing here writes."""

from fugong.accounts.queries.actors import actor_of
from fugong.accounts.queries.assignments import (
    CoverageRow,
    Load,
    answering,
    check_coverage,
    list_about,
    list_answering,
    list_assignments,
    list_loads,
    list_subject_ids,
)
from fugong.accounts.queries.roles import find_role, get_membership, get_role, list_role_holders, list_roles
from fugong.accounts.queries.users import (
    UserHistory,
    find_user,
    get_user,
    list_users,
    names_of,
    own_history,
    second_factors,
    user_history,
    users_speaking_for,
    users_who_may,
    users_who_may_answer,
    users_with_role,
)

__all__ = [
    "CoverageRow",
    "Load",
    "UserHistory",
    "actor_of",
    "answering",
    "check_coverage",
    "find_role",
    "find_user",
    "get_membership",
    "get_role",
    "get_user",
    "list_about",
    "list_answering",
    "list_assignments",
    "list_loads",
    "list_role_holders",
    "list_roles",
    "list_subject_ids",
    "list_users",
    "names_of",
    "own_history",
    "second_factors",
    "user_history",
    "users_speaking_for",
    "users_who_may",
    "users_who_may_answer",
    "users_with_role",
]

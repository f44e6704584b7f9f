"""Tables of accounts, one module a noun."""

from fugong.accounts.models.assignments import Assignment
from fugong.accounts.models.memberships import Membership
from fugong.accounts.models.roles import Role
from fugong.accounts.models.sign_in import AccessCode, TryCount
from fugong.accounts.models.users import User

__all__ = ["AccessCode", "Assignment", "Membership", "Role", "TryCount", "User"]

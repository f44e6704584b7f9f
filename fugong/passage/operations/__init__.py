"""Writing of gates, codes and passages."""

from fugong.passage.operations.issuing import Issued, issue_code, revoke_codes_of

__all__ = ["Issued", "issue_code", "revoke_codes_of"]

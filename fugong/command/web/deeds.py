"""What the audit trail records, in words: each deed, what it was done to, and what it changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

DEEDS: Final[Mapping[str, Promise]] = {
    "accounts.assign": _("Say who answers for it"),
    "accounts.change_own_password": _("Change the own password"),
    "accounts.clear_second_factors": _("Remove second factors"),
    "accounts.correct": _("Correct a user"),
    "accounts.create_user": _("Add a user"),
    "accounts.edit_role": _("Change a role"),
    "accounts.end_assignment": _("End a responsibility"),
    "accounts.grant_role": _("Grant a role"),
    "accounts.hand_over": _("Hand a responsibility over"),
    "accounts.import_users": _("Import users"),
    "accounts.invite": _("Invite a user"),
    "accounts.leave": _("Record a leaving"),
    "accounts.lock": _("Lock an account"),
    "accounts.redeem_code": _("Use a one-time code"),
    "accounts.reset_password": _("Reset a password"),
    "accounts.return_to_work": _("Take a user back"),
    "accounts.revoke_role": _("Revoke a role"),
    "accounts.second_factors": _("Change the own second factors"),
    "accounts.seed_roles": _("Set up the first roles"),
    "accounts.set_temporary_password": _("Set a temporary password"),
    "accounts.sign_in": _("Sign in"),
    "accounts.sign_out": _("Sign out"),
    "accounts.unlock": _("Unlock an account"),
    "areas.add_area": _("Add an area"),
    "areas.found_authority": _("Found the authority"),
    "bulletins.compose": _("Compose a bulletin"),
    "bulletins.correct": _("Correct a bulletin"),
    "bulletins.publish": _("Publish a bulletin"),
    "duties.escalate": _("Escalate a missed duty"),
    "duties.excuse": _("Excuse a duty"),
    "duties.hand_over": _("Hand over duties"),
    "duties.release": _("Release the duties of an enterprise that left"),
    "enterprises.add_premises": _("Add premises"),
    "enterprises.end_premises": _("Give premises up"),
    "enterprises.export": _("Export a list"),
    "enterprises.import_confirm": _("Confirm an import"),
    "enterprises.import_discard": _("Discard an import"),
    "enterprises.import_expire": _("Let an import expire"),
    "enterprises.import_judged": _("Judge the rows of an import"),
    "enterprises.import_put_back": _("Put an import back"),
    "enterprises.import_read": _("Read a list to import"),
    "enterprises.import_take_over": _("Take over the rows of an import"),
    "enterprises.leave_park": _("Record that an enterprise left"),
    "enterprises.readmit": _("Take an enterprise back"),
    "enterprises.register": _("Enter an enterprise"),
    "enterprises.update": _("Change the register"),
    "files.store": _("Store a file"),
    "keys.rewrap": _("Change the master key"),
    "keys.rotate": _("Change a data key"),
    "playbooks.activate": _("Put a playbook in force"),
    "resumption.accept_unobjected": _("Accept a filing that nobody objected to"),
    "resumption.answer_item": _("Answer a checklist item"),
    "resumption.approve": _("Approve an application"),
    "resumption.attach_evidence": _("Attach evidence"),
    "resumption.change_plan": _("Change the plan"),
    "resumption.close_objected": _("Close a filing that somebody objected to"),
    "resumption.confirm_condition": _("Confirm that a condition is fulfilled"),
    "resumption.confirm_suspension": _("Confirm a suspension"),
    "resumption.decline_suspension": _("Decline a suspension"),
    "resumption.end_for_leaver": _("End what concerns an enterprise that left"),
    "resumption.give_opinion": _("Give an opinion"),
    "resumption.lapse_suspension": _("End a suspension by its date"),
    "resumption.lift_suspension": _("Lift a suspension"),
    "resumption.open_draft": _("Open a draft"),
    "resumption.open_report_duties": _("Ask for the day's reports"),
    "resumption.owe_visit_anew": _("Ask somebody else for the visit"),
    "resumption.propose_suspension": _("Propose a suspension"),
    "resumption.remove_evidence": _("Take evidence off"),
    "resumption.report_production": _("Report the day's production"),
    "resumption.sign_letter": _("Sign a letter of commitment"),
    "resumption.submit": _("Submit an application"),
    "resumption.verify": _("Verify on site"),
    "resumption.withdraw": _("Withdraw an application"),
    "support.answer": _("Answer a difficulty"),
    "support.assign": _("Assign a difficulty"),
    "support.confirm_solved": _("Confirm that a difficulty is solved"),
    "support.raise_difficulty": _("Raise a difficulty"),
    "support.send_back": _("Send a difficulty back"),
    "support.withdraw": _("Withdraw a difficulty"),
}
GROUPS: Final[Mapping[str, Promise]] = {
    "accounts.": _("Users and roles"),
    "areas.": _("Areas"),
    "bulletins.": _("Bulletins"),
    "duties.": _("Duties"),
    "enterprises.": _("Enterprises"),
    "files.": _("Files"),
    "keys.": _("Keys"),
    "playbooks.": _("Playbook"),
    "resumption.": _("Resumption of work"),
    "support.": _("Difficulties"),
}
SUBJECTS: Final[Mapping[str, Promise]] = {
    "accounts.assignment": _("Responsibility"),
    "accounts.role": _("Role"),
    "accounts.user": _("User"),
    "areas.area": _("Area"),
    "areas.authority": _("Authority"),
    "command.bulletin": _("Bulletin"),
    "core.datakey": _("Data key"),
    "core.storedfile": _("File"),
    "duties.duty": _("Duty"),
    "enterprises.enterprise": _("Enterprise"),
    "enterprises.importbatch": _p("audit", "Import"),
    "playbooks.playbookversion": _("Playbook"),
    "resumption.application": _("Application"),
    "resumption.certificate": _("Certificate"),
    "resumption.certificatekey": _("Certificate key"),
    "resumption.productionreport": _("Production report"),
    "resumption.suspension": _("Suspension"),
    "support.difficulty": _("Difficulty"),
}
CHANGES: Final[Mapping[str, Promise]] = {
    "address": _p("audit", "Address"),
    "area": _("Area"),
    "area_id": _("Area"),
    "as_of": _("As of"),
    "assigned_user": _("Handled by"),
    "at": _("When"),
    "body": _("Body"),
    "capacity_percent": _("Output in percent of normal"),
    "code": _("Code"),
    "contact_name": _("Contact"),
    "contact_phone": _("Contact's telephone"),
    "credit_code": _("Unified social credit code"),
    "data_class": _("Class of data"),
    "day": _("Day"),
    "decision": _("Decision"),
    "digest": _("Seal"),
    "due_at": _("Deadline"),
    "ends_on": _("Last day"),
    "entered_on": _("In the park since"),
    "enterprise": _("Enterprise"),
    "escalate_to": _("Escalates to"),
    "escalated_at": _("Escalated at"),
    "event": _("Event"),
    "excuse": _("Excuse"),
    "failed": _("Failed"),
    "file": _("File"),
    "from": _("From"),
    "industry": _("Industry"),
    "is_active": _("Active"),
    "key": _("Key"),
    "keys": _("Keys"),
    "kind": _("Kind"),
    "left_on": _("Left the park on"),
    "letter": _("Letter of commitment"),
    "method": _("Method"),
    "name": _p("audit", "Name"),
    "name_en": _("English name"),
    "name_zh": _("Chinese name"),
    "normal_capacity": _("Normal capacity"),
    "normal_staff": _("Normal number of staff"),
    "number": _("Number"),
    "on_post": _("People on post"),
    "opinion": _("Opinion"),
    "original_sha256": _("Fingerprint as handed in"),
    "owing": _("How many owe it"),
    "owner_user": _("Owner"),
    "parent": _("Part of"),
    "passed": _("Passed"),
    "password": _("Password"),
    "permissions": _("Permissions"),
    "phone": _("Phone"),
    "playbook_id": _("Playbook"),
    "provenance": _("Where this row comes from"),
    "purpose": _("Purpose"),
    "reason": _("Reason"),
    "revision": _("Revision"),
    "role": _("Role"),
    "roles": _("Roles"),
    "round": _("Round"),
    "route": _("Route"),
    "rows": _("Rows"),
    "sha256": _("Fingerprint"),
    "size": _("Size in bytes"),
    "size_class": _("Size class"),
    "standing": _("Standing"),
    "starts_on": _("From"),
    "state": _("State"),
    "step": _("Step"),
    "subject": _("Subject"),
    "tags": _("Tags"),
    "to": _("To"),
    "tries": _("Tries"),
    "user": _("User"),
    "username": _("User name"),
    "valid_until": _("Valid until"),
    "version": _("Version"),
    "vetoed": _("Failed on a veto check"),
    "withdrawn_at": _("Withdrawn at"),
    "wrong_tries": _("Wrong tries before"),
}


def deed(action: str) -> str | Promise:
    """In words; the code itself for a deed of a context that is no longer installed."""
    return DEEDS.get(action, action)


def subject(kind: str) -> str | Promise:
    return SUBJECTS.get(kind, kind)


def changed(key: str) -> str | Promise:
    return CHANGES.get(key, key)


def deed_choices() -> list[tuple[str | Promise, Any]]:
    """For a filter: all, all of one context, or one deed."""
    groups = [
        (label, [(prefix, _all_of(label)), *(each for each in DEEDS.items() if each[0].startswith(prefix))])
        for prefix, label in GROUPS.items()
    ]
    return [("", _("All deeds")), *groups]


def _all_of(label: Promise) -> Promise:
    return format_lazy(_("{group}: all"), group=label)

"""Which fact is answered by which job: the one table through which contexts that do not know each other work.

A handler is called after the commit, at least once, in a transaction of its own; see `fugong.core.facts`. A
fact that is not listed is for nobody yet. Renaming a handler makes it answer once more what is on its way.
"""

from __future__ import annotations

from typing import Final

from fugong.accounts import facts as accounts
from fugong.clearance import jobs as clearance
from fugong.core.facts import Registry
from fugong.duties import jobs as duties
from fugong.enterprises import facts as enterprises
from fugong.passage import jobs as passage
from fugong.people import facts as people
from fugong.resumption import jobs as resumption
from fugong.returns import jobs as returns

REACTIONS: Final[Registry] = {
    accounts.RESPONSIBILITY_CHANGED: (resumption.owe_visit_anew,),
    enterprises.ENTERPRISE_LEFT: (duties.release_enterprise, resumption.end_for_leaver),
    people.PERSON_REGISTERED: (clearance.follow_person,),
    people.PERSON_CORRECTED: (clearance.follow_person, returns.redecide_person),
    people.STAY_RECORDED: (clearance.follow_person, returns.redecide_person),
    people.EMPLOYMENT_BEGUN: (clearance.follow_person,),
    people.EMPLOYMENT_ENDED: (clearance.follow_person,),
    people.PHONE_ENDED: (passage.revoke_phone,),
    people.PEOPLE_IMPORTED: (clearance.follow_import, returns.redecide_import),
    people.FILES_MERGED: (clearance.follow_merge,),
    people.MERGE_UNDONE: (clearance.follow_merge,),
}

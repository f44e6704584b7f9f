"""Where the chain breaks, what was most likely done: by asking which links would have fitted there."""

from collections.abc import Iterator

from fugong.core.audit.chain import entry_hash, link_hash
from fugong.core.audit.models import AuditEntry, AuditLink
from fugong.core.audit.verdicts import Fault, Harm


def harm_of_link(link: AuditLink, *, previous: bytes, before_previous: bytes) -> Fault:
    """`link` does not follow the link before it, whose hash is `previous`."""
    own = bytes(link.entry_hash)
    if link_hash(before_previous, own) == bytes(link.hash):
        # It follows the last but one: the last one was pushed in between.
        between = AuditLink.objects.filter(authority_id=link.authority_id, position=link.position - 1).first()
        return Fault(Harm.INSERTED, link.position - 1, between.pk if between else None)
    later = list(_later(link))
    if any(link_hash(previous, bytes(other.entry_hash)) == bytes(other.hash) for other in later):
        # The rightful follower stands further back. Does this one have a place of its own?
        at_home = any(link_hash(bytes(other.hash), own) == bytes(link.hash) for other in later)
        return Fault(Harm.REORDERED if at_home else Harm.INSERTED, link.position, link.pk)
    return Fault(Harm.BROKEN, link.position, link.pk)


def harm_of_entry(link: AuditLink, entry: AuditEntry) -> Fault:
    """The link is in order, but the entry is not the one that was hashed for it."""
    elsewhere = AuditLink.objects.filter(authority_id=link.authority_id, entry_hash=entry_hash(entry))
    return Fault(Harm.REORDERED if elsewhere.exists() else Harm.ALTERED, link.position, entry.id)


def _later(link: AuditLink) -> Iterator[AuditLink]:
    return (
        AuditLink.objects.filter(authority_id=link.authority_id, position__gt=link.position)
        .order_by("position")
        .iterator(chunk_size=2000)
    )

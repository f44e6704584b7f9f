"""The audit trail: who did what, once and for all.

Owns the rows (written in the writer's transaction, unchained), the sealer that chains them afterwards, the
check of the chain, and the auditor's reading. The database itself refuses to change or remove a row. Does
not own what an action means: contexts name their actions. See docs/adr/0004-audit-chain.md.
"""

"""The end of data: planned, approved by two, run, certified, verified.

Owns plans, approvals, batches and certificates, and what stays of data that goes. What is kept until when is
said by `fugong.core.retention`; which sealed values a key opens, by `fugong.core.sealed`. See
docs/explanation/end-of-data.md and docs/adr/0012-end-of-data.md.
"""

"""Resumption of work: applications, on-site verification, decisions, certificates, suspension, daily
production reports.

Owns everything between an enterprise's wish to start again and the certificate on its door. Does not own
whether an
enterprise counts as resumed: that is `enterprises.Standing`, which this context writes through its operation.
"""

"""The daily health report, the incident it may open, and whether the reports can be believed.

Owns: health reports (by the worker, a crew sheet, a thermometer, a proxy) with their corrections, incidents,
the health card and the daily sheet.
Does not own: limits, symptoms and times, which are playbook data; the duty to report (duties); the level that
follows from a fever (clearance).
"""

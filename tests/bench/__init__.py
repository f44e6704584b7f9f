"""Measurements, not tests: `make bench` prints JSON lines and keeps them under bench/results/.

Everything is compared inside one run: the same page at 106 and at 10,600 enterprises, the import with a bare
COPY of the same rows.
"""

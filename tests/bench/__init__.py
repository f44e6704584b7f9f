"""Measurements, not tests: `make bench` prints JSON lines and keeps them under bench/results/.

Everything is compared inside one run: the same page at 106 and at 10,600 enterprises, the import with a bare
COPY of the same rows. Django is set up here: the processes that a measurement starts import only its module.
"""

import os

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
if not apps.ready:
    django.setup()

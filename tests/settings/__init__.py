"""Settings of the test run: the product's own, with a home that is thrown away."""

import atexit
import os
import shutil
import tempfile

home = tempfile.mkdtemp(prefix="fugong-test-")
os.mkdir(os.path.join(home, "static"))  # where collected files would lie; without it whitenoise warns
atexit.register(shutil.rmtree, home, ignore_errors=True)
os.environ["FUGONG_HOME"] = home
os.environ.pop("FUGONG_DATABASE_URL", None)
os.environ.pop("FUGONG_KEYS", None)
os.environ.pop("FUGONG_CLOCK", None)

from fugong.settings.base import *  # noqa: E402, F403

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

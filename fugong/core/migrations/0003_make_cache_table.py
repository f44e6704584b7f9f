"""The table of Django's cache (counters of guesses, by hashed key): the application may not make tables."""

from django.db import migrations

MAKE = [
    """
    create table core_cache (
        cache_key varchar(255) primary key, value text not null, expires timestamp with time zone not null
    )
    """,
    "create index core_cache_expires on core_cache (expires)",
]


class Migration(migrations.Migration):
    dependencies = [("core", "0002_guard_tables")]

    operations = [migrations.RunSQL(MAKE, "drop table core_cache")]

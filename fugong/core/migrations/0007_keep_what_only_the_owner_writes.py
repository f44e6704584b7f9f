"""Stored files are added, never changed; and the tables of Django that only migrations write are read."""

from django.db import migrations

from fugong.core.tenancy import append_only

# Which migrations ran, names of models and of permissions nobody uses: not the application's to change.
OWNERS = "django_migrations, django_content_type, auth_permission, auth_group, auth_group_permissions"


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_keep_long_addresses"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        append_only("core_storedfile"),
        migrations.RunSQL(
            sql=f"revoke insert, update, delete on {OWNERS} from fugong_app",
            reverse_sql=f"grant insert, update, delete on {OWNERS} to fugong_app",
        ),
    ]

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("playbooks", "0002_keep_tenants_apart")]

    operations = [
        # A version's text is the law of old decisions: of its row only the end may be written.
        migrations.RunSQL(
            sql=[
                "revoke update on playbooks_playbookversion from fugong_app",
                "grant update (ends_on) on playbooks_playbookversion to fugong_app",
            ],
            reverse_sql="grant update on playbooks_playbookversion to fugong_app",
        ),
    ]

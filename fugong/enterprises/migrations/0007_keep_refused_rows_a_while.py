from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0006_find_telephones")]

    operations = [
        migrations.AddField(model_name="importbatch", name="swept", field=models.BooleanField(default=False)),
        migrations.AlterField(
            model_name="importbatch",
            name="state",
            field=models.CharField(
                choices=[
                    ("reading", "Being read"),
                    ("read", "Waiting for confirmation"),
                    ("confirming", "Being taken over"),
                    ("confirmed", "Confirmed"),
                    ("discarded", "Discarded"),
                    ("expired", "Expired"),
                    ("failed", "Not readable"),
                ],
                default="reading",
                max_length=10,
            ),
        ),
        migrations.RemoveConstraint(model_name="importbatch", name="import_state_known"),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["reading", "read", "confirming", "confirmed", "discarded", "expired", "failed"],
                    )
                ),
                name="import_state_known",
            ),
        ),
    ]

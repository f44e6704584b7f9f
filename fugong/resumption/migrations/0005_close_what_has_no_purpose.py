from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("resumption", "0004_say_a_condition_in_both_languages")]

    operations = [
        migrations.AlterField(
            model_name="applicationevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("opened", "Draft opened"),
                    ("submitted", "Application submitted"),
                    ("resubmitted", "Application submitted again"),
                    ("withdrawn", "Application withdrawn"),
                    ("verified", "Verified on site"),
                    ("agreed", "Opinion: agreed"),
                    ("objected", "Opinion: not agreed"),
                    ("returned", "Returned for correction"),
                    ("refused", "Application refused"),
                    ("approved", "Application approved"),
                    ("moot", "Application closed: the suspension has ended"),
                    ("left", "Application closed: the enterprise has left"),
                ],
                max_length=12,
            ),
        ),
    ]

from django.db import migrations

from fugong.core.tenancy import enable_rls


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0003_take_lists_in")]

    operations = [enable_rls("enterprises_importbatch"), enable_rls("enterprises_importrow")]

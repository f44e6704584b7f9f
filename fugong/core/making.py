"""Migrations that make tables, without Django drawing every model of the project anew for each of them."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class MakeTables(migrations.Migration):
    """A migration of nothing but CreateModel.

    Django draws the models again after each operation, and all of ours hang together by their authority. One
    drawing, with all tables of the migration, does for all: each is made of its model as it is afterwards.
    """

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,
    ) -> ProjectState:
        before = project_state.clone()
        project_state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state

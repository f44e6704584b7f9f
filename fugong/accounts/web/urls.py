"""Addresses of users, roles and one's own account."""

from __future__ import annotations

from django.urls import path

from fugong.accounts.web import access, imports, memberships, own, roles, users

app_name = "accounts"
urlpatterns = [
    path("users/", users.users, name="users"),
    path("users/export/", users.export, name="export"),
    path("users/new/", users.new, name="new"),
    path("users/import/", imports.preview, name="import"),
    path("users/import/commit/", imports.commit, name="import_commit"),
    path("users/<uuid:user_id>/", users.user, name="user"),
    path("users/<uuid:user_id>/correct/", users.correct, name="correct"),
    path("users/<uuid:user_id>/leave/", users.leave, name="leave"),
    path("users/<uuid:user_id>/return/", users.return_to_work, name="return"),
    path("users/<uuid:user_id>/invite/", access.invite, name="invite"),
    path("users/<uuid:user_id>/reset/", access.reset, name="reset"),
    path("users/<uuid:user_id>/unlock/", access.unlock, name="unlock"),
    path("users/<uuid:user_id>/second-factors/", access.clear_factors, name="clear_factors"),
    path("users/<uuid:user_id>/grant/", memberships.grant, name="grant"),
    path("memberships/<uuid:membership_id>/revoke/", memberships.revoke, name="revoke"),
    path("roles/", roles.roles, name="roles"),
    path("roles/<slug:code>/", roles.role, name="role"),
    path("roles/<slug:code>/edit/", roles.edit, name="role_edit"),
    path("account/", own.account, name="own"),
    path("account/password/", own.password, name="own_password"),
    path("welcome/", access.welcome, name="welcome"),
]

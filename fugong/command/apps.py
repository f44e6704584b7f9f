from django.apps import AppConfig


class CommandConfig(AppConfig):
    name = "fugong.command"
    label = "command"

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "peerchallenge.history"
    label = "history"

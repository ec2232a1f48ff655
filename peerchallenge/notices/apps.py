from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "peerchallenge.notices"
    label = "notices"

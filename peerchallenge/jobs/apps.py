from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "peerchallenge.jobs"
    label = "jobs"

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "peerchallenge.documents"
    label = "documents"

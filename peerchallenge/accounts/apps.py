from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "peerchallenge.accounts"
    label = "accounts"

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "peerchallenge.accounts"
    label = "accounts"

    def ready(self) -> None:
        from peerchallenge.accounts.navigation import items_for  # models are loaded only now
        from peerchallenge.accounts.roles import register_lga_roles
        from peerchallenge.web.navigation import register_navigation

        register_lga_roles()
        register_navigation(items_for)

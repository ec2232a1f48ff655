from django.apps import AppConfig


class ActionplansConfig(AppConfig):
    name = "actionplans"

    def ready(self) -> None:
        # Models are loaded only now.
        from actionplans.navigation import council_navigation
        from actionplans.on_challenges import loads_of_posts, plan_beside
        from actionplans.views.clerk import clerk_home, clerk_navigation
        from actionplans.views.home import home_of_accountable, home_of_coordinator, home_of_owner, home_of_reader
        from engagements.beside import register_post_loads, register_side
        from peerchallenge.web.home import register_home
        from peerchallenge.web.navigation import register_navigation

        register_home(20, home_of_coordinator)
        register_home(30, home_of_accountable)
        register_home(40, clerk_home)
        register_home(50, home_of_owner)
        register_home(60, home_of_reader)
        register_side(plan_beside)
        register_post_loads(loads_of_posts)
        register_navigation(council_navigation)
        register_navigation(clerk_navigation)

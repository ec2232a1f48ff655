"""Addresses of challenges. `C` is challenges/<slug>."""

from django.urls import URLPattern, path

from engagements.views import challenge, people, portfolio, posts, recommendations, scope, start, team, visit

app_name = "engagements"

C = "challenges/<slug:slug>"

urlpatterns: list[URLPattern] = [
    path("challenges/", portfolio.challenges, name="list"),
    path("challenges/spreadsheet/", portfolio.spreadsheet, name="spreadsheet"),
    path("challenges/start/", start.start, name="start"),
    path("challenges/start/check/", start.check, name="start_check"),
    # One challenge
    path(f"{C}/", challenge.overview, name="overview"),
    path(f"{C}/stage/", challenge.stage, name="stage"),
    path(f"{C}/manager/", challenge.manager, name="manager"),
    path(f"{C}/history/", challenge.history, name="history"),
    path(f"{C}/confirm-visit/", visit.confirm, name="confirm_visit"),
    path(f"{C}/move-visit/", visit.move_or_postpone, name="move_visit"),
    path(f"{C}/milestones/<slug:kind>/", visit.milestone, name="milestone"),
    path(f"{C}/scope/", scope.scope, name="scope"),
    path(f"{C}/scope/themes/", scope.framework, name="framework"),
    path(f"{C}/scope/focus/", scope.add_focus, name="add_focus"),
    path(f"{C}/team/", team.team, name="team"),
    path(f"{C}/team/add/", team.add, name="add_peer"),
    path(f"{C}/team/<int:peer>/take-out/", team.take_out, name="take_out_peer"),
    path(f"{C}/recommendations/", recommendations.recommendations, name="recommendations"),
    path(f"{C}/recommendations/add/", recommendations.add, name="add_recommendation"),
    path(f"{C}/recommendations/<slug:ref>/edit/", recommendations.edit, name="edit_recommendation"),
    path(f"{C}/recommendations/<slug:ref>/remove/", recommendations.remove, name="remove_recommendation"),
    path(f"{C}/plan/posts/", posts.posts, name="posts"),
    path(f"{C}/plan/posts/add/", posts.add, name="add_post"),
    path(f"{C}/plan/posts/invite/", people.invite, name="invite_person"),
    path(f"{C}/plan/posts/people/<int:role>/take-away/", people.take_away, name="take_role"),
    path(f"{C}/plan/posts/<int:post>/", posts.change, name="post"),
    path(f"{C}/plan/posts/<int:post>/holder/", posts.holder, name="hold_post"),
]

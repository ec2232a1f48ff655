"""Only the addresses the frame itself needs, so that these tests depend on nothing else."""

from django.urls import include, path

from peerchallenge.web import views

urlpatterns = [
    path("", include("peerchallenge.web.urls")),
    path("sign-in/", views.start, name="account_login"),
    path("sign-in/code/", views.start, name="account_request_login_code"),
    path("sign-out/", views.start, name="account_logout"),
]

from django.urls import path

from peerchallenge.notices import views

app_name = "notices"
urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:letter>/", views.letter_page, name="letter"),
]

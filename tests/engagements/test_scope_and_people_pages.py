"""Scope, team, recommendations, posts and history of one challenge, as their pages."""

import datetime as dt

from engagements.models import Post, PostHolding
from engagements.operations import challenges, councils, recommendations
from tests.engagements.reading import TODAY, errors_of, text_of, url

# Scope, team, recommendations


def test_the_scope_shows_themes_questions_and_the_local_focus(carys, challenge):
    assert "The council has not asked for anything beyond the themes. That is allowed." in text_of(
        carys.get(url(challenge, "scope/"))
    )

    page = text_of(
        carys.post(
            url(challenge, "scope/focus/"),
            {"title": "Transformation", "questions": "Is it on course?\n\nWho leads it?", "asked_by": "Leader"},
            follow=True,
        )
    )

    assert "“Transformation” is added." in page
    assert "Asked by Leader Is it on course? Who leads it?" in page
    assert "Does the council provide effective local leadership?" in page


def test_a_peer_is_added_by_address(maya, cast, challenge):
    form = {"email": "LENA@eastvale.example", "role": "lead", "from_council": "Eastvale", "accepted_on": "1/10/2024"}

    page = text_of(maya.post(url(challenge, "team/add/"), form, follow=True))
    again = maya.post(url(challenge, "team/add/"), form)
    unknown = maya.post(url(challenge, "team/add/"), form | {"email": "who@eastvale.example"})

    assert "Lena Fischer is in the team." in page
    assert "Lena Fischer Lead peer Eastvale 1 October 2024 lena@eastvale.example" in page
    assert errors_of(again) == ["Lena Fischer is in the team already."]
    assert errors_of(unknown) == ["Nobody signs in with this address. Invite them first"]


def test_the_council_sees_the_team_without_addresses(carys, cast, challenge):
    challenges.add_peer(challenge, user=cast.lena, role="lead", accepted_on=TODAY, by=None)

    page = text_of(carys.get(url(challenge, "team/")))

    assert "Lena Fischer" in page
    assert "lena@eastvale.example" not in page


def test_recommendations_are_drafts_for_the_lga_then_final_for_all(maya, cast, client, council, visited):
    form = {"ref": "3(a)", "tier": "key", "text": "Review the plan and publish it", "version": "1"}
    page = text_of(maya.post(url(visited, "recommendations/add/"), form, follow=True))
    assert "The draft is saved." in page
    assert "3(a) Review the plan and publish it Draft" in page

    page = text_of(
        maya.post(url(visited, "recommendations/3-a/edit/"), form | {"text": "Publish the plan"}, follow=True)
    )
    assert "3(a) Publish the plan Draft" in page
    stale = maya.post(url(visited, "recommendations/3-a/edit/"), form | {"text": "Burn the plan"})
    assert stale.status_code == 409

    councils.give_role(cast.carys, council=council, role="coordinator", by=None)
    client.force_login(cast.carys)
    assert "The recommendations are here once the report is final." in text_of(
        client.get(url(visited, "recommendations/"))
    )
    recommendations.make_final(visited, by=None, today=TODAY)
    page = text_of(client.get(url(visited, "recommendations/")))
    assert "Final on 14 October 2024. The words cannot be changed. Key recommendations" in page
    assert "3(a) Publish the plan Final" in page


def test_two_actions_in_one_recommendation_are_told_but_saved(maya, visited):
    form = {"ref": "1", "tier": "further", "text": "Review the strategy and publish a plan", "version": "1"}

    page = text_of(maya.post(url(visited, "recommendations/add/"), form, follow=True))

    assert "This has two actions in it. Split it?" in page
    assert visited.recommendations.count() == 1
    assert errors_of(maya.post(url(visited, "recommendations/add/"), {"version": "1"})) == [
        "Choose key or further",
        "Write the recommendation",
    ]


def test_a_draft_is_removed_after_asking_and_a_final_one_stays(maya, visited):
    recommendations.write_recommendation(visited, text="Plan", ref="1", by=None)
    recommendations.write_recommendation(visited, text="Listen", ref="2", by=None)

    assert "Remove the draft of recommendation 1?" in text_of(maya.get(url(visited, "recommendations/1/remove/")))
    assert visited.recommendations.count() == 2
    page = text_of(maya.post(url(visited, "recommendations/1/remove/"), follow=True))
    assert "The draft of recommendation 1 is removed." in page

    recommendations.make_final(visited, by=None, today=TODAY)
    assert maya.get(url(visited, "recommendations/2/remove/")).status_code == 404
    refused = maya.post(
        url(visited, "recommendations/2/edit/"), {"ref": "2", "tier": "key", "text": "Shout", "version": "2"}
    )
    assert errors_of(refused) == ["The words are final and cannot be changed."]


# Posts


def test_posts_show_who_holds_them_since_when(carys, council, challenge):
    chief = councils.post_named("Chief Executive", council=council, by=None)
    councils.hold_post(chief, name="Ida Brook", from_on=dt.date(2020, 1, 6), by=None)
    councils.post_named("Head of Finance", council=council, by=None)
    councils.add_post("Senior leadership team", council=council, kind="body", contact="01632 960111", by=None)

    answer = carys.get(url(challenge, "plan/posts/"))

    assert [(row.post.title, row.holder, row.since) for row in answer.context["rows"]] == [
        ("Chief Executive", "Ida Brook", "6\xa0January\xa02020"),
        ("Head of Finance", "Nobody", ""),
        ("Senior leadership team", "01632 960111", ""),
    ]
    figure = answer.context["figures"][1]
    assert (figure.number, figure.label) == (1, "with nobody in it")
    assert [row.post.title for row in carys.get(figure.url).context["rows"]] == ["Head of Finance"]


def test_a_coordinator_adds_a_post_and_changes_its_holder(carys, cast, council, challenge):
    page = text_of(
        carys.post(
            url(challenge, "plan/posts/add/"),
            {"title": "Director of  Place", "kind": "post", "contact": ""},
            follow=True,
        )
    )
    assert "Director of Place is added." in page.replace("Director of  Place", "Director of Place")
    post = Post.objects.get(title="Director of Place")
    twice = carys.post(url(challenge, "plan/posts/add/"), {"title": "director of place", "kind": "post"})
    assert errors_of(twice) == ["There is a post called “director of place” already"]

    form = {"name": "Carys Bevan", "email": "carys@northmoor.example", "from_on": "1 October 2024"}
    page = text_of(carys.post(url(challenge, f"plan/posts/{post.pk}/holder/"), form, follow=True))

    assert "Carys Bevan holds the post Director of Place from 1 October 2024." in page
    assert PostHolding.objects.get(post=post).user == cast.carys
    stranger = carys.post(
        url(challenge, f"plan/posts/{post.pk}/holder/"), form | {"email": cast.sam.email, "from_on": "2 October 2024"}
    )
    assert errors_of(stranger) == [
        "Nobody of Wexcombe signs in with this address. Leave it empty, or invite them first"
    ]


def test_a_post_of_another_council_is_not_found(carys, challenge, northmoor):
    foreign = Post.objects.filter(council=northmoor.council).first()

    assert carys.get(url(challenge, f"plan/posts/{foreign.pk}/")).status_code == 404
    assert (
        carys.post(
            url(challenge, f"plan/posts/{foreign.pk}/holder/"), {"name": "X", "from_on": "1/10/2024"}
        ).status_code
        == 404
    )


def test_the_history_tells_what_was_done_by_whom(maya, cast, visited):
    challenges.name_manager(visited, manager=cast.milo, by=cast.olu)
    challenges.name_manager(visited, manager=cast.maya, by=cast.olu)

    page = text_of(maya.get(url(visited, "history/")))

    assert (
        "Made Maya Fernandes the manager of Wexcombe District Council: Corporate peer challenge 2024 by Olu Adeyemi"
        in page
    )
    assert "Brought the challenge in at “Drafting”" in page
    assert "Confirmed the visit: 5 to 8 March 2024" in page

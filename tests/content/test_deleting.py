"""Deleting what is used is refused in words, in every view; nothing an editor may delete ends in an error page."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from content.models import CriteriaArea, Criterion, GuideIndexPage, GuidePage, HomePage, Objective, Picture
from tests.courses import factory as courses

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


@pytest.fixture
def admin(client):
    client.force_login(get_user_model().objects.create_superuser("admin", "x", first_name="Admin"))
    return client


def said(response):
    return [str(message).split("<")[0].strip() for message in response.context["messages"]]


def delete(client, instance):
    return client.post(reverse(instance.snippet_viewset.get_url_name("delete"), args=[instance.pk]), follow=True)


def delete_all(client, *instances):
    model = instances[0]._meta
    address = reverse("wagtail_bulk_action", args=[model.app_label, model.model_name, "delete"])
    return client.post(f"{address}?" + "&".join(f"id={row.pk}" for row in instances), follow=True)


def test_a_criterion_that_a_course_teaches_stays(admin):
    courses.course(quiz=False)
    criterion = Criterion.objects.get()
    assert said(delete(admin, criterion)) == [
        "Nothing was deleted: “6.1 · Summary of 6.1” is still used (courses: 1, objectives: 1). "
        "Take it out there first."
    ]
    assert Criterion.objects.count() == 1


def test_a_criterion_of_a_guide_stays_also_in_bulk(admin):
    used, free = factory.criterion("6.1", 1), factory.criterion("6.2", 2)
    factory.guide(criteria=[used])
    assert said(delete_all(admin, used, free)) == [
        "Nothing was deleted: “6.1 · Says 6.1”, “6.2 · Says 6.2” is still used (guides: 1). Take it out there first."
    ]
    assert Criterion.objects.count() == 2


def test_an_area_with_criteria_and_an_objective_of_a_course_stay(admin):
    courses.course(quiz=False)
    assert said(delete(admin, CriteriaArea.objects.get())) == [
        "Nothing was deleted: “6. Seal security” is still used (courses: 1, criteria: 1). Take it out there first."
    ]
    assert said(delete(admin, Objective.objects.get())) == [
        "Nothing was deleted: “Fit a seal.” is still used (courses: 1). Take it out there first."
    ]
    assert (CriteriaArea.objects.count(), Objective.objects.count()) == (1, 1)


def test_what_nothing_uses_goes(admin):
    objective = factory.objective()
    delete(admin, objective)
    delete_all(admin, factory.criterion("6.1"), factory.criterion("6.2"))
    delete(admin, CriteriaArea.objects.get())
    assert (Objective.objects.count(), Criterion.objects.count(), CriteriaArea.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("page_of", [factory.home, factory.guide_index, courses.index])
def test_pages_that_the_menu_needs_stay(admin, page_of):
    page = page_of()
    reason = f"“{page.title}” stays: the site has one such page, and its menu leads there."
    for name in ("delete", "unpublish"):
        assert said(admin.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), follow=True)) == [reason]
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", name])
        assert said(admin.post(f"{address}?id={page.pk}", follow=True)) == [reason]
    page.refresh_from_db()
    assert page.live


def test_a_guide_and_a_picture_in_use_may_go(admin, client):
    picture = factory.drawing()
    body = [("figure", {"image": picture.pk, "caption": "<p>Where.</p>", "points": []})]
    page = factory.guide(body=body, criteria=[factory.criterion()])
    admin.post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert Picture.objects.count() == 0
    html = client.get(page.address).content.decode()
    assert "<p>Where.</p>" in html
    assert "<img" not in html
    admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert (GuidePage.objects.count(), GuideIndexPage.objects.count(), HomePage.objects.count()) == (0, 1, 1)


def test_criteria_are_found_by_number_and_filtered_by_area(admin):
    factory.criterion("6.1", 1)
    factory.criterion("6.10", 2)
    factory.criterion("12.1", 3)
    listing = reverse(Criterion.snippet_viewset.get_url_name("list"))
    rows = [row.number for row in admin.get(listing, {"q": "6.1"}).context["object_list"]]
    assert rows == ["6.1", "6.10"]
    area = CriteriaArea.objects.get(number=12)
    assert [row.number for row in admin.get(listing, {"area": area.pk}).context["object_list"]] == ["12.1"]

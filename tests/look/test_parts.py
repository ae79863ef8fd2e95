"""The parts that templates ask for by a tag."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation


def show(source, **context):
    return Template("{% load look %}" + source).render(Context(context))


def test_an_icon_is_a_hidden_use_of_the_sprite():
    assert show('{% icon "left" %}') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/gatehouse/icons.svg#i-left"/></svg>'
    )


def test_a_plate_shows_two_digits_and_says_the_area():
    assert show("{% plate 6 %}") == (
        '<span class="plate"><span class="vh">Area 6</span>'
        '<span class="plate__no" aria-hidden="true"><small>Area</small><span>06</span></span></span>'
    )
    assert show('{% plate 12 "s" %}') == (
        '<span class="plate plate--s"><span class="vh">Area 12</span>'
        '<span class="plate__no" aria-hidden="true"><span>12</span></span></span>'
    )


@pytest.mark.parametrize(
    ("done", "total", "dash", "css"), [(0, 0, 0, "ring"), (3, 7, 42, "ring"), (7, 7, 100, "ring ring--done")]
)
def test_a_ring_is_drawn_by_attributes(done, total, dash, css):
    html = show("{% ring done total %}", done=done, total=total)
    assert html.startswith(f'<span class="{css}" aria-hidden="true"><svg viewBox="0 0 88 88">')
    assert f'pathLength="100" stroke-dasharray="{dash} 100"' in html
    assert f"<span>{done}/{total}<small>steps</small></span></span>" in html


def test_a_tally_marks_what_is_done_and_what_is_now():
    assert show("{% tally states %}", states=["done", "now", "locked", "open"]) == (
        '<span class="tally" aria-hidden="true">'
        '<span class="is-done"></span><span class="is-now"></span><span></span><span></span></span>'
    )


def test_a_gauge_keeps_points_as_attributes_need_them():
    with translation.override("es"):
        html = show("{% gauge 87.5 80 %}")
    assert '<rect x="0" y="6" width="87.5%" height="16"/>' in html
    assert 'x1="80%" x2="80%"' in html


@pytest.mark.parametrize(
    ("path", "attribute"), [("/guides/", ' aria-current="page"'), ("/guides/a/", ' aria-current="true"'), ("/me/", "")]
)
def test_the_menu_marks_where_one_is(path, attribute):
    request = RequestFactory().get(path)
    assert show("{% current address %}", request=request, address="/guides/") == attribute

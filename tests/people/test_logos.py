"""A company's logo: drawn again from PNG or JPEG, and from nothing else."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from learning.people import logos
from learning.people.models import Company, CompanyLogo

from . import factory
from .admin import data

pytestmark = pytest.mark.django_db

NOT_ONE = "This is no PNG or JPEG picture. Save your logo as PNG and choose that file."


def picture(kind="PNG", size=(600, 200), mode="RGB", **options):
    file = io.BytesIO()
    Image.new(mode, size, 120).save(file, kind, **options)
    return file.getvalue()


def upload(content, name="logo.png"):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("kind", "mode", "size", "drawn"),
    [
        ("PNG", "RGBA", (600, 200), (600, 200)),
        ("PNG", "P", (3000, 500), (900, 150)),
        ("PNG", "I;16", (100, 600), (50, 300)),
        ("JPEG", "CMYK", (600, 200), (600, 200)),
        ("JPEG", "L", (1, 1), (1, 1)),
    ],
)
def test_a_picture_is_drawn_again_within_bounds(kind, mode, size, drawn):
    png, width, height = logos.drawn_again(upload(picture(kind, size, mode)))
    again = Image.open(io.BytesIO(png))
    assert (again.format, again.size, (width, height)) == ("PNG", drawn, drawn)


def test_what_else_is_in_the_file_stays_behind():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "photographed at home")
    content = picture(pnginfo=notes) + b"<script>alert(1)</script>"
    png, _width, _height = logos.drawn_again(upload(content))
    assert b"photographed" not in png
    assert b"script" not in png


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nothing",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        picture("GIF", mode="L"),
        picture()[:60],
        b"%PDF-1.7",
    ],
)
def test_anything_else_is_refused_in_words(content):
    with pytest.raises(ValidationError) as refusal:
        logos.drawn_again(upload(content))
    assert refusal.value.messages == [NOT_ONE]


def test_what_is_too_large_is_refused_before_it_is_unpacked():
    with pytest.raises(ValidationError, match="larger than 2 MB"):
        logos.drawn_again(upload(b"x" * (2 * 1024 * 1024 + 1)))
    with pytest.raises(ValidationError, match="at most 5000 × 5000"):
        logos.drawn_again(upload(picture(size=(25_000, 1001), mode="1")))


@pytest.fixture
def page(client):
    company = factory.company()
    client.force_login(factory.person("hr", role="Human resources"))
    return f"/admin/companies/edit/{company.pk}/"


def test_hr_puts_it_on_changes_it_and_takes_it_away(client, page):
    form = client.get(page).context["form"]
    assert "without_logo" not in form.fields
    assert 'enctype="multipart/form-data"' in client.get(page).content.decode()
    assert client.post(page, data(form) | {"logo": upload(picture())}).status_code == 302
    assert CompanyLogo.objects.values_list("company__name", "width", "height").get() == (form.instance.name, 600, 200)
    # A change of something else keeps it.
    assert client.post(page, data(form) | {"ctpat_account": "A1"}).status_code == 302
    assert (Company.objects.get().ctpat_account, CompanyLogo.objects.count()) == ("A1", 1)
    assert client.post(page, data(form) | {"logo": upload(picture("JPEG", (90, 30)))}).status_code == 302
    assert CompanyLogo.objects.values_list("width", "height").get() == (90, 30)
    assert client.post(page, data(form) | {"without_logo": "on"}).status_code == 302
    assert not CompanyLogo.objects.exists()


def test_a_bad_file_changes_nothing(client, page):
    form = client.get(page).context["form"]
    sent = data(form) | {"name": "Another", "logo": upload(b"<svg/>", "logo.svg")}
    assert client.post(page, sent).context["form"].errors == {"logo": [NOT_ONE]}
    assert Company.objects.get().name == form.instance.name
    assert not CompanyLogo.objects.exists()

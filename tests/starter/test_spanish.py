"""Spanish through the loader: what comes of it, what a second load does, what is the company's, what learners see."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from content.models import CriteriaArea, Criterion, GuidePage, Objective
from content.upkeep import StarterError
from courses.models import CoursePage, Edition, LessonPage
from quizzes.models import Question, QuestionVersion
from tests.people import factory as people

from . import factory, spanish
from .test_load import AT, KINDS, LATER, edit, load, outcomes

pytestmark = pytest.mark.django_db

SAME_IN_ENGLISH = {"company blanks", "pictures", "question banks", "requirements"}
ALL = KINDS | {f"{kind} (es)": count for kind, count in KINDS.items() if kind not in SAME_IN_ENGLISH}


@pytest.fixture
def folder(tmp_path):
    return spanish.whole(factory.small(tmp_path))


def in_spanish(model):
    return model.objects.filter(locale__language_code="es")


def translation(page):
    return Translation.objects.get(source__object_id=page.translation_key)


def test_a_load_brings_both_languages_and_one_edition_and_version_holds_them(folder):
    report, sentences = load(folder)

    assert (outcomes(report, "created"), sentences) == (ALL, [])
    content = Edition.objects.get().content["languages"]
    steps = {language: text["steps"] for language, text in content.items()}
    assert [step["title"] for step in steps["es"]] == ["Qué hace un sello", "Colocar", "Cuestionario de sellos"]
    for name in ("key", "slug", "kind"):
        assert [step[name] for step in steps["es"]] == [step[name] for step in steps["en"]]
    assert [[block["id"] for block in step["blocks"]] for step in steps["es"][:2]] == [
        [block["id"] for block in step["blocks"]] for step in steps["en"][:2]
    ]
    assert steps["es"][1]["blocks"][0]["value"] == "<p>Colócalo.</p>"
    assert [steps[code][0]["blocks"][1]["value"]["image"]["description"] for code in ("en", "es")] == [
        "A bolt & its barrel.",
        "Un perno y su cilindro.",
    ]
    assert Edition.objects.get().content["objectives"][0]["text"] == {"en": "Fit a seal.", "es": "Colocar un sello."}


def test_a_question_has_the_same_options_in_both_languages_and_one_right_answer(folder):
    load(folder)

    version = QuestionVersion.objects.get(kind="single_choice")
    ids = {code: [option["id"] for option in said["options"]] for code, said in version.shown.items()}
    assert (version.number, version.released_at, ids["es"]) == (1, AT, ids["en"])
    assert [option["text"] for option in version.shown["es"]["options"]] == ["Clase H", "Clase I"]
    assert version.key["right"] == ids["en"][:1]
    assert version.key["reasons"]["es"][ids["en"][0]] == "Alta seguridad."


def test_spanish_rows_are_translations_that_wagtail_localize_knows_as_up_to_date(folder):
    load(folder)

    guide = in_spanish(GuidePage).get()
    assert (guide.slug, guide.get_parent().slug, guide.url) == ("checking", "guides", "/es/guides/checking/")
    assert [criterion.number for criterion in guide.criteria.all()] == ["6.1"]
    assert in_spanish(Objective).get().criterion == in_spanish(Criterion).get(number="6.2")
    assert in_spanish(CriteriaArea).get().title == "Seguridad de sellos"
    for page in (guide, in_spanish(LessonPage).get(slug="fitting"), in_spanish(Question).first()):
        done = translation(page)
        assert done.get_progress()[0] == done.get_progress()[1] > 0
        before = type(page).objects.get(pk=page.pk)
        done.save_target(publish=True)
        after = type(page).objects.get(pk=page.pk)
        for name in ("title", "body", "prompt", "answer"):
            if hasattr(before, name):
                assert getattr(after, name) == getattr(before, name)


def test_a_second_load_writes_nothing(folder):
    load(folder)

    report, sentences = load(folder, at=LATER)

    assert (outcomes(report, "unchanged"), report.written, sentences) == (ALL, set(), [])
    assert (Edition.objects.count(), QuestionVersion.objects.count()) == (1, 2)


def test_a_changed_sentence_makes_one_new_edition(folder):
    load(folder)
    spanish.lesson(folder, "2-fitting", text="Colócalo bien.")

    report, _sentences = load(folder, at=LATER)

    assert outcomes(report, "updated") == {"lessons (es)": 1}
    texts = [edition.content["languages"]["es"]["steps"][1]["blocks"][0] for edition in Edition.objects.all()]
    assert [text["value"] for text in texts] == ["<p>Colócalo.</p>", "<p>Colócalo bien.</p>"]


def test_what_the_company_translated_or_edited_itself_stays(folder):
    load(folder)
    edit(in_spanish(GuidePage).get(), summary="Nuestros cuatro pasos.")
    editor = people.person("editor")
    words = StringTranslation.objects.filter(context__object_id=in_spanish(CoursePage).get().translation_key)
    words.filter(data="Sabes poner un sello.").update(data="Ya sabes.", last_translated_by=editor)
    spanish.guide(folder, text="Otro texto.")
    spanish.write(folder, "courses/seals/course.yaml", spanish.COURSE.replace("responde por", "cuida"))

    report, _sentences = load(folder, at=LATER)

    assert outcomes(report, "kept") == {"guides (es)": 1, "courses (es)": 1}
    assert in_spanish(GuidePage).get().summary == "Nuestros cuatro pasos."
    assert words.filter(data="Ya sabes.").count() == 1


def test_a_course_without_all_of_its_lessons_stays_in_english(folder):
    (folder / "es/courses/seals/2-fitting.md").unlink()

    load(folder)

    assert list(Edition.objects.get().content["languages"]) == ["en"]
    assert not in_spanish(CoursePage).exists()


def test_a_course_that_the_company_edited_is_not_begun_in_spanish(tmp_path):
    folder = factory.small(tmp_path)
    load(folder)
    edit(LessonPage.objects.get(slug="fitting"), title="Fitting, our way")
    spanish.whole(folder)

    load(folder, at=LATER)

    assert not in_spanish(CoursePage).exists()
    assert in_spanish(GuidePage).get().title == "Revisar un sello"


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        (
            "guides/checking.md",
            lambda text: text + "\n## Más\n",
            "es/guides/checking.md, line 7: this is built otherwise than the English.",
        ),
        (
            "courses/seals/2-fitting.md",
            lambda text: text.replace("- Mira un sello.", "- Mira un sello.\n- Y otro."),
            "es/courses/seals/2-fitting.md, line 13: this is more than the English says.",
        ),
        (
            "banks/seals.yaml",
            lambda text: text.replace("id: seal-alone", "id: alone"),
            "es/banks/seals.yaml: question 2 is “seal-alone” in English, and something else here.",
        ),
        (
            "banks/seals.yaml",
            lambda text: text.replace("- {text: Clase I, reason: Solo lo muestra.}", ""),
            "es/banks/seals.yaml, seal-class: 1 stand here where the English has 2.",
        ),
        (
            "criteria.yaml",
            lambda text: text.replace("id: '6.10'", "id: '6.11'"),
            "es/criteria.yaml: “6.10” is missing, which the English has.",
        ),
    ],
)
def test_a_file_that_is_built_otherwise_is_named_with_the_line(folder, name, change, says):
    path = folder / "es" / name
    path.write_text(change(path.read_text()))

    with pytest.raises(StarterError) as error:
        load(folder)

    assert str(error.value) == says


def draft(page, **words):
    """What an editor does in wagtail-localize: other words, saved as a draft."""
    for old, new in words.values():
        found = StringTranslation.objects.filter(context__object_id=page.translation_key, data=old)
        assert found.update(data=new) == 1
    translation(page).save_target(publish=False)


def test_a_draft_translation_reaches_no_learner(folder, client):
    load(folder)
    guide, question = in_spanish(GuidePage).get(), in_spanish(Question).get(prompt__startswith="¿Qué")
    lesson, course = in_spanish(LessonPage).get(slug="fitting"), in_spanish(CoursePage).get()
    addresses = ("/es/guides/", "/es/guides/checking/", "/es/search/?q=sello")
    before = [client.get(address).content.decode() for address in addresses]

    draft(guide, title=("Revisar un sello", "A MEDIAS"), summary=("Cuatro pasos.", "A MEDIAS"))
    draft(lesson, title=("Colocar", "A MEDIAS"))
    draft(course, title=(course.title, "A MEDIAS"))
    draft(question, prompt=("¿Qué sello se pone?", "A MEDIAS"))
    load(folder, at=LATER)

    after = [client.get(address).content.decode() for address in addresses]
    assert [page.count("A MEDIAS") for page in after] == [0, 0, 0]
    assert client.get("/es/search/?q=medias").context["total"] == 0
    assert [page.count("Revisar un sello") for page in after] == [page.count("Revisar un sello") for page in before]
    for row in (guide, lesson, course, question):
        row.refresh_from_db()
        assert (row.live, row.has_unpublished_changes) == (True, True)
    assert (guide.title, lesson.title, question.prompt) == ("Revisar un sello", "Colocar", "¿Qué sello se pone?")
    assert (Edition.objects.count(), QuestionVersion.objects.count()) == (1, 2)


def test_a_guide_that_nobody_translated_is_found_in_english_under_spanish_addresses(folder, client):
    (folder / "es/guides/checking.md").unlink()
    load(folder)

    listing = client.get("/es/guides/").content.decode()
    page = client.get("/es/guides/checking/")
    search = client.get("/es/search/?q=seal").content.decode()

    assert [text.count("Checking a seal") > 0 for text in (listing, page.content.decode(), search)] == [True] * 3
    assert page.context["content_language"] == "en" and page.context["content_language_differs"]
    assert client.get("/es/guides/nothing/").status_code == 404
    assert Locale.objects.count() == 2

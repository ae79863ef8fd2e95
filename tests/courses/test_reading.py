"""Being in a lesson: its rule, heartbeats, videos, check questions. The server's clock bounds all of them."""

import datetime
import json
import uuid

import pytest
import time_machine

from courses import actions, completion, readiness
from courses.models import BlockProgress, LessonPage, StepProgress
from quizzes.models import Bank
from tests.content.factory import file
from tests.queries import queries
from tests.quizzes import factory as quizzes

from . import factory
from .factory import AT

pytestmark = pytest.mark.django_db

VIDEO = str(uuid.uuid5(uuid.NAMESPACE_URL, "video"))
CHECK = str(uuid.uuid5(uuid.NAMESPACE_URL, "check"))
HERE = "/courses/seal-security/steps/rule/"


def seconds(number):
    return datetime.timedelta(seconds=number)


def video(length=100):
    value = {"title": "A seal", "video": file().pk, "captions": file("seal.vtt").pk, "poster": None}
    return {"type": "video", "id": VIDEO, "value": value | {"seconds": length, "transcript": "<p>Look.</p>"}}


def check():
    where = Bank.objects.filter(title="Checks").first() or quizzes.bank("Checks")
    question = quizzes.question("Which seal?", where=where)
    quizzes.released(question)
    return {"type": "check", "id": CHECK, "value": {"question": question.pk}}


def started(who, blocks=(), **rule):
    """A run in a course whose one lesson has that rule, and the lesson opened at AT."""
    page = factory.course(lessons=(), quiz=False)
    body = json.dumps([factory.paragraph("Read."), *blocks])
    page.add_child(instance=LessonPage(title="Rule", slug="rule", body=body, **rule))
    run = factory.start(who, factory.release(page))
    step = run.edition.content["languages"]["en"]["steps"][0]
    return run, step, actions.open_step(enrolment=run, step_key=step["key"], at=AT)


def beat(run, step, after, **says):
    progress = StepProgress.objects.get(enrolment=run, step_key=step["key"])
    return actions.beat(progress=progress, step=step, at=AT + seconds(after), **says)


def finish(run, step, after):
    actions.complete_lesson(enrolment=run, step_key=step["key"], at=AT + seconds(after), attribution="password")
    return StepProgress.objects.get(enrolment=run, step_key=step["key"])


@pytest.fixture
def driver():
    return factory.person("1")


def test_without_heartbeats_the_servers_clock_counts_from_the_opening(driver):
    run, step, _progress = started(driver, completion="time", least_minutes=2)
    with pytest.raises(actions.NotYet) as early:
        finish(run, step, 119)
    assert (early.value.how_far.have, early.value.how_far.missing) == (119, 1)
    assert finish(run, step, 120).active_seconds == 120


def test_heartbeats_count_only_the_time_that_the_page_was_looked_at(driver):
    run, step, _progress = started(driver, completion="time", least_minutes=1)
    assert beat(run, step, 10).have == 10
    # Two hours in a pocket.
    assert beat(run, step, 7210).have == 10 + completion.LONGEST_BEAT
    with pytest.raises(actions.NotYet):
        finish(run, step, 7211)
    assert beat(run, step, 7230).done
    assert finish(run, step, 7231).active_seconds == 60


def test_two_pages_at_once_count_as_one(driver):
    run, step, progress = started(driver, completion="time", least_minutes=1)
    stale = StepProgress.objects.get(pk=progress.pk)
    actions.beat(progress=progress, step=step, at=AT + seconds(10))
    assert actions.beat(progress=stale, step=step, at=AT + seconds(10)).have == 10


def test_a_clock_that_was_set_back_takes_nothing_away(driver):
    run, step, _progress = started(driver, completion="time", least_minutes=1)
    beat(run, step, 10)
    assert beat(run, step, 5).have == 10


def test_a_page_cannot_claim_to_have_played_faster_than_it_can(driver):
    run, step, _progress = started(driver, [video(100)], completion="watched")
    assert beat(run, step, 10, block=VIDEO, position=90, played=9999).have == 20
    assert beat(run, step, 20, block="another", played=10).have == 20
    assert beat(run, step, 50, block=VIDEO, position=100, played=60).have == 80
    with pytest.raises(actions.NotYet):
        finish(run, step, 51)
    now = beat(run, step, 60, block=VIDEO, position=500, played=10)
    assert (now.have, now.need, now.done) == (90, 90, True)
    row = BlockProgress.objects.get()
    assert (row.position, row.watched) == (100, 90)
    assert finish(run, step, 61).completed_at == AT + seconds(61)


def test_without_javascript_the_length_of_the_video_must_have_passed(driver):
    run, step, _progress = started(driver, [video(100)], completion="watched")
    with pytest.raises(actions.NotYet):
        finish(run, step, 89)
    assert finish(run, step, 90).completed_at == AT + seconds(90)


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("watched", "“Rule” is done when its video is watched, but it has none."),
        ("answered", "“Rule” is done when its questions are answered, but it asks none."),
    ],
)
def test_a_rule_that_nobody_could_meet_is_not_released(driver, rule, says):
    with pytest.raises(actions.NotReady, match=says):
        started(driver, completion=rule)


def test_a_check_question_that_is_not_published_is_not_released():
    block = {"type": "check", "value": {"question": {"key": "k", "version": ""}}}
    steps = [{"key": "a", "kind": "lesson", "title": "A", "completion": "seen", "blocks": [block]}]
    assert readiness.problem({"languages": {"en": {"steps": steps}}}) == "A check question of “A” is not published."


@pytest.fixture
def asked(client, driver):
    """The lesson with a check question, opened by the driver in a browser."""
    run, step, _progress = started(driver, [check()], completion="answered")
    client.force_login(driver)
    with time_machine.travel(AT, tick=False):
        yield run, step


def post(client, **data):
    return client.post(f"{HERE}check/{CHECK}/", data)


def options(client):
    question = next(row for row in client.get(HERE).context["blocks"] if row["type"] == "check")["question"]
    return [option["id"] for option in question["options"]]


def test_a_check_question_is_told_once_it_is_answered_and_never_before(client, asked):
    run, _step = asked
    before = client.get(HERE).content.decode()
    assert "0 of 1 so far." in before
    assert "Which seal?" in before
    assert "feedback__mark" not in before
    wrong = options(client)[0]
    assert post(client, check1=wrong).url == f"{HERE}#p-{CHECK}"
    after = client.get(HERE).content.decode()
    assert "That is done. You can go on." in after
    assert after.count("feedback__mark") == 1
    assert client.post(f"{HERE}done/").url == "/courses/seal-security/complete/"
    run.refresh_from_db()
    assert run.completed_at == AT


def test_going_on_before_the_question_is_answered_says_what_is_missing(client, asked):
    response = client.post(f"{HERE}done/")
    assert response.url == f"{HERE}#rule"
    assert "Not yet: 1 question on the page is still open." in client.get(HERE).content.decode()


def test_answering_again_asks_again_and_takes_nothing_away(client, asked):
    post(client, check1=options(client)[0])
    post(client, again="1")
    html = client.get(HERE).content.decode()
    assert "feedback__mark" not in html
    assert "That is done. You can go on." in html


def test_nothing_chosen_is_said_in_words_and_keeps_nothing(client, asked):
    post(client)
    assert "Choose an answer first." in client.get(HERE).content.decode()
    assert not BlockProgress.objects.exists()


def test_a_question_that_the_lesson_does_not_ask_is_not_found(client, asked):
    assert client.post(f"{HERE}check/{uuid.uuid4()}/", {"check1": "a"}).status_code == 404


def test_a_stranger_beats_for_nobody(client, asked):
    run, _step = asked
    client.force_login(factory.person("2"))
    assert client.post(f"{HERE}beat/").status_code == 404
    assert run.progress.get().beat_at is None


def test_a_heartbeat_answers_how_far_one_is(client, driver):
    started(driver, completion="time", least_minutes=1)
    client.force_login(driver)
    with time_machine.travel(AT + seconds(15), tick=False):
        answer = client.post(f"{HERE}beat/", {"position": "x", "played": "-1"}).json()
    assert answer == {"have": 15, "need": 60, "done": False, "so_far": "0:15 of 1:00 so far."}


def test_a_video_goes_on_where_it_stood(client, driver):
    run, step, _progress = started(driver, [video(100)], completion="watched")
    beat(run, step, 20, block=VIDEO, position=17, played=17)
    client.force_login(driver)
    with time_machine.travel(AT + seconds(30), tick=False):
        html = client.get(HERE).content.decode()
    assert f'data-play="{VIDEO}" data-at="17"' in html
    assert "0:17 of 1:30 so far." in html
    action = client.get("/courses/seal-security/").context["action"]
    assert action["label"] == "Continue with lesson 1, at 0:17 of what plays there"
    assert action["url"] == f"{HERE}#p-{VIDEO}"


def test_a_quiz_under_way_goes_on_at_its_question(client, driver):
    run = factory.start(driver, factory.released_course())
    factory.read_lessons(run)
    attempt = factory.begin_quiz(run)
    client.force_login(driver)
    with time_machine.travel(AT, tick=False):
        action = client.get("/courses/seal-security/").context["action"]
    assert action == {"label": "Go on with the quiz", "url": f"/quizzes/attempts/{attempt.uuid}/", "method": "get"}


def test_the_text_of_a_rule_asks_for_its_minutes():
    page = factory.course(lessons=(), quiz=False)
    lesson = LessonPage(title="Rule", slug="rule", completion="time", body=json.dumps([factory.paragraph("Read.")]))
    with pytest.raises(Exception, match="Say how many minutes, or choose another rule."):
        page.add_child(instance=lesson)


def test_a_lesson_with_many_videos_and_questions_costs_what_one_costs(client, driver):
    def cost(count):
        blocks = [row | {"id": str(uuid.uuid4())} for row in (video(), check()) for _number in range(count)]
        page = factory.course(f"Course {count}", lessons=(), quiz=False)
        page.add_child(instance=LessonPage(title="Rule", slug="rule", body=json.dumps(blocks), completion="watched"))
        factory.start(driver, factory.release(page))
        address = f"/courses/course-{count}/steps/rule/"
        client.get(address)
        found = queries(lambda: client.get(address))
        assert len(found) <= 12, found
        return len(found)

    client.force_login(driver)
    assert cost(1) == cost(20)

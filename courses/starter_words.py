"""The courses of the starter files in other languages: whole, or not at all."""

from content.models import StarterRow
from content.starter_files import need
from content.translating import bring_words
from content.upkeep import Row, StarterError


def translated(files, courses, read):
    """`{language: courses}` of those that have been translated whole, with the bank that their quiz asks from.

    `read` gives the courses of a folder.
    """
    return {
        said.language: [row for row in read(said) if _is_whole(row, courses, said)] for said in files.translations()
    }


def _is_whole(course, courses, said):
    original = next((row for row in courses if row.name == course.name), None)
    if original is None:
        raise StarterError(f"{course.file}: there is no such course in English.")
    bank = original.data.get("quiz", {}).get("bank")
    return [text.stem for text in course.lessons] == [text.stem for text in original.lessons] and (
        not bank or bool(said.find(f"banks/{bank}.yaml"))
    )


def load(said, course, english, report, named, language, *, edited):
    """Bring the words of one course; `english` are its page and steps by key. Returns the keys of what is there.

    A course that the company has `edited` is not begun: what it says now, the files cannot translate.
    """
    key = f"course/{course.name}"
    if edited and not StarterRow.objects.filter(key=f"{language}/{key}").exists():
        return set()
    kinds = [
        ("courses", [_course(said, key)]),
        ("lessons", [_lesson(course.name, text, named) for text in said.lessons]),
        ("quiz steps", [_quiz_step(said, course.name)] if "quiz" in said.data else []),
    ]
    found = {}
    for kind, rows in kinds:
        # Without its page, which the company has deleted, lessons have no place.
        if kind == "courses" or found:
            found |= bring_words(english, rows, language=language, kind=kind, report=report)
    return {f"{language}/{key}" for key in found}


def _course(said, key):
    names = ["title", "summary", "about", "topics"]
    title, summary, about, topics = need(said.data, names, said.file)
    says = {"title": title, "summary": summary, "about": about.strip(), "topics": "\n".join(topics)}
    return Row(key, said.file, says | {"takers": said.data.get("takers", "")})


def _lesson(course, text, named):
    slug = text.stem.split("-", 1)[-1]
    row = Row(f"lesson/{course}/{slug}", text.file, {})
    body, row.lines = text.blocks(row.identity, named)
    row.says = {"title": need(text.head, ["title"], text.file)[0], "body": body}
    return row


def _quiz_step(said, course):
    return Row(f"quiz-step/{course}", said.file, {"title": need(said.data["quiz"], ["title"], said.file)[0]})

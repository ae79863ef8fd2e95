"""A small folder of starter files: one area, three criteria, one picture, one course of two lessons, one guide."""

import textwrap

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20">
<title>A bolt</title><desc>A bolt &amp; its barrel.</desc><rect width="40" height="20" fill="{colour}"/></svg>
"""

SITE = """
    site_name: Gatehouse
    home: {title: Gatehouse, intro: Sign in.}
    guides: {title: Guides, intro: One page each.}
    courses: {title: Courses, intro: Short lessons.}
"""

BLANKS = """
    blanks:
    - {name: dispatch phone, help: The number., fallback: the number on your papers}
"""

CRITERIA = """
    focus_areas:
    - id: transportation_security
      title: Transportation security
      areas:
      - number: 6
        title: Seal security
        purpose: Seals keep the load closed.
        criteria:
        - {id: '6.1', level: must, summary: Written seal procedures.}
        - {id: '6.2', level: must, summary: High-security seals., training_topics: [classes]}
        - {id: '6.10', level: should, summary: A tenth one.}
"""

BANK = """
    title: Seals
    questions:
      - id: seal-class
        kind: single_choice
        objective: seal-fit
        criterion: '6.2'
        prompt: Which seal goes on?
        options:
          - {text: H, right: true, reason: High security.}
          - {text: I, right: false, reason: It only shows.}
      - id: seal-alone
        kind: true_false
        objective: seal-fit
        criterion: '6.1'
        prompt: A seal guards by itself.
        answer: false
        reasons: {true: People who look at it do., false: Right.}
"""

COURSE = """
    title: Seals
    summary: You can fit a seal.
    about: A seal speaks for the load.
    area: 6
    criteria: ['6.1', '6.2']
    topics: [seal classes, fitting]
    objectives:
      - {id: seal-fit, criterion: '6.2', text: Fit a seal.}
    quiz: {title: Seals quiz, bank: seals, draw: 2, minutes: 3}
"""

REFRESHER = """
    title: "Seals: refresher"
    summary: You still can.
    about: A year later.
    area: 6
    criteria: ['6.2']
    topics: [fitting]
    objectives: [seal-fit]
    quiz: {title: Short quiz, bank: seals, draw: {seal-fit: 1}, minutes: 2}
"""

LESSON = """
    ---
    title: {title}
    minutes: 5
    ---
    {text}

    ::: figure bolt
    A bolt, open.

    1. **Pin** It locks.
    :::

    ::: monday
    - Look at a seal.
    :::
"""

GUIDE = """
    ---
    title: Checking a seal
    summary: Four checks.
    criteria: ['6.1']
    review_by: 2030-05-01
    ---
    {text}
"""


def write(folder, name, text, language="en"):
    path = folder / language / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text).lstrip("\n"))


def lesson(folder, name, title="Fitting", text="Fit it.", course="seals"):
    write(folder, f"courses/{course}/{name}.md", textwrap.dedent(LESSON).format(title=title, text=text))


def guide(folder, text="View, verify, tug, twist."):
    write(folder, "guides/checking.md", textwrap.dedent(GUIDE).format(text=text))


def picture(folder, colour="navy"):
    write(folder, "illustrations/bolt.svg", SVG.format(colour=colour))


def refresher(folder, course=REFRESHER):
    write(folder, "courses/seals-refresher/course.yaml", course)
    lesson(folder, "1-year", title="A year of seals", course="seals-refresher")


def small(folder):
    """The whole small folder."""
    write(folder, "site.yaml", SITE)
    write(folder, "blanks.yaml", BLANKS)
    write(folder, "criteria.yaml", CRITERIA)
    write(folder, "banks/seals.yaml", BANK)
    write(folder, "courses/seals/course.yaml", COURSE)
    picture(folder)
    lesson(folder, "1-what", title="What a seal does", text="It slows a hand.")
    lesson(folder, "2-fitting")
    guide(folder)
    return folder

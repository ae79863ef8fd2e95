"""The help pages: one for each role, each a few questions as people ask them, answered in two or three sentences."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Answer:
    """`anchor` is what other pages lead to; `links` are pairs of words and the name of an address."""

    anchor: str
    question: str
    text: str
    links: tuple = ()


@dataclass(frozen=True)
class Help:
    title: str
    about: str
    answers: tuple


LEARNER = Help(
    _("Taking courses"),
    _("For everybody: what you owe, how a course works, and what to do when something sticks."),
    (
        Answer(
            "owe",
            _("What do I have to do?"),
            _("“My training” says it: each course you owe, by when, and how many minutes it takes. Press “Start”."),
            ((_("My training"), "assignments:me"),),
        ),
        Answer(
            "stop",
            _("Can I stop in the middle?"),
            _(
                "Yes. Your place is kept, to the question of a quiz and the second of a video. "
                "“Continue” on “My training” leads back to it."
            ),
        ),
        Answer(
            "next",
            _("Why does it not go on?"),
            _(
                "Steps open in order. At its end each lesson says when it is done: once you say that you have read it, "
                "after some minutes with it, after its video, or after its questions. Beside it stands how far you are."
            ),
        ),
        Answer(
            "failed",
            _("I did not pass the quiz."),
            _(
                "Read what went wrong, then press “Try again”; the page says how many attempts are left. "
                "After the last one talk to your supervisor: HR can open the course for you again."
            ),
        ),
        Answer(
            "line",
            _("The line was gone."),
            _(
                "Leave the page open. Answers that wait are sent when the line is back, and the bar above the quiz "
                "says so. What it called saved is saved."
            ),
        ),
        Answer(
            "sign-in",
            _("I cannot sign in."),
            _(
                "With a mail address, ask for a code or a new password. Without one, your supervisor prints you a "
                "slip: it works once, for 14 days. At a shared tablet you need your staff number and your PIN."
            ),
            ((_("Sign in"), "account_login"), (_("I have a slip"), "people:start")),
        ),
        Answer(
            "language",
            _("I would rather read Spanish."),
            _("Press “Español” at the top, in the middle of a lesson too. You stay where you are."),
        ),
        Answer(
            "read",
            _("It is hard to read."),
            _(
                "“Listen” at the top of a lesson reads it to you, where your device can. The pages follow the dark "
                "setting and the text size of your device, and each prints."
            ),
        ),
        Answer(
            "wrong",
            _("Something in a lesson is wrong."),
            _("Say so at the end of the lesson. It goes to those who write the course, without your name."),
        ),
        Answer(
            "certificate",
            _("Where is my certificate?"),
            _("On “My training”, under what you have done. Anybody can check its code, without an account."),
            ((_("Check a certificate"), "records:verify"),),
        ),
        Answer(
            "data",
            _("What is known about me?"),
            _("“Your account” has it all in one file, and there you set your language and your zone."),
            ((_("Your account"), "people:profile"),),
        ),
    ),
)
SUPERVISOR = Help(
    _("Leading a crew"),
    _("For supervisors: who needs you, who starts today, who cannot sign in."),
    (
        Answer(
            "needs",
            _("Who needs me?"),
            _(
                "“My crew” shows first who is overdue, then who is due within 30 days. It is your line: those who "
                "report to you, and those who report to them."
            ),
            ((_("My crew"), "assignments:team"),),
        ),
        Answer(
            "starts",
            _("Somebody starts today."),
            _(
                "“Add somebody” makes a staff number and a slip in half a minute; it first asks whether it is somebody "
                "who is known. HR confirms later."
            ),
            ((_("Add somebody"), "people:quick_add"),),
        ),
        Answer(
            "slip",
            _("A forgotten PIN, a lost phone"),
            _(
                "Make a new slip from the person’s row. It ends what is open on other devices, HR is told, "
                "and later records say that they were helped in."
            ),
        ),
        Answer(
            "talk",
            _("We held a toolbox talk."),
            _(
                "“Record a talk already given”: date, topic, who was there, and a photo of the signed sheet. "
                "“Plan a session” prints the sheet before, or shows a code to check in with."
            ),
            ((_("Sessions"), "records:sessions"),),
        ),
        Answer(
            "skill",
            _("I must watch a skill."),
            _("“Skills to watch” lists who waits. Watch the person do it, tick what you saw, and sign."),
            ((_("Skills to watch"), "quizzes:skills"),),
        ),
        Answer(
            "tablet",
            _("A shared tablet at the gate"),
            _(
                "Open “Shared tablets” on the device itself and set it up once. People then sign in with number and "
                "PIN, and it forgets them when nobody touches it for a while. Lost it? Withdraw it."
            ),
            ((_("Shared tablets"), "people:kiosks"),),
        ),
        Answer(
            "answers",
            _("What do I see of quizzes?"),
            _(
                "When somebody of your line began, saved and handed in, and the result. Never the questions or the "
                "answers: you may be asked the same."
            ),
        ),
    ),
)
HR = Help(
    _("Running the program"),
    _("For HR: people, rules, who is missing, and the export."),
    (
        Answer(
            "import",
            _("People from our HR system"),
            _(
                "“People”, “Imports”, “Import”: CSV or XLSX. You first see who is new, changed and leaving, then "
                "confirm; everything is brought in, or nothing. A source remembers the columns for the next time."
            ),
            ((_("Imports"), "imports:index"),),
        ),
        Answer(
            "invite",
            _("How people come in for the first time"),
            _("“Invitations” writes to those who have a mailbox and prints slips for those who have none."),
            ((_("Invitations"), "people_invitations"),),
        ),
        Answer(
            "rule",
            _("Who must take what"),
            _(
                "A requirement joins a course and an audience: due so many days after hire, again every so many "
                "months. Set it once; hires, transfers and leavers are followed each hour."
            ),
            ((_("Requirements"), "requirements:index"),),
        ),
        Answer(
            "missing",
            _("Who is missing?"),
            _("The report of assignments, filtered by standing, course and facility."),
            ((_("Assignments"), "assignments_report"),),
        ),
        Answer(
            "export",
            _("Completion records for an audit"),
            _("The report of completions downloads what it shows, as CSV or XLSX."),
            ((_("Completions"), "completions_report"),),
        ),
        Answer(
            "wrong",
            _("A record is wrong."),
            _(
                "Open it in the report of completions and press “Correct this record”. Somebody else decides; then a "
                "new record is written, and the old one stays."
            ),
            ((_("Corrections"), "corrections"),),
        ),
        Answer(
            "blocked",
            _("Somebody has used all attempts."),
            _(
                "Filter the report of enrollments by “all attempts failed” and open the course again. "
                "What was tried stays on record."
            ),
            ((_("Enrollments"), "enrolments_report"),),
        ),
        Answer(
            "blanks",
            _("Our own telephone numbers in the lessons"),
            _("Fill the company blanks once, for the company or for one facility, in each language."),
            ((_("Company blanks"), "company_blanks"),),
        ),
    ),
)
COMPLIANCE = Help(
    _("Proving it"),
    _("For the CTPAT point of contact: what the records say, and why they can be trusted."),
    (
        Answer(
            "records",
            _("What was completed, and when"),
            _(
                "The report of completions, by area, position and facility. Each record shows everything as it was: "
                "position, edition, score, how the person was known."
            ),
            ((_("Completions"), "completions_report"),),
        ),
        Answer(
            "edition",
            _("What did they read?"),
            _("Open the record in the report of completions, and “The course as it was”: the lessons as they stood."),
            ((_("Completions"), "completions_report"),),
        ),
        Answer(
            "works",
            _("Does the training work?"),
            _("The report of mastery tells how well each objective is answered, the weakest first, at each facility."),
            ((_("Mastery"), "mastery_report"),),
        ),
        Answer(
            "changed",
            _("Can a record be changed?"),
            _(
                "No. The database refuses it, and each record has its place in a signed log. A correction is a new "
                "record that names the old one and says why: ask for it on the page of the record, and somebody else "
                "decides."
            ),
            ((_("Corrections"), "corrections"),),
        ),
        Answer(
            "pack",
            _("A validator wants to see it."),
            _(
                "Issue a pack: for the program, an area, a criterion or named people. You get one file with a report, "
                "the records and the proofs, which anybody checks without us. What you issued stays listed."
            ),
            ((_("Evidence packs"), "evidence_packs"),),
        ),
        Answer(
            "erase",
            _("Somebody asks to be erased."),
            _(
                "Open the person under “People” and press “Erase this person”. You first see what goes and what stays; "
                "somebody else decides."
            ),
            ((_("Erasures"), "erasures"),),
        ),
        Answer(
            "check",
            _("How does an outsider check a certificate?"),
            _("By its code or its square, without an account. The page says what it is worth today."),
            ((_("Check a certificate"), "records:verify"),),
        ),
    ),
)
EDITOR = Help(
    _("Writing courses and guides"),
    _("For editors: lessons, questions, and what a change causes."),
    (
        Answer(
            "lesson",
            _("How do I write a lesson?"),
            _(
                "Under “Pages”, below its course: short blocks, one thought each, and at the end what people do on "
                "Monday. “Preview” shows it as a learner sees it."
            ),
        ),
        Answer(
            "release",
            _("When do learners see it?"),
            _(
                "When you release the course, not before. You first see what differs and who is affected. A minor "
                "change lets people finish what they began; a material one tells them what is new."
            ),
        ),
        Answer(
            "question",
            _("Where are the questions?"),
            _("In banks, under “Quizzes”. A quiz draws from them. Many come in at once by file."),
            ((_("Bring questions in"), "questions_import"),),
        ),
        Answer(
            "good",
            _("Is a question any good?"),
            _("The figures show how many had it right, which answers nobody chooses, and what to look at again."),
            ((_("Questions in figures"), "questions_figures"),),
        ),
        Answer(
            "said",
            _("What do learners say?"),
            _("The report of feedback: what is unclear or wrong, by lesson, without names."),
            ((_("Feedback"), "feedback_report"),),
        ),
        Answer(
            "picture",
            _("Pictures and films"),
            _(
                "Each picture has a description for those who cannot see it. A film needs captions and a transcript, "
                "and its size is shown before it plays."
            ),
        ),
    ),
)
OPERATOR = Help(
    _("Keeping it running"),
    _("For operators: commands are told in full in the README; each has --help."),
    (
        Answer("run", _("Starting it"), _("“make run” starts all of it. Run again, it keeps the data.")),
        Answer(
            "health",
            _("Is it well?"),
            _("/healthz answers when the process lives; /readyz when database, guards, broker and notices do."),
        ),
        Answer(
            "out",
            _("The administrator is locked out."),
            _("“manage.py reset_sign_in NUMBER” prints a new slip."),
        ),
        Answer(
            "tomorrow",
            _("What will be sent tomorrow?"),
            _("“manage.py send_reminders --on DATE --dry-run” says it and writes nothing."),
        ),
        Answer(
            "key",
            _("The key of the ledger"),
            _("“manage.py make_ledger_key”, once. Keep a copy of the file away from the database’s backups."),
        ),
        Answer(
            "verify", _("Is the ledger whole?"), _("“manage.py verify_records” checks all of it, as each night does.")
        ),
    ),
)
PAGES = {
    "learner": LEARNER,
    "supervisor": SUPERVISOR,
    "hr": HR,
    "compliance": COMPLIANCE,
    "editor": EDITOR,
    "operator": OPERATOR,
}

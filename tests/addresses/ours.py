"""Who may open what of Gatehouse's own addresses, and of those for signing in. To add one, add a line:

    *rows("people:new_page", SEE_PEOPLE, uuid="person.uuid", others={LIMITED: MISSING}),

The words (`rows`, `SEE_PEOPLE`, `MISSING` …) are explained in `table.py`; the objects that an address may need
("person.uuid") are made in `world.py`, one for each side.
"""

from .table import (
    ADMINISTRATOR,
    ANONYMOUS,
    COMPLIANCE,
    DENIED,
    EDITOR,
    EVERYBODY,
    HR,
    KEEP_PEOPLE,
    KEEP_SHARED,
    LEARNER,
    LIMITED,
    MISSING,
    NOT_SO,
    OPENS,
    ROLES,
    SEE_PEOPLE,
    SUPERVISOR,
    WRITE,
    admin,
    rows,
    signed_in,
)

# With these HR finds the person of the other facility.
SEARCHES = ("", "q=xochitl", "q=9041")
ELSEWHERE = {LIMITED: MISSING}
MARK = admin(HR, LIMITED, ADMINISTRATOR)
MARK_ONE = admin(HR, LIMITED, ADMINISTRATOR, refused=MISSING)
# One's own runs and attempts; others have none.
MINE = signed_in(LEARNER)
NOT_MINE = {LEARNER: MISSING}
SIGNED_IN_ALREADY = dict.fromkeys(ROLES, "→ assignments:me") | {ANONYMOUS: OPENS}
LED_TO_SIGN_IN = {ANONYMOUS: "→ account_login"}

EVIDENCE = admin(COMPLIANCE, ADMINISTRATOR)
KEEP_SESSIONS = signed_in(SUPERVISOR, HR, LIMITED, ADMINISTRATOR)
SEE_SESSIONS = signed_in(SUPERVISOR, HR, LIMITED, COMPLIANCE, ADMINISTRATOR)
NOT_THEIRS = {SUPERVISOR: MISSING, LIMITED: MISSING}

# Points of courses that the company holds against its own rules.
REVIEW = admin(COMPLIANCE, EDITOR, ADMINISTRATOR)
SEE_QUESTIONS = admin(HR, LIMITED, COMPLIANCE, EDITOR, ADMINISTRATOR)


def stays(keep, name):
    """What is never deleted says so to those who keep it on its page, to those who only see it on the listing."""
    return {
        role: f"→ {name}:edit" if keep[role] == OPENS else f"→ {name}:index" if outcome == OPENS else outcome
        for role, outcome in SEE_PEOPLE.items()
    }


OPEN_TO_ALL = [
    *rows("healthz readyz content:{search,help,guides} records:verify courses:index", EVERYBODY),
    *rows("records:check_in_door", EVERYBODY),
    *rows("content:help_page", EVERYBODY, role="learner"),
    *rows("content:guide", EVERYBODY, slug="guide.slug"),
    *rows("records:verify_code", EVERYBODY, code="record.code", public=True),
    *rows("courses:course", EVERYBODY, slug="course.slug"),
    *rows("media", EVERYBODY, path="picture.file"),
    *rows("reminders:mailbox", EVERYBODY),
    *rows("manifest offline", EVERYBODY, language="es"),
    *rows("worker", EVERYBODY),
    *rows("assignments:styleguide", EVERYBODY),
    *rows("assignments:styleguide", EVERYBODY, page="blocks"),
    *rows("reminders:{mailbox_message,mailbox_html}", EVERYBODY, answer=MISSING, key="nothing"),
    *rows("people:switch_language", EVERYBODY, answer=NOT_SO),
]

SIGNING_IN = [
    *rows("account_login", SIGNED_IN_ALREADY),
    *rows("account_logout", EVERYBODY | LED_TO_SIGN_IN),
    *rows("admin/login/", EVERYBODY, answer="→ account_login", at="/admin/login/"),
    *rows(r"^(?:es/)?_util/login/$", EVERYBODY, answer="→ account_login", at="/_util/login/"),
    *rows("admin/logout/", EVERYBODY | LED_TO_SIGN_IN, at="/admin/logout/"),
]

DOORS = [
    # No provider is configured.
    *rows("openid_connect_{login,callback}", EVERYBODY, answer=MISSING),
    *rows("account_request_login_code", SIGNED_IN_ALREADY),
    *rows("account_confirm_login_code", SIGNED_IN_ALREADY | {ANONYMOUS: "→ account_request_login_code"}),
    *rows("account_{reset_password,reset_password_done}", EVERYBODY),
    *rows("account_reset_password_from_key", EVERYBODY, uidb36="1", key="nothing"),
    *rows("mfa_login_webauthn mfa_authenticate", SIGNED_IN_ALREADY | LED_TO_SIGN_IN),
    # Without a password or a second factor there is nothing to confirm, remove or show.
    *rows("account_reauthenticate mfa_{reauthenticate,reauthenticate_webauthn}", signed_in(), answer=DENIED),
    *rows("mfa_{deactivate_totp,view_recovery_codes}", signed_in(), answer=MISSING),
    *rows("account_change_password", signed_in(), answer="→ account_reset_password"),
    *rows("mfa_{activate_totp,add_webauthn,generate_recovery_codes,index}", signed_in()),
    *rows("people:second_factor", signed_in(), answer="→ mfa_index"),
    *rows("people:preferences", signed_in(), answer="→ mfa_index"),
    *rows("reminders:my_data", signed_in()),
    *rows("people:remove_passkey", signed_in(), form=True),
    *rows("people:{start,started,kiosk}", EVERYBODY),
    *rows("people:kiosk_pin", EVERYBODY, answer="→ people:kiosk"),
    *rows("people:{kiosk_forget,kiosk_here}", EVERYBODY, form=True),
    *rows("people:start_code", EVERYBODY, answer=MISSING, code="nothing"),
    *rows(
        "people:issue_slip",
        signed_in(SUPERVISOR, HR, LIMITED, ADMINISTRATOR),
        uuid="person.uuid",
        others={SUPERVISOR: MISSING, LIMITED: MISSING},
    ),
    *rows("people:{kiosk_enrol,kiosks}", signed_in(SUPERVISOR, HR, LIMITED, ADMINISTRATOR)),
    *rows(
        "people:withdraw_kiosk",
        signed_in(SUPERVISOR, HR, LIMITED, ADMINISTRATOR),
        uuid="kiosk.uuid",
        others={SUPERVISOR: MISSING, LIMITED: MISSING},
    ),
    *rows("people:quick_add assignments:team", signed_in(SUPERVISOR)),
    *rows("records:sessions", SEE_SESSIONS),
    *rows("records:{session_given,session_new}", KEEP_SESSIONS),
    *rows("records:session", SEE_SESSIONS, uuid="session.uuid", others=NOT_THEIRS),
    *rows("records:session_{people,code,change,cancel}", KEEP_SESSIONS, uuid="session.uuid", others=NOT_THEIRS),
    *rows("records:session_sheet", SEE_SESSIONS, uuid="session.uuid", language="es", others=NOT_THEIRS),
    *rows("records:session_close", KEEP_SESSIONS, answer="→ records:session", uuid="session.uuid", others=NOT_THEIRS),
    *rows("records:{session_roster,session_attach}", KEEP_SESSIONS, form=True, uuid="session.uuid", others=NOT_THEIRS),
    *rows("records:session_sign", KEEP_SESSIONS, uuid="session.uuid", person="person.uuid", others=NOT_THEIRS),
    *rows("records:session_file", SEE_SESSIONS, uuid="session.uuid", file="sheet.uuid", others=NOT_THEIRS),
    *rows(
        "records:session_detach", KEEP_SESSIONS, form=True, uuid="session.uuid", file="sheet.uuid", others=NOT_THEIRS
    ),
    *rows("assignments:member", signed_in(SUPERVISOR), uuid="person.uuid", others={SUPERVISOR: MISSING}),
]

LEARNING = [
    # To whoever neither scanned its code nor is expected the page says no more than to scan it.
    *rows("records:check_in", signed_in(), code="session.code"),
    *rows("records:check_in_quiz", MINE, form=True, code="session.code", others=NOT_MINE),
    *rows("assignments:{me,records}", signed_in()),
    *rows(
        "records:{certificate,certificate_pdf}",
        signed_in(LEARNER, HR, LIMITED, COMPLIANCE, ADMINISTRATOR),
        uuid="record.uuid",
        others={LEARNER: MISSING, LIMITED: MISSING},
    ),
    *rows(
        "records:training_file",
        signed_in(LEARNER, HR, LIMITED, COMPLIANCE, ADMINISTRATOR),
        uuid="person.uuid",
        others={LEARNER: MISSING, LIMITED: MISSING},
    ),
    *rows("quizzes:{attempt,review}", MINE, uuid="attempt.uuid", others=NOT_MINE),
    *rows("quizzes:save", MINE, answer="→ quizzes:attempt", uuid="attempt.uuid", number=1, others=NOT_MINE),
    *rows("quizzes:{save_all,claim}", MINE, answer="→ quizzes:attempt", uuid="attempt.uuid", others=NOT_MINE),
    *rows("quizzes:submit", MINE, answer="→ quizzes:review", uuid="attempt.uuid", others=NOT_MINE),
    *rows("quizzes:result", MINE, answer="→ quizzes:attempt", uuid="attempt.uuid", others=NOT_MINE),
    *rows(
        "quizzes:timeline",
        signed_in(SUPERVISOR, HR, LIMITED, COMPLIANCE, ADMINISTRATOR),
        uuid="attempt.uuid",
        others={SUPERVISOR: MISSING, LIMITED: MISSING},
    ),
    *rows(
        "quizzes:of_person",
        signed_in(SUPERVISOR, HR, LIMITED, COMPLIANCE, ADMINISTRATOR),
        uuid="person.uuid",
        others={SUPERVISOR: MISSING, LIMITED: MISSING},
    ),
    *rows("courses:{start,changed,rate}", signed_in(), answer="→ courses:course", slug="course.slug"),
    *rows("quizzes:skills", signed_in()),
    *rows(
        "quizzes:sign",
        signed_in(SUPERVISOR, HR, LIMITED, ADMINISTRATOR),
        uuid="skill.uuid",
        number=1,
        others={SUPERVISOR: MISSING, LIMITED: MISSING},
    ),
    *rows("courses:complete", MINE, slug="course.slug"),
    *rows("courses:step", signed_in(LEARNER, others="→ courses:course"), slug="course.slug", step_slug="step.slug"),
    *rows(
        "courses:beat",
        signed_in(),
        answer="→ courses:step",
        slug="course.slug",
        step_slug="step.slug",
    ),
    *rows(
        "courses:check",
        signed_in(),
        answer="→ courses:step",
        slug="course.slug",
        step_slug="step.slug",
        block="6f4e3c1e-5d5b-5c0e-9a43-7d1f5f0f2c68",
    ),
    *rows(
        "courses:{done,attempt,feedback}",
        signed_in(),
        answer="→ courses:step",
        slug="course.slug",
        step_slug="step.slug",
    ),
]

PEOPLE = [
    *rows("people_quick_add", KEEP_PEOPLE),
    *rows("people_invitations{,_results}", KEEP_PEOPLE, lists=SEARCHES),
    *rows("people_invite", KEEP_PEOPLE, lists=SEARCHES),
    *rows("people_print_slips", KEEP_PEOPLE),
    *rows("wagtailusers_users:{leaves,merge_with}", KEEP_PEOPLE, pk="person.pk", others=ELSEWHERE),
    *rows("wagtailusers_users:stays", KEEP_PEOPLE, pk="person.pk", others=ELSEWHERE),
    *rows("wagtailusers_users:hire_again", KEEP_PEOPLE, pk="leaver.pk", others=ELSEWHERE),
    *rows("wagtailusers_users:confirm", KEEP_PEOPLE, pk="newcomer.pk", others=ELSEWHERE),
    *rows("wagtailusers_users:merge", KEEP_PEOPLE, pk="person.pk", other="colleague.pk", others=ELSEWHERE),
    # One account of two is a stranger's.
    *rows("wagtailusers_users:merge", KEEP_PEOPLE | {LIMITED: MISSING}, pk="person.pk", other="boss.pk"),
    *rows("person_chooser:create", KEEP_PEOPLE),
    *rows("people_export", SEE_PEOPLE, file_format="csv", lists=SEARCHES),
    *rows("people_export", SEE_PEOPLE, file_format="xlsx", lists=SEARCHES),
    *rows("people_export", SEE_PEOPLE, answer=MISSING, file_format="pdf"),
    *rows("imports:{index,index_results}", SEE_PEOPLE),
    *rows("imports:add", KEEP_PEOPLE),
    *rows("imports:show", SEE_PEOPLE, uuid="sent.uuid", others=ELSEWHERE),
    *rows("imports:errors", SEE_PEOPLE, uuid="sent.uuid", others=ELSEWHERE),
    *rows("imports:columns", KEEP_PEOPLE, uuid="sent.uuid", others=ELSEWHERE),
    *rows("imports:questions", SEE_PEOPLE, answer="→ imports:show", uuid="sent.uuid", others=ELSEWHERE),
    *rows("imports:{confirm,cancel}", KEEP_PEOPLE, answer=NOT_SO, uuid="sent.uuid", others=ELSEWHERE),
    *rows("wagtailusers_users:{index,index_results}", SEE_PEOPLE, lists=SEARCHES),
    *rows("wagtailusers_users:add", KEEP_PEOPLE),
    *rows("wagtailusers_users:edit", KEEP_PEOPLE, pk="person.pk", others=ELSEWHERE),
    *rows("wagtailusers_users:inspect", SEE_PEOPLE, pk="person.pk", others=ELSEWHERE),
    *rows("wagtailusers_users:{history,history_results}", SEE_PEOPLE, pk="person.pk", others=ELSEWHERE),
    *rows("wagtailusers_users:delete", stays(KEEP_PEOPLE, "wagtailusers_users"), pk="person.pk", others=ELSEWHERE),
    *rows(
        "admin/bulk/people/person/<slug:action>/",
        SEE_PEOPLE,
        answer="→ wagtailusers_users:index",
        at="/admin/bulk/people/person/delete/",
    ),
    *rows("person_chooser:{choose,choose_results}", SEE_PEOPLE, lists=SEARCHES[1:]),
    *rows("person_chooser:chosen", SEE_PEOPLE, pk="person.pk", others=ELSEWHERE),
    *rows("person_chooser:chosen_multiple", SEE_PEOPLE, query="id={person.pk}"),
]

WORK = [
    row
    for name, kind in (("employments", "employment"), ("positions-held", "held"), ("leaves", "leave"))
    for row in [
        *rows(f"{name}:{{index,index_results}}", SEE_PEOPLE, lists=SEARCHES),
        *rows(f"{name}:add", KEEP_PEOPLE),
        *rows(f"{name}:edit", KEEP_PEOPLE, pk=f"{kind}.pk", others=ELSEWHERE),
        *rows(f"{name}:inspect", SEE_PEOPLE, pk=f"{kind}.pk", others=ELSEWHERE),
        *rows(f"{name}:{{history,history_results}}", SEE_PEOPLE, pk=f"{kind}.pk", others=ELSEWHERE),
        *rows(f"{name}:delete", stays(KEEP_PEOPLE, name), pk=f"{kind}.pk", others=ELSEWHERE),
    ]
]

SHARED = [
    row
    for name, kind in (
        ("positions", "position"),
        ("facilities", "facility"),
        ("employers", "employer"),
        ("companies", "company"),
        ("tags", "tag"),
        ("import-sources", "source"),
        ("audiences", "audience"),
        ("requirements", "requirement"),
    )
    for row in [
        *rows(f"{name}:{{index,index_results}}", SEE_PEOPLE),
        *rows(f"{name}:add", KEEP_SHARED),
        *rows(f"{name}:edit", KEEP_SHARED, pk=f"{kind}.pk"),
        *rows(f"{name}:inspect", SEE_PEOPLE, pk=f"{kind}.pk"),
        *rows(f"{name}:{{history,history_results}}", KEEP_SHARED, pk=f"{kind}.pk"),
        *rows(f"{name}:delete", stays(KEEP_SHARED, name), pk=f"{kind}.pk"),
    ]
]

PROGRAMME = [
    *rows("positions:classify", KEEP_SHARED),
    *rows("audiences:compare", SEE_PEOPLE, pk="audience.pk", query="old=1&new=1"),
    *rows("assignments_report{,_results}", SEE_PEOPLE, lists=(*SEARCHES, "standing=later")),
    *rows("completions_report{,_results}", SEE_PEOPLE, lists=(*SEARCHES, "export=csv", "export=xlsx")),
    *rows("company_blanks", KEEP_PEOPLE),
    *rows("evidence_packs{,_results}", EVIDENCE),
    *rows("evidence_pack_order", EVIDENCE),
    # One's own order; other people's are nobody's.
    *rows("evidence_pack_progress", EVIDENCE, answer=MISSING, uuid="record.uuid"),
    *rows("evidence_pack{,_zip,_report}", EVIDENCE, uuid="pack.uuid"),
    *rows("evidence_pack_criterion", EVIDENCE, answer=MISSING, uuid="pack.uuid", criterion="99.9"),
    *rows("completions_record", SEE_PEOPLE, uuid="record.uuid", others=ELSEWHERE),
    *rows("corrections_request", SEE_PEOPLE, uuid="record.uuid", others=ELSEWHERE),
    *rows("corrections{,_results}", SEE_PEOPLE, lists=("",)),
    *rows("corrections_decide", SEE_PEOPLE, uuid="correction.uuid", others=ELSEWHERE),
    *rows("completions_view_save", SEE_PEOPLE, answer=NOT_SO),
    *rows("completions_view_delete", SEE_PEOPLE, answer=NOT_SO, uuid="record.uuid"),
    *rows("exports{,_results}", SEE_PEOPLE),
    *rows("export", SEE_PEOPLE, uuid="export.uuid", others=ELSEWHERE),
    *rows("export_order", SEE_PEOPLE, file_format="csv"),
    # Signed by nobody.
    *rows("export_file", SEE_PEOPLE, answer=MISSING, signed="x"),
    *rows("past_imports{,_results}", KEEP_PEOPLE),
    *rows("past_import_upload", KEEP_PEOPLE),
    *rows("past_import", KEEP_PEOPLE, uuid="past.uuid", others=ELSEWHERE),
    *rows("erasures{,_results}", EVIDENCE, lists=("",)),
    *rows("erasures_request", EVIDENCE, uuid="person.uuid"),
    *rows("erasures_decide", EVIDENCE, uuid="erasure.uuid"),
    *rows("enrolments_report{,_results}", SEE_PEOPLE, lists=("", "q=9041", "state=blocked")),
    *rows(
        "enrolment_reopen",
        KEEP_PEOPLE,
        uuid="stuck.uuid",
        others=ELSEWHERE,
        post={HR: "→ enrolments_report", LIMITED: "→ enrolments_report"},
    ),
    *rows("questions_figures", SEE_QUESTIONS),
    *rows("question_figures", SEE_QUESTIONS, uuid="version.uuid"),
    *rows("mastery_report", SEE_PEOPLE),
    *rows("attempts_report{,_results}", SEE_PEOPLE, lists=SEARCHES),
    *rows("attempts_attempt", SEE_PEOPLE, uuid="attempt.uuid", others=ELSEWHERE),
    *rows("attempts_void", KEEP_PEOPLE, uuid="attempt.uuid", others=ELSEWHERE),
    *rows("extra_time{,_results}", SEE_PEOPLE, lists=SEARCHES),
    *rows("extra_time_give", KEEP_PEOPLE),
    *rows("extra_time_end", KEEP_PEOPLE, pk="extra_time.pk", others=ELSEWHERE),
    # Grading again changes the results of everybody who was asked.
    *rows("regrade", KEEP_SHARED, uuid="version.uuid"),
    *rows("regrade_result", KEEP_SHARED, uuid="regrade.uuid"),
    *rows("questions_import", WRITE),
    *rows("question_import", WRITE, uuid="brought.uuid"),
    *rows("question_import_asked", WRITE, uuid="brought.uuid", number=1),
    *rows("question_import_{confirm,cancel}", WRITE, answer=NOT_SO, uuid="brought.uuid"),
    *rows("questions_template", WRITE, file_format="csv"),
    *rows("questions_template", WRITE, file_format="xlsx"),
    *rows("feedback_report{,_results}", admin(EDITOR, ADMINISTRATOR), lists=("", "mine=true", "open=true")),
    *rows(
        "feedback_close",
        admin(EDITOR, ADMINISTRATOR),
        answer="→ feedback_report",
        uuid="edition.uuid",
        post=dict.fromkeys((EDITOR, ADMINISTRATOR), MISSING),
    ),
    *rows("reviews_report{,_results}", REVIEW),
    *rows(
        "review_tick",
        REVIEW,
        answer="→ reviews_report",
        uuid="edition.uuid",
        post=dict.fromkeys((COMPLIANCE, EDITOR, ADMINISTRATOR), MISSING),
    ),
    *rows("course_edition", admin(HR, LIMITED, COMPLIANCE, EDITOR, ADMINISTRATOR), uuid="edition.uuid"),
    *rows("marking{,_results}", MARK, lists=("",)),
    *rows("marking_next", MARK_ONE, answer="→ marking_mark", uuid="essay.uuid", others=ELSEWHERE),
    *rows("marking_mark", MARK_ONE, uuid="essay.uuid", number=1, others=ELSEWHERE),
    *rows("course_release", admin(EDITOR, ADMINISTRATOR), page_id="course.pk"),
]

ROWS = [*DOORS, *OPEN_TO_ALL, *SIGNING_IN, *LEARNING, *PEOPLE, *WORK, *SHARED, *PROGRAMME]

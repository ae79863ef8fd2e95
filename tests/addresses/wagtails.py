"""Who may open what of Wagtail's addresses. The words are explained in `table.py`."""

from .table import (
    ADMINISTRATOR,
    ALL_OF_ADMIN,
    ANONYMOUS,
    COMPLIANCE,
    EDITOR,
    EVERYBODY,
    HR,
    IN_ADMIN,
    LIMITED,
    MISSING,
    NOBODY_IN_ADMIN,
    NOT_SO,
    OPENS,
    REFUSED,
    ROLES,
    SET_UP,
    WRITE,
    admin,
    rows,
)

# A file half uploaded is its editor's.
OWN_UPLOAD = admin(EDITOR, refused=MISSING)

# Never reached: an address of ours comes before.
BEHIND_OURS = {"wagtailcore_login": r"^(?:es/)?_util/login/$"}

FRONT = [
    *rows("wagtail_serve", dict.fromkeys(ROLES, "→ assignments:me") | {ANONYMOUS: OPENS}, args=("",)),
    *rows(
        "wagtailcore_authenticate_with_password",
        EVERYBODY,
        page_view_restriction_id="restriction.pk",
        page_id="guide.pk",
    ),
    *rows("wagtaildocs_authenticate_with_password", EVERYBODY, answer=MISSING, restriction_id="restriction.pk"),
    *rows("wagtaildocs_serve", EVERYBODY, args=("document.pk", "document.filename")),
    *rows("wagtailadmin_sprite wagtailadmin_javascript_catalog", EVERYBODY),
    *rows("wagtailadmin_password_reset{,_done,_complete}", EVERYBODY, answer=MISSING),
    *rows("wagtailadmin_password_reset_confirm", EVERYBODY, answer=MISSING, uidb64="MQ", token="set-password"),
]

DESK = [
    *rows("wagtailadmin_home", ALL_OF_ADMIN),
    *rows("admin/account/", ALL_OF_ADMIN, at="/admin/account/"),
    *rows("admin/.*/$", admin(*IN_ADMIN, sign_in="→ admin/login/"), answer=MISSING, at="/admin/nothing/"),
    *rows("admin/failwhale/", ALL_OF_ADMIN, answer="→ wagtailadmin_home", at="/admin/failwhale/"),
    *rows("admin/test404/", ALL_OF_ADMIN, answer="→ wagtailadmin_home", at="/admin/test404/"),
    *rows("wagtailadmin_dismissibles", ALL_OF_ADMIN),
    *rows("wagtailadmin_tag_autocomplete", ALL_OF_ADMIN, query="term=a"),
    *rows("wagtailadmin_tag_model_autocomplete", ALL_OF_ADMIN, answer=MISSING, app_name="people", model_name="tag"),
    *rows("wagtailadmin_block_preview", ALL_OF_ADMIN, answer=MISSING, query="id=x"),
    *rows(
        "wagtailadmin_editing_sessions:ping",
        admin(EDITOR, ADMINISTRATOR, refused=MISSING),
        form=True,
        app_label="content",
        model_name="guidepage",
        object_id="guide.pk",
        session_id="editing.pk",
    ),
    *rows(
        "wagtailadmin_editing_sessions:ping",
        admin(HR, LIMITED, ADMINISTRATOR, refused=MISSING),
        form=True,
        others={LIMITED: MISSING},
        app_label="people",
        model_name="person",
        object_id="person.pk",
        session_id=0,
    ),
    *rows("wagtailadmin_editing_sessions:release", ALL_OF_ADMIN, form=True, session_id="editing.pk"),
    *rows("wagtailadmin_api:{pages,documents,images}:listing", ALL_OF_ADMIN),
    *rows("wagtailadmin_api:pages:detail", admin(EDITOR, ADMINISTRATOR, refused=MISSING), pk="guide.pk"),
    *rows("wagtailadmin_api:documents:detail", ALL_OF_ADMIN, pk="document.pk"),
    *rows("wagtailadmin_api:images:detail", ALL_OF_ADMIN, pk="picture.pk"),
    *rows("wagtailadmin_api:{pages,documents,images}:find", ALL_OF_ADMIN, answer=MISSING),
    *rows("wagtailadmin_api:pages:action", ALL_OF_ADMIN, answer=NOT_SO, pk="guide.pk", action_name="delete"),
]

PAGES = [
    *rows("wagtailadmin_explore_root", WRITE),
    *rows("wagtailadmin_explore{,_results}", WRITE, parent_page_id="guides.pk"),
    *rows(
        "wagtailadmin_pages:{add,preview_on_add}",
        WRITE,
        content_type_app_name="content",
        content_type_model_name="guidepage",
        parent_page_id="guides.pk",
    ),
    *rows(
        "wagtailadmin_pages:{type_use,type_use_results}",
        WRITE,
        content_type_app_name="content",
        content_type_model_name="guidepage",
    ),
    # Who may add no page anywhere is asked to choose from an empty list.
    *rows(
        "wagtailadmin_pages:choose_parent",
        ALL_OF_ADMIN | dict.fromkeys((EDITOR, ADMINISTRATOR), "→ wagtailadmin_pages:add"),
        app_label="content",
        model_name="guidepage",
    ),
    *rows(
        "wagtailadmin_pages:{usage,edit,preview_on_edit,view_draft,delete,unpublish,copy,set_privacy}",
        WRITE,
        page_id="guide.pk",
    ),
    *rows("wagtailadmin_pages:convert_alias", ALL_OF_ADMIN, answer=MISSING, page_id="guide.pk"),
    *rows("wagtailadmin_pages:confirm_workflow_cancellation", ALL_OF_ADMIN, page_id="reviewed.pk"),
    *rows("wagtailadmin_pages:{lock,unlock}", WRITE, form=True, page_id="guide.pk"),
    *rows(
        "wagtailadmin_pages:revisions_index", ALL_OF_ADMIN, answer="→ wagtailadmin_pages:history", page_id="guide.pk"
    ),
    *rows("wagtailadmin_pages:{workflow_history,history,history_results}", WRITE, page_id="guide.pk"),
    *rows("wagtailadmin_pages:add_subpage", WRITE, answer="→ wagtailadmin_pages:add", parent_page_id="guides.pk"),
    *rows("wagtailadmin_pages:{search,search_results}", WRITE),
    *rows("wagtailadmin_pages:move", WRITE, page_to_move_id="guide.pk"),
    *rows("wagtailadmin_pages:set_page_position", WRITE, form=True, page_to_move_id="guide.pk"),
    *rows(
        "wagtailadmin_pages:move_confirm",
        ALL_OF_ADMIN,
        post=dict.fromkeys((HR, LIMITED, COMPLIANCE), REFUSED),
        page_to_move_id="guide.pk",
        destination_id="guides.pk",
    ),
    *rows(
        "wagtailadmin_pages:{workflow_action,collect_workflow_action_data}",
        admin(EDITOR),
        page_id="reviewed.pk",
        action_name="approve",
        task_state_id="task_state.pk",
    ),
    *rows("wagtailadmin_pages:workflow_preview", admin(EDITOR), page_id="reviewed.pk", task_id="task.pk"),
    *rows(
        "wagtailadmin_pages:{revisions_view,revisions_revert,revisions_unschedule}",
        WRITE,
        page_id="guide.pk",
        revision_id="revision.pk",
    ),
    *rows(
        "wagtailadmin_pages:revisions_compare", WRITE, pk="guide.pk", revision_id_a="earliest", revision_id_b="latest"
    ),
    *rows(
        "wagtailadmin_pages:workflow_history_detail",
        WRITE,
        page_id="reviewed.pk",
        workflow_state_id="workflow_state.pk",
    ),
    *rows("wagtailadmin_choose_page{,_search,_external_link,_email_link,_phone_link,_anchor_link}", ALL_OF_ADMIN),
    *rows("wagtailadmin_choose_page_child", ALL_OF_ADMIN, parent_page_id="guides.pk"),
    *rows("wagtailadmin_choose_page_chosen_multiple", ALL_OF_ADMIN, query="id={guide.pk}"),
    # Whose permissions do not suffice is told so on the page that asks, and the pages stay.
    *rows(
        "wagtail_bulk_action",
        ALL_OF_ADMIN,
        app_label="wagtailcore",
        model_name="page",
        action="delete",
        query="id={guide.pk}",
    ),
]

REPORTS = [
    *rows("wagtailadmin_reports:{locked_pages,workflow,workflow_tasks,aging_pages,page_types_usage}{,_results}", WRITE),
    # Each sees there what they may see elsewhere.
    *rows(
        "admin/reports/site-history/", admin(HR, COMPLIANCE, EDITOR, ADMINISTRATOR), at="/admin/reports/site-history/"
    ),
    *rows(
        "admin/reports/site-history/results/",
        admin(HR, COMPLIANCE, EDITOR, ADMINISTRATOR),
        at="/admin/reports/site-history/results/",
    ),
]

FILES = [
    *rows("wagtaildocs:{index,index_results,add,add_multiple}", WRITE),
    *rows("wagtaildocs:{edit,delete,document_usage}", WRITE, document_id="document.pk"),
    *rows("wagtaildocs:{edit_multiple,delete_multiple}", WRITE, form=True, doc_id="document.pk"),
    *rows(
        "wagtaildocs:{create_multiple_from_uploaded_document,delete_upload_multiple}",
        OWN_UPLOAD,
        form=True,
        uploaded_file_id="upload.pk",
    ),
    *rows("wagtailimages:{index,index_results,add,add_multiple}", WRITE),
    *rows("wagtailimages:{edit,delete,image_usage}", WRITE, image_id="picture.pk"),
    *rows("wagtailimages:{edit_multiple,delete_multiple}", WRITE, form=True, image_id="picture.pk"),
    *rows("wagtailimages:{url_generator,url_generator_output}", WRITE, answer=MISSING, image_id="picture.pk"),
    *rows("wagtailimages:preview", WRITE, image_id="picture.pk", filter_spec="original"),
    *rows(
        "wagtailimages:{create_multiple_from_uploaded_image,delete_upload_multiple}",
        OWN_UPLOAD,
        form=True,
        uploaded_file_id="upload.pk",
    ),
    *rows("wagtailembeds:{chooser,chooser_upload}", ALL_OF_ADMIN),
    *rows("wagtail{docs,images}_chooser:{choose,choose_results}", ALL_OF_ADMIN),
    *rows("wagtail{docs,images}_chooser:create", WRITE),
    *rows("wagtaildocs_chooser:chosen", WRITE, pk="document.pk"),
    *rows("wagtailimages_chooser:chosen", WRITE, pk="picture.pk"),
    *rows("wagtaildocs_chooser:chosen_multiple", ALL_OF_ADMIN, query="id={document.pk}"),
    *rows("wagtailimages_chooser:chosen_multiple", ALL_OF_ADMIN, query="id={picture.pk}"),
    *rows("wagtailimages_chooser:select_format", WRITE, image_id="picture.pk"),
    *rows("wagtailadmin_collections:{index,add}", SET_UP),
    *rows("wagtailadmin_collections:edit", SET_UP, pk="collection.pk"),
    *rows("wagtailadmin_collections:delete", admin(ADMINISTRATOR, refused=MISSING), pk="collection.pk"),
    *rows("wagtailadmin_collections:set_privacy", SET_UP, collection_id="collection.pk"),
]

SNIPPETS = [
    # A list of what is in the menu; who has one kind only is led there.
    *rows("wagtailsnippets:index", NOBODY_IN_ADMIN),
    *(
        row
        for app, name in (
            ("quizzes", "quiz"),
            ("quizzes", "question"),
            ("quizzes", "bank"),
            ("content", "criterion"),
            ("content", "criteriaarea"),
            ("content", "objective"),
            ("content", "blank"),
        )
        for row in [
            *rows(f"wagtailsnippets_{app}_{name}:{{list,list_results,add}}", WRITE),
            *rows(f"wagtailsnippets_{app}_{name}:{{edit,usage,history,history_results}}", WRITE, pk=f"{name}.pk"),
        ]
    ),
    *(
        row
        for app, name in (
            ("quizzes", "quiz"),
            ("quizzes", "bank"),
            ("content", "criterion"),
            ("content", "criteriaarea"),
            ("content", "objective"),
            ("content", "blank"),
        )
        for row in [
            *rows(f"wagtailsnippetchoosers_{app}_{name}:{{choose,choose_results}}", ALL_OF_ADMIN),
            *rows(f"wagtailsnippetchoosers_{app}_{name}:chosen", ALL_OF_ADMIN, pk=f"{name}.pk"),
            *rows(f"wagtailsnippetchoosers_{app}_{name}:chosen_multiple", ALL_OF_ADMIN, query=f"id={{{name}.pk}}"),
            *rows(f"wagtailsnippetchoosers_{app}_{name}:create", WRITE),
        ]
    ),
    *rows("wagtailsnippets_content_{criterion,criteriaarea,objective}:delete", NOBODY_IN_ADMIN, pk="criterion.pk"),
    *rows("wagtailsnippets_content_blank:delete", NOBODY_IN_ADMIN, pk="blank.pk"),
    # Questions are chosen by who writes them only: what is asked is no secret to them.
    *rows("wagtailsnippetchoosers_quizzes_question:{choose,choose_results,create}", WRITE),
    *rows("wagtailsnippetchoosers_quizzes_question:chosen", WRITE, pk="question.pk"),
    *rows("wagtailsnippetchoosers_quizzes_question:chosen_multiple", WRITE, query="id={question.pk}"),
    # What evidence names is refused in words, on the listing.
    *rows("wagtailsnippets_quizzes_quiz:delete", WRITE, answer="→ wagtailsnippets_quizzes_quiz:list", pk="quiz.pk"),
    *rows("wagtailsnippets_quizzes_bank:delete", WRITE, answer="→ wagtailsnippets_quizzes_bank:list", pk="bank.pk"),
    *rows(
        "wagtailsnippets_quizzes_question:delete",
        WRITE,
        answer="→ wagtailsnippets_quizzes_question:list",
        pk="question.pk",
    ),
    *rows("wagtailsnippets_quizzes_question:preview_on_add", WRITE),
    *rows("wagtailsnippets_quizzes_question:{preview_on_edit,unpublish,workflow_history}", WRITE, pk="question.pk"),
    *rows("wagtailsnippets_quizzes_question:{lock,unlock}", WRITE, answer=NOT_SO, pk="question.pk"),
    # It names the workflow and nothing of the question.
    *rows("wagtailsnippets_quizzes_question:confirm_workflow_cancellation", ALL_OF_ADMIN, pk="reviewed_question.pk"),
    *rows(
        "wagtailsnippets_quizzes_question:{workflow_action,collect_workflow_action_data}",
        admin(EDITOR),
        pk="reviewed_question.pk",
        action_name="approve",
        task_state_id="question_task_state.pk",
    ),
    *rows(
        "wagtailsnippets_quizzes_question:workflow_preview", admin(EDITOR), pk="reviewed_question.pk", task_id="task.pk"
    ),
    *rows(
        "wagtailsnippets_quizzes_question:workflow_history_detail",
        WRITE,
        pk="reviewed_question.pk",
        workflow_state_id="question_workflow_state.pk",
    ),
    *rows(
        "wagtailsnippets_quizzes_question:{revisions_view,revisions_revert,revisions_unschedule}",
        WRITE,
        pk="question.pk",
        revision_id="question_revision.pk",
    ),
    *rows(
        "wagtailsnippets_quizzes_question:revisions_compare",
        WRITE,
        pk="question.pk",
        revision_id_a="earliest",
        revision_id_b="latest",
    ),
]

SETTING_UP = [
    *rows("wagtailadmin_workflows:{index,index_results,add,task_index,task_index_results}", SET_UP),
    *rows("wagtailadmin_workflows:select_task_type", SET_UP, answer="→ wagtailadmin_workflows:add_task"),
    *rows("wagtailadmin_workflows:{disable,edit,usage,usage_results}", SET_UP, pk="workflow.pk"),
    *rows("wagtailadmin_workflows:enable", SET_UP, form=True, pk="workflow.pk"),
    *rows("wagtailadmin_workflows:remove", SET_UP, form=True, page_pk="root.pk"),
    *rows("wagtailadmin_workflows:remove", SET_UP, form=True, page_pk="root.pk", workflow_pk="workflow.pk"),
    *rows("wagtailadmin_workflows:add_task", SET_UP, app_label="wagtailcore", model_name="groupapprovaltask"),
    *rows("wagtailadmin_workflows:{edit_task,disable_task}", SET_UP, pk="task.pk"),
    *rows("wagtailadmin_workflows:enable_task", SET_UP, form=True, pk="task.pk"),
    *rows("wagtailadmin_workflows:{task_chooser,task_chooser_results,task_chooser_create}", ALL_OF_ADMIN),
    *rows("wagtailadmin_workflows:task_chosen", ALL_OF_ADMIN, task_id="task.pk"),
    *rows("wagtailsites:{index,index_results}", SET_UP),
    *rows("wagtailsites:add", NOBODY_IN_ADMIN),
    *rows("wagtailsites:{edit,history,history_results,usage}", SET_UP, pk="site.pk"),
    *rows("wagtailsites:{delete,copy}", NOBODY_IN_ADMIN, pk="site.pk"),
    *rows("wagtailusers_groups:{index,index_results,add}", SET_UP),
    *rows("wagtailusers_groups:{edit,history,history_results,usage}", SET_UP, pk="group.pk"),
    *rows("wagtailusers_groups:delete", NOBODY_IN_ADMIN, pk="group.pk"),
    *rows("wagtaillocales:{index,index_results,add}", SET_UP),
    *rows("wagtaillocales:{edit,history,history_results,usage}", SET_UP, pk="locale.pk"),
    *rows("wagtaillocales:copy", SET_UP, pk="locale.pk"),
    *rows("wagtaillocales:delete", NOBODY_IN_ADMIN, pk="locale.pk"),
]

TRANSLATING = [
    *rows("wagtail_localize:javascript_catalog", ALL_OF_ADMIN),
    *rows("wagtail_localize:translations_report{,_results}", ALL_OF_ADMIN),
    *rows("wagtail_localize:submit_page_translation", WRITE, page_id="guide.pk"),
    *rows(
        "wagtail_localize:submit_snippet_translation",
        WRITE,
        app_label="quizzes",
        model_name="question",
        pk="question.pk",
    ),
    *rows("wagtail_localize:convert_to_alias", WRITE, answer=MISSING, page_id="guide.pk"),
    # Nothing is translated in this company.
    *rows("wagtail_localize:update_translations", WRITE, answer=MISSING, translation_source_id=0),
    *rows(
        "wagtail_localize:edit_string_translation",
        ALL_OF_ADMIN,
        form=True,
        answer=MISSING,
        translation_id=0,
        string_segment_id=0,
    ),
    *rows(
        "wagtail_localize:edit_override",
        ALL_OF_ADMIN,
        form=True,
        answer=MISSING,
        translation_id=0,
        overridable_segment_id=0,
    ),
    *rows("wagtail_localize:{download_pofile,preview_translation}", ALL_OF_ADMIN, answer=MISSING, translation_id=0),
    *rows("wagtail_localize:preview_translation", ALL_OF_ADMIN, answer=MISSING, translation_id=0, mode="x"),
    *rows(
        "wagtail_localize:{upload_pofile,machine_translate,stop_translation}",
        ALL_OF_ADMIN,
        form=True,
        answer=MISSING,
        translation_id=0,
    ),
    *rows("wagtail_localize:snippets_api_listing", ALL_OF_ADMIN, app_label="content", model_name="objective"),
    *rows(
        "wagtail_localize:snippets_api_detail",
        ALL_OF_ADMIN,
        answer=MISSING,
        app_label="content",
        model_name="objective",
        pk="0",
    ),
]

ROWS = [*TRANSLATING, *FRONT, *DESK, *PAGES, *REPORTS, *FILES, *SNIPPETS, *SETTING_UP]

"""Addresses of action plans. `C` is challenges/<slug>; an action's own reference comes last, after the fixed words."""

from django.urls import URLPattern, path

from actionplans.views import action, imports, plan, report_drafts, reports, response, sample, update

app_name = "actionplans"

C = "challenges/<slug:slug>"

urlpatterns: list[URLPattern] = [
    path("my-actions/", update.my_actions, name="my_actions"),
    path(f"{C}/recommendations/<slug:ref>/", response.recommendation_page, name="recommendation"),
    # The plan
    path(f"{C}/plan/", plan.plan_page, name="plan"),
    path(f"{C}/plan/spreadsheet/", plan.spreadsheet, name="plan_spreadsheet"),
    path(f"{C}/plan/next-report/", plan.next_report, name="next_report"),
    path(f"{C}/plan/add/", action.add, name="add_action"),
    path(f"{C}/plan/responses/<slug:ref>/", response.respond, name="response"),
    # Bringing a plan in
    path(f"{C}/plan/import/", imports.upload, name="import"),
    path(f"{C}/plan/import/<int:number>/columns/", imports.columns, name="import_columns"),
    path(f"{C}/plan/import/<int:number>/check/", imports.check, name="import_check"),
    path(f"{C}/plan/import/<int:number>/bullets/", imports.bullets, name="import_bullets"),
    path(f"{C}/plan/import/<int:number>/done/", imports.done, name="import_done"),
    path(f"{C}/plan/import/<int:number>/file/", imports.file, name="import_file"),
    path(f"{C}/plan/sample.docx", sample.sample, name="sample_plan"),
    # Committee reports
    path("committee-reports/", reports.committee_reports, name="committee_reports"),
    path(f"{C}/plan/reports/", reports.report_list, name="reports"),
    path(f"{C}/plan/reports/new/", reports.report_new, name="report_new"),
    path(f"{C}/plan/reports/<slug:report>.pdf", reports.report_pdf, name="report_pdf"),
    path(f"{C}/plan/reports/<slug:report>/", reports.report_page, name="report"),
    path(f"{C}/plan/reports/<slug:report>/meeting/", reports.report_meeting, name="report_meeting"),
    path(f"{C}/plan/reports/<slug:report>/items/", reports.report_items, name="report_items"),
    path(f"{C}/plan/reports/<slug:report>/words/", reports.report_words, name="report_words"),
    path(f"{C}/plan/reports/<slug:report>/preview/", report_drafts.report_preview, name="report_preview"),
    path(
        f"{C}/plan/reports/<slug:report>/preview/<slug:asked>.pdf",
        report_drafts.report_draft_pdf,
        name="report_draft_pdf",
    ),
    path(f"{C}/plan/reports/<slug:report>/preview/<slug:asked>/", report_drafts.report_draft, name="report_draft"),
    path(f"{C}/plan/reports/<slug:report>/freeze/", reports.report_freeze, name="report_freeze"),
    # One action: last, because its reference stands where the fixed words do
    path(f"{C}/plan/<slug:action>/", action.action_page, name="action"),
    path(f"{C}/plan/<slug:action>/edit/", action.edit, name="edit_action"),
    path(f"{C}/plan/<slug:action>/update/", update.update, name="update"),
    path(f"{C}/plan/<slug:action>/history/", action.history, name="action_history"),
]

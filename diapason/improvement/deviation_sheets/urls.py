"""Name the screens of deviation sheets."""

from django.urls import path

from diapason.improvement.deviation_sheets.views import months, proposals, sheets, taking

app_name = "deviation_sheets"
urlpatterns = [
    path("", months.month, name="month"),
    path("keep/", months.keep_month, name="keep_month"),
    path("figures/", proposals.figures, name="figures"),
    path("taking/", taking.taking, name="taking"),
    path("taking/model/", taking.model_to_fill, name="model"),
    path("taking/do/", taking.take_over, name="take_over"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<str:number>/", proposals.proposal, name="proposal"),
    path("proposals/<str:number>/open/", proposals.open_one, name="open"),
    path("proposals/<str:number>/decline/", proposals.decline, name="decline"),
    path("sheet/<str:key>/", sheets.sheet, name="sheet"),
    path("sheet/<str:key>/keep/", sheets.keep_sheet, name="keep_sheet"),
    path("<str:code>/<str:key>/", sheets.study, name="study"),
    path("<str:code>/<str:key>/keep/", sheets.keep_study, name="keep_study"),
    path("<str:code>/<str:key>/log/", taking.log, name="log"),
    path("<str:code>/<str:key>/log/do/", taking.sum_log, name="sum_log"),
]

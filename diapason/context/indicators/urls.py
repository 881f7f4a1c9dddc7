"""Name the pages about figures."""

from django.urls import path

from diapason.context.indicators.views import claims, declaring, editions, figures, indicators

app_name = "indicators"
urlpatterns = [
    path("", figures.figures, name="figures"),
    path("compute/<int:year>/", figures.compute, name="compute"),
    path("of/<slug:code>/", indicators.indicator, name="indicator"),
    path("of/<slug:code>/check/", indicators.check_form, name="check_form"),
    path("of/<slug:code>/checked/", indicators.check, name="check"),
    path("published/", declaring.published, name="published"),
    path("declare/", declaring.declaration, name="declaration"),
    path("declared/", declaring.declare, name="declare"),
    path("declared/<str:number>/", declaring.declared_value, name="declared_value"),
    path("declared/<str:number>/withdraw/", declaring.withdraw, name="withdraw"),
    path("claims/", claims.claims, name="claims"),
    path("claims/new/", claims.new_claim, name="new_claim"),
    path("claims/record/", claims.record, name="record_claim"),
    path("claims/<slug:code>/", claims.claim, name="claim"),
    path("claims/<slug:code>/review/", claims.review, name="review_claim"),
    path("editions/", editions.editions, name="editions"),
    path("editions/freeze/<int:year>/", editions.freezing, name="freezing"),
    path("editions/freeze/<int:year>/signed/", editions.freeze, name="freeze"),
    path("editions/<str:number>/", editions.edition, name="edition"),
    path("<str:key>/", figures.figure, name="figure"),
    path("<str:key>/sign/", figures.sign_form, name="sign"),
    path("<str:key>/signed/", figures.sign, name="signed"),
]

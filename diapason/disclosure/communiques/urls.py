"""Name the pages about communiqués."""

from django.urls import path

from diapason.disclosure.communiques.views import reading, writing

app_name = "communiques"
urlpatterns = [
    path("", reading.communiques, name="communiques"),
    path("new/", writing.new, name="new"),
    path("draft/", writing.draft, name="draft"),
    path("<str:number>/", reading.communique, name="communique"),
    path("<str:number>/build/", writing.builder, name="builder"),
    path("<str:number>/save/", writing.save, name="save"),
    path("<str:number>/issue/", writing.issue, name="issue"),
    path("<str:number>/withdraw/", writing.withdraw, name="withdraw"),
    path("<str:number>/<str:language>.pdf", reading.pdf, name="pdf"),
]

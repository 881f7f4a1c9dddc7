"""Check that suspicious free text is asked about once, and never lost."""

from django import forms
from django.template import Context, Template
from django.utils.translation import override

from diapason.ui.free_text import AsksBeforeKeeping

SUSPECT = "Mme Dupont 12/03/1954 a signé la version 3."


class Story(AsksBeforeKeeping, forms.Form):
    """Tell what happened."""

    what = forms.CharField(label="Quoi", widget=forms.Textarea)
    where = forms.CharField(label="Où", required=False)
    mail = forms.EmailField(label="Courriel", required=False)


class ContactStory(Story):
    """Ask about contacts too."""

    ASKS_OF_CONTACTS = True


class OnlyWhere(Story):
    """Look at one field."""

    FREE_TEXTS = ("where",)


def drawn(form: forms.Form) -> str:
    """Return the form as a page shows it."""
    return Template(
        "{% load ui %}<form>{% form_errors form %}{% field form.what %}{% field form.where %}</form>"
    ).render(Context({"form": form}))


def test_ordinary_text_is_kept_at_once() -> None:
    form = Story({"what": "Version 3.1 du 12/03/2024 signée.", "where": "Pharmacie"})
    assert form.is_valid() and not form.asks
    assert form.cleaned_data["what"] == "Version 3.1 du 12/03/2024 signée."
    assert "kept_as_typed" not in drawn(form)


def test_asks_with_field_and_excerpt_and_loses_nothing() -> None:
    form = Story({"what": SUSPECT, "where": "Pharmacie"})
    assert not form.is_valid()
    assert form.errors["what"].as_data()[0].code == "personal_data"
    with override("fr"):
        page = drawn(Story({"what": SUSPECT, "where": "Pharmacie"}))
    assert "« Mme Dupont 12/03/1954 » ressemble à un nom à côté d’une date de naissance" in page
    assert "Je confirme que" in page and f'value="{form.kept_as_typed_digest}"' in page
    assert SUSPECT in page and 'value="Pharmacie"' in page
    with override("en"):
        page = drawn(Story({"what": SUSPECT}))
    assert "“Mme Dupont 12/03/1954” looks like a person’s name beside a date of birth." in page
    assert "I confirm that" in page


def test_the_box_keeps_the_text_as_typed() -> None:
    digest = first_digest({"what": SUSPECT})
    form = Story({"what": SUSPECT, "kept_as_typed": digest})
    assert form.is_valid() and form.keeps
    assert form.cleaned_data["what"] == SUSPECT


def test_the_box_is_bound_to_what_was_found() -> None:
    digest = first_digest({"what": SUSPECT})
    assert Story({"what": SUSPECT + " Corrigé.", "kept_as_typed": digest}).is_valid()
    other = Story({"what": SUSPECT + " IPP 12345678", "kept_as_typed": digest})
    assert not other.is_valid() and not other.keeps
    moved = Story({"what": "Rien.", "where": SUSPECT, "kept_as_typed": digest})
    assert not moved.is_valid() and "where" in moved.errors
    assert not Story({"what": SUSPECT, "kept_as_typed": "on"}).is_valid()


def first_digest(data: dict[str, str]) -> str:
    """Return what the box of the first answer carries."""
    form = Story(data)
    assert not form.is_valid()
    return str(form.kept_as_typed_digest)


def test_another_fault_does_not_hide_the_question_nor_untick_the_box() -> None:
    digest = first_digest({"what": SUSPECT})
    form = Story({"what": SUSPECT, "mail": "no address", "kept_as_typed": digest})
    assert not form.is_valid() and list(form.errors) == ["mail"]
    assert "checked" in drawn(form)


def test_contacts_only_where_asked() -> None:
    data = {
        "what": "Appeler le 06 12 34 56 78 ou marie.dupont@example.org",
        "mail": "jean.martin@example.org",
    }
    assert Story(data).is_valid()
    asked = ContactStory(data)
    assert not asked.is_valid() and list(asked.errors) == ["what"] and len(asked.errors["what"]) == 2


def test_only_named_fields_are_looked_at() -> None:
    assert OnlyWhere({"what": SUSPECT}).is_valid()
    assert not OnlyWhere({"what": "Rien.", "where": SUSPECT}).is_valid()


def test_a_prefix_is_respected() -> None:
    form = Story({"a-what": SUSPECT}, prefix="a")
    assert not form.is_valid() and form.kept_as_typed_name == "a-kept_as_typed"
    assert Story({"a-what": SUSPECT, "a-kept_as_typed": form.kept_as_typed_digest}, prefix="a").is_valid()

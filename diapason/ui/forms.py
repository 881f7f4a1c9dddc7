"""Draw forms: one look and accessible errors for every form, ours and allauth's."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Draw each field with its label, hint and error tied to it by identifiers."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

"""Shape what people hand in and decide about imports."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.context.network.models import Site
from diapason.operation.registry_imports.files import LARGEST, SUFFIXES
from diapason.ui.wording import figure


class UploadForm(forms.Form):
    """Hand in a file of a register."""

    file = forms.FileField(
        label=_("File of ClinicalTrials.gov"),
        help_text=_("Classic XML or API v2 JSON: one record, a list, .gz or .zip."),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )
    data_on = forms.DateField(
        label=_("Day of the download"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Only when the file itself does not say."),
    )

    def clean_file(self) -> Any:
        """Refuse by size and name; what the file holds is judged while it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            limit = figure(LARGEST // 1024**3)
            raise forms.ValidationError(gettext("The file is larger than %(limit)s GB.") % {"limit": limit})
        if not file.name.lower().endswith(SUFFIXES):
            raise forms.ValidationError(gettext("Only .zip, .xml, .json and .gz files are read here."))
        return file


class ConfirmForm(forms.Form):
    """Confirm a preview: bound to the file that it showed and to the version that was read."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)


class PlaceForm(forms.Form):
    """Decide which member a registry name stands for."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=[("yes", ""), ("no", "")], widget=forms.HiddenInput)
    site = forms.ModelChoiceField(queryset=Site.objects.select_related("organization"), required=False)

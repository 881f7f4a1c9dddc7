"""The pages about figures: they work, refuse, hide, and cost the same at any size."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from diapason.context.indicators import panels
from diapason.context.indicators.acts import freeze_edition, load_claims
from diapason.context.indicators.models import (
    Claim,
    DeclaredValue,
    Figure,
    FrozenEdition,
    IndicatorDefinition,
)
from diapason.context.indicators.rules.reading import read_catalogue
from tests.context.indicators.conftest import BY, FOLDER, row

KEY = "patients_per_year-2017-NET-v1"


@pytest.fixture
def stored(compute: Any) -> dict[str, Figure]:
    rows = [
        row("patients_per_year", 12000, scope="ALP"),
        row("patients_per_year", 9000, scope="BET"),
        row("patients_in_trials_oeci", scope="ALP", numerator=3, denominator=20),
        row("CLCC patients included in a trial", 15, qualifier="more than", unit="%"),
    ]
    figures: dict[str, Figure] = compute(*rows)
    return figures


@pytest.fixture
def edition(stored: Any, today: Any) -> FrozenEdition:
    figures = list(Figure.objects.of_network().exclude(status="not_known").told())
    frozen: FrozenEdition = freeze_edition(
        name_fr="Chiffres 2017", name_en="Figures of 2017", figures=figures, by=BY, on=today
    )
    return frozen


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode()).replace("\u202f", " ").replace("\xa0", " ")


def credentials(page: Any, **more: Any) -> dict[str, Any]:
    """Return what a person types into the signature form that this page shows."""
    form = page.context["signing"]
    meaning = form.fields["meaning"].choices[0][0]
    typed = {"shown": form.initial["shown"], "meaning": meaning, "password": "correct horse battery staple"}
    return {**{f"signing-{name}": value for name, value in typed.items()}, **more}


class TestList:
    def test_the_network_and_ones_own(self, stored: Any, client_as: Any, definitions: Any) -> None:
        shown = text(
            client_as("quality_manager", definitions.alpha).get(reverse("indicators:figures"), {"year": 2017})
        )
        assert "21 000" in shown and "12 000" in shown and "9 000" not in shown

    def test_an_empty_year_teaches(self, definitions: Any, client_as: Any) -> None:
        assert "ISO 9001 § 9.1.1" in text(client_as("network_coordinator").get(reverse("indicators:figures")))

    def test_a_funder_reads_frozen_editions_only(self, stored: Any, edition: Any, client_as: Any) -> None:
        client = client_as("funder")
        assert client.get(reverse("indicators:figures")).status_code == 403
        assert client.get(reverse("indicators:figure", args=[KEY])).status_code == 403
        assert "21 000" in text(client.get(edition.get_absolute_url()))

    def test_cost(
        self, stored: Any, client_as: Any, compute: Any, assert_fixed_queries: Any, more_centres: Any
    ) -> None:
        client = client_as("network_coordinator")
        queries = assert_fixed_queries(
            lambda: client.get(reverse("indicators:figures"), {"year": 2017}),
            lambda: compute(*[row("patients_per_year", 5, scope=one.code) for one in more_centres]),
        )
        assert queries <= 12

    def test_computing_by_hand(self, stored: Any, client_as: Any, definitions: Any) -> None:
        url = reverse("indicators:compute", args=[2016])
        assert client_as("research_staff", definitions.alpha).post(url).status_code == 403
        assert client_as("network_coordinator").post(url).status_code == 302
        assert Figure.objects.of_year(2016).exists()


class TestProvenance:
    def test_everything_behind_a_figure(
        self, stored: Any, edition: Any, client_as: Any, definitions: Any
    ) -> None:
        shown = text(
            client_as("quality_manager", definitions.alpha).get(reverse("indicators:figure", args=[KEY]))
        )
        for expected in ("Alphaville", "Chiffres 2017", "ISO 9001 § 4.1", "Unité"):
            assert expected in shown
        assert "Bêtaville" not in shown and "9 000" not in shown

    def test_another_organizations_figure_is_not_there(
        self, stored: Any, client_as: Any, definitions: Any
    ) -> None:
        url = reverse("indicators:figure", args=["patients_per_year-2017-BET-v1"])
        assert client_as("quality_manager", definitions.alpha).get(url).status_code == 404
        assert client_as("quality_manager", definitions.beta).get(url).status_code == 200

    def test_few_cases_show_their_interval(self, stored: Any, client_as: Any, definitions: Any) -> None:
        url = reverse("indicators:figure", args=["patients_in_trials_oeci-2017-ALP-v1"])
        shown = text(client_as("quality_manager", definitions.alpha).get(url))
        assert "5,2" in shown and "36" in shown

    def test_readings_stand_side_by_side(self, stored: Any, client_as: Any) -> None:
        url = reverse("indicators:figure", args=["patients_in_trials_release-2017-NET-v1"])
        assert "OECI" in text(client_as("network_coordinator").get(url))

    def test_cost(
        self, stored: Any, client_as: Any, compute: Any, assert_fixed_queries: Any, more_centres: Any
    ) -> None:
        client = client_as("network_coordinator")
        queries = assert_fixed_queries(
            lambda: client.get(reverse("indicators:figure", args=[KEY])),
            lambda: compute(*[row("patients_per_year", 5, scope=one.code) for one in more_centres]),
        )
        assert queries <= 14

    def test_cost_of_many_editions(
        self, stored: Any, client_as: Any, today: Any, assert_fixed_queries: Any
    ) -> None:
        client = client_as("network_coordinator")
        figures = list(Figure.objects.told().filter(key=KEY))

        def freeze() -> None:
            freeze_edition(name_fr="x", name_en="x", figures=figures, by=BY, on=today)

        freeze()
        assert_fixed_queries(
            lambda: client.get(reverse("indicators:figure", args=[KEY])), lambda: [freeze() for _ in range(3)]
        )


class TestSigning:
    def test_the_form_shows_and_the_post_signs(self, stored: Any, client_as: Any) -> None:
        client = client_as("network_director")
        figure = stored[KEY]
        assert figure.fingerprint[:16] in text(client.get(reverse("indicators:sign", args=[KEY])))
        data = credentials(client.get(reverse("indicators:sign", args=[KEY])), version=figure.version)
        wrong = client.post(reverse("indicators:signed", args=[KEY]), {**data, "signing-password": "wrong"})
        assert wrong.status_code == 200 and not Figure.objects.get(key=KEY).is_signed
        assert client.post(reverse("indicators:signed", args=[KEY]), data).status_code == 302
        assert Figure.objects.get(key=KEY).is_signed

    def test_the_coordination_does_not_sign(self, stored: Any, client_as: Any) -> None:
        client = client_as("network_coordinator")
        assert "aria-disabled" in text(client.get(reverse("indicators:sign", args=[KEY])))
        assert client.post(reverse("indicators:signed", args=[KEY]), {}).status_code == 403
        assert not Figure.objects.get(key=KEY).is_signed

    def test_a_stale_form_conflicts(self, stored: Any, client_as: Any) -> None:
        client = client_as("network_director")
        data = credentials(client.get(reverse("indicators:sign", args=[KEY])), version=99)
        assert client.post(reverse("indicators:signed", args=[KEY]), data).status_code == 409


class TestIndicator:
    def test_history_and_definition(self, stored: Any, compute: Any, client_as: Any) -> None:
        compute(row("patients_per_year", 540000, year=2018), year=2018)
        shown = text(
            client_as("network_coordinator").get(reverse("indicators:indicator", args=["patients_per_year"]))
        )
        assert "540 000" in shown and "files actives" in shown

    def test_a_check_by_the_direction(self, stored: Any, client_as: Any, definitions: Any) -> None:
        page, post = (reverse(f"indicators:{name}", args=["centres"]) for name in ("check_form", "check"))
        data = {"version": 1, "checked_by": "COPIL", "next_review": "2027-11-01"}
        assert client_as("quality_manager", definitions.alpha).get(page).status_code == 403
        assert client_as("quality_manager", definitions.alpha).post(post, data).status_code == 403
        director = client_as("network_director")
        assert director.get(page).status_code == 200
        assert director.post(post, {**data, "next_review": ""}).status_code == 200
        assert director.post(post, data).status_code == 302
        assert IndicatorDefinition.objects.get(indicator__code="centres").checked_by == "COPIL"


class TestDeclaring:
    def data(self, organization: Any, **more: Any) -> dict[str, Any]:
        definition = IndicatorDefinition.objects.get(indicator__code="patients_per_year")
        return {
            "indicator": definition.indicator_id,
            "organization": organization.pk,
            "year": 2018,
            "value": "12 345",
            "qualifier": "exact",
            "source": "PMSI 2018",
            **more,
        }

    def test_a_declaration_becomes_a_figure(self, stored: Any, client_as: Any, definitions: Any) -> None:
        client = client_as("quality_manager", definitions.alpha)
        assert client.get(reverse("indicators:declaration")).status_code == 200
        answer = client.post(reverse("indicators:declare"), self.data(definitions.alpha))
        assert answer.status_code == 302, answer.context["form"].errors
        assert Figure.objects.get(key="patients_per_year-2018-ALP-v1").value == 12345
        assert "PMSI 2018" in text(client.get(answer.url))

    def test_not_for_another_house(self, stored: Any, client_as: Any, definitions: Any) -> None:
        client = client_as("quality_manager", definitions.alpha)
        assert client.post(reverse("indicators:declare"), self.data(definitions.beta)).status_code == 200
        assert (
            client_as("research_staff", definitions.alpha).get(reverse("indicators:declaration")).status_code
            == 403
        )
        assert not DeclaredValue.objects.filter(period_start__year=2018).exists()

    def test_the_list_of_what_was_declared(self, stored: Any, client_as: Any, definitions: Any) -> None:
        url = reverse("indicators:published")
        shown = text(client_as("quality_manager", definitions.alpha).get(url, {"year": "2017"}))
        assert "Rapport 2017" in shown
        assert client_as("quality_manager", definitions.alpha).get(url, {"year": "x"}).status_code == 200
        assert client_as("funder").get(url).status_code == 403

    def test_withdrawal(self, stored: Any, client_as: Any, definitions: Any) -> None:
        value = DeclaredValue.objects.get(organization=definitions.alpha, indicator__code="patients_per_year")
        url = reverse("indicators:withdraw", args=[value.number])
        assert client_as("quality_manager", definitions.beta).post(url, {}).status_code in (403, 404)
        client = client_as("quality_manager", definitions.alpha)
        assert client.post(url, {"version": 1, "reason": "doublon"}).status_code == 302
        assert DeclaredValue.objects.get(pk=value.pk).withdrawn_because == "doublon"


class TestClaims:
    def test_read_by_all_reviewed_by_few(self, definitions: Any, client_as: Any, today: Any) -> None:
        load_claims(declarations=read_catalogue(FOLDER).claims, by=BY, on=today)
        nurse, director = client_as("research_staff", definitions.alpha), client_as("network_director")
        assert "promoteur académique" in text(nurse.get(reverse("indicators:claims")))
        claim = Claim.objects.get(code="largest_academic_sponsor")
        assert nurse.get(claim.get_absolute_url()).status_code == 200
        data = {"version": 1, "verdict": "kept", "reason": "Toujours dit ainsi", "review_by": "2027-11-01"}
        url = reverse("indicators:review_claim", args=[claim.code])
        assert nurse.post(url, data).status_code == 403
        assert director.post(url, {}).status_code == 200
        assert director.post(url, data).status_code == 302
        assert Claim.objects.get(pk=claim.pk).verdict == "kept"

    def test_recording(self, definitions: Any, client_as: Any) -> None:
        data = {"code": "first", "stated_on": "2026-01-01", "review_by": "2027-01-01"}
        for name in ("sentence", "source", "method", "owner"):
            data |= {f"{name}_fr": "fr", f"{name}_en": "en"}
        assert (
            client_as("research_staff", definitions.alpha).get(reverse("indicators:new_claim")).status_code
            == 403
        )
        client = client_as("network_coordinator")
        assert client.get(reverse("indicators:new_claim")).status_code == 200
        assert client.post(reverse("indicators:record_claim"), data).status_code == 302
        assert client.post(reverse("indicators:record_claim"), data).status_code == 200


class TestEditions:
    def test_freezing(self, stored: Any, client_as: Any, definitions: Any) -> None:
        url = reverse("indicators:freezing", args=[2017])
        assert client_as("quality_manager", definitions.alpha).get(url).status_code == 403
        client = client_as("network_coordinator")
        assert "21 000" in text(client.get(url))
        form = client.get(url, {"name_fr": "Chiffres 2017", "name_en": "Figures"})
        post = form.context["sign_url"]
        assert client_as("quality_manager", definitions.alpha).post(post, {}).status_code == 403
        assert client.post(post, {}).status_code == 200
        answer = client.post(post, credentials(form))
        assert answer.status_code == 302
        shown = text(client.get(answer.url))
        assert FrozenEdition.objects.get().content_hash in shown
        assert "Chiffres 2017" in text(client.get(reverse("indicators:editions")))

    def test_every_page_in_english(self, stored: Any, edition: Any, client_as: Any) -> None:
        client = client_as("network_coordinator")
        client.cookies["diapason_language"] = "en"
        for name, args in (
            ("figures", []),
            ("editions", []),
            ("claims", []),
            ("declaration", []),
            ("figure", [KEY]),
        ):
            assert (
                client.get(
                    reverse(f"indicators:{name}", args=args), headers={"accept-language": "en"}
                ).status_code
                == 200
            )


class TestHome:
    def ask(self, who: Any) -> HttpRequest:
        request = RequestFactory().get("/network/")
        request.user = who
        return request

    def test_the_strip(self, stored: Any, account: Any) -> None:
        panel = panels.network_strip(self.ask(account("network_coordinator")), None)
        assert panel is not None and panel.slot == "figures"
        share = next(tile for tile in panel.tiles if "2017" in tile.label)
        assert share.url == reverse("indicators:figure", args=["patients_in_trials_release-2017-NET-v1"])
        assert panels.network_strip(self.ask(account("funder")), None) is None

    def test_an_organizations_figures_for_its_own_people(
        self, stored: Any, account: Any, definitions: Any
    ) -> None:
        who = account("quality_manager", definitions.alpha)
        assert panels.organization_figures(self.ask(who), definitions.alpha) is not None
        assert panels.organization_figures(self.ask(who), definitions.beta) is None

    def test_what_waits_for_a_sign_off(self, stored: Any, client_as: Any) -> None:
        assert reverse("indicators:sign", args=[KEY]) in text(client_as("network_director").get("/day/"))


@pytest.mark.parametrize(
    ("direction", "said"),
    [("higher", "plus haut est mieux"), ("lower", "plus bas est mieux"), ("neutral", "")],
)
def test_a_definition_says_which_way_is_better(direction: str, said: str) -> None:
    with translation.override("fr"):
        assert IndicatorDefinition(direction=direction).direction_said == said

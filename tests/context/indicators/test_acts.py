"""What may be done with definitions, figures, editions and claims."""

import csv
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from diapason.audit_trail.acts import automaton
from diapason.audit_trail.models import Entry, EntrySubject
from diapason.audit_trail.open_act import Automaton
from diapason.audit_trail.signatures import Proof, hash_of
from diapason.audit_trail.signing.models import Signature
from diapason.context.indicators import acts
from diapason.context.indicators.jobs import compute_figures
from diapason.context.indicators.models import (
    Claim,
    DeclaredValue,
    EditionFigure,
    Figure,
    FigureRun,
    Indicator,
    IndicatorDefinition,
)
from diapason.context.indicators.queries import edition_statement, figure_statement
from diapason.context.indicators.rules.declarations import IndicatorDeclaration
from diapason.context.indicators.rules.reading import read_catalogue
from diapason.kernel.dates import Period
from diapason.kernel.languages import Bilingual
from diapason.kernel.verdicts import Conflict, Refused
from tests.context.indicators.conftest import AT, BY, FOLDER, row

pytestmark = pytest.mark.database


def proof_of(text: str, by: Any) -> Proof:
    return Proof(
        person=by.trail_name, name=str(by), meaning="verification", method="password", text_hash=hash_of(text)
    )


def sign_off(figure: Figure, by: Any, today: date, **changes: Any) -> Figure:
    """Sign a figure off as a person who has just given the credentials for its text."""
    values = {
        "fingerprint": figure.fingerprint,
        "version": None,
        "proof": proof_of(figure_statement(figure), by),
    }
    return acts.sign_figure(figure=figure, by=by, on=today, at=AT, **{**values, **changes})


def declaration(**changes: Any) -> IndicatorDeclaration:
    one = next(one for one in read_catalogue(FOLDER).indicators if one.code == "patients_per_year")
    return IndicatorDeclaration(**{**one.__dict__, **changes})


class TestLoading:
    def test_a_second_loading_changes_nothing(self, definitions: Any, today: date) -> None:
        entries = Entry.objects.count()
        loaded = acts.load_definitions(declarations=read_catalogue(FOLDER).indicators, by=BY, on=today)
        assert (loaded.created, loaded.revised) == ((), ())
        assert Entry.objects.count() == entries

    def test_a_revised_definition_keeps_the_former_one_with_its_figures(
        self, compute: Any, today: date
    ) -> None:
        compute(row("patients_per_year", 516000))
        acts.load_definitions(
            declarations=[declaration(version=2, numerator=Bilingual("Autre liste", "Another list"))],
            by=BY,
            on=today,
        )
        figures = compute()
        old, new = figures["patients_per_year-2017-NET-v1"], figures["patients_per_year-2017-NET-v2"]
        assert (old.definition.is_current, new.definition.is_current) == (False, True)
        assert old.definition.numerator_en.startswith("Patients counted once")

    def test_changed_words_need_a_higher_version(self, definitions: Any, today: date) -> None:
        changed = declaration(numerator=Bilingual("Autre liste", "Another list"))
        with pytest.raises(Refused, match="patients_per_year"):
            acts.load_definitions(declarations=[changed], by=BY, on=today)
        assert IndicatorDefinition.objects.get(indicator__code="patients_per_year").revision == 1

    def test_staff_may_not_load(self, definitions: Any, account: Any, today: date) -> None:
        with pytest.raises(Refused):
            acts.load_definitions(declarations=[], by=account("research_staff", definitions.alpha), on=today)

    def test_a_check_is_recorded_with_its_next_review(
        self, definitions: Any, account: Any, today: date
    ) -> None:
        definition = IndicatorDefinition.objects.get(indicator__code="centres")
        director = account("network_director")
        checked = acts.check_definition(
            definition=definition,
            checked_by="COPIL",
            next_review=date(2027, 11, 1),
            version=1,
            by=director,
            on=today,
        )
        assert not checked.is_due_for_review(on=today)
        assert EntrySubject.objects.filter(subject="indicator:centres", fact="DefinitionChecked").exists()
        with pytest.raises(Refused):
            acts.check_definition(
                definition=checked, checked_by="COPIL", next_review=today, version=None, by=director, on=today
            )


class TestDeclaring:
    def declare(self, network: Any, by: Any, today: date, **more: Any) -> DeclaredValue:
        values: dict[str, Any] = {
            "organization": network.alpha,
            "value": Decimal(12000),
            "source": "PMSI 2017",
            **more,
        }
        indicator = Indicator.objects.get(code="patients_per_year")
        return acts.declare_figure(indicator=indicator, period=Period.year(2017), by=by, on=today, **values)

    def test_a_quality_manager_declares_for_the_own_house(
        self, definitions: Any, account: Any, today: date
    ) -> None:
        declared = self.declare(definitions, account("quality_manager", definitions.alpha), today)
        assert declared.number == "DV-ALP-2017-0001"
        line = EntrySubject.objects.get(fact="FigureDeclared")
        assert (line.subject, line.organization) == ("declared-value:DV-ALP-2017-0001", "ALP")

    def test_not_for_another_one_nor_for_the_network(
        self, definitions: Any, account: Any, today: date
    ) -> None:
        by = account("quality_manager", definitions.beta)
        for organization in (definitions.alpha, None):
            with pytest.raises(Refused):
                self.declare(definitions, by, today, organization=organization)
        assert not DeclaredValue.objects.exists()

    def test_more_included_than_there_are_is_refused(
        self, definitions: Any, account: Any, today: date
    ) -> None:
        with pytest.raises(Refused):
            self.declare(
                definitions,
                account("network_coordinator"),
                today,
                value=None,
                numerator=Decimal(11),
                denominator=Decimal(10),
            )

    def test_published_values_keep_their_source_and_their_own_words(
        self, definitions: Any, today: date
    ) -> None:
        rows = [
            row("Patients cared for", 516000),
            row("Patients included in promoted trials", 5000, scope="rd", qualifier="about"),
            row("CLCC patients included in a trial", 15, qualifier="more than", unit="%"),
            row("Active promoted trials (centres + R&D)", 739, year=2022),
            row("Employees", 23000, year=""),
            row("Patients cared for", 12000, scope="ALP"),
        ]
        result = acts.declare_figures(rows=rows, by=BY, on=today)
        assert result.stored == 6
        assert result.without_indicator == (
            "network: Active promoted trials (centres + R&D)",
            "network: Employees",
        )
        assert DeclaredValue.objects.get(organization=definitions.alpha).indicator.code == "patients_per_year"
        again = acts.declare_figures(rows=rows, by=BY, on=today)
        assert (again.stored, again.already_there) == (0, 6)

    def test_the_public_record_loads_whole(self, definitions: Any, today: date) -> None:
        path = FOLDER.parent / "public_record" / "figures.csv"
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        result = acts.declare_figures(rows=rows, by=BY, on=today)
        assert (result.stored, result.already_there) == (len(rows), 0)
        compute_figures(year=2017, by=BY, at=AT)
        said = {
            one.indicator.code: (one.value, one.qualifier, one.status)
            for one in Figure.objects.of_network().select_related("indicator")
        }
        assert said["studies_sponsored_active"] == (569, "exact", "declared")
        assert said["patients_per_year"] == (516000, "exact", "declared")
        assert said["patients_in_trials_release"] == (15, "more_than", "declared")
        assert said["phrc_share"] == (50, "more_than", "declared")
        assert (said["central_studies_active"][0], said["central_studies_recruiting"][0]) == (86, 44)
        assert said["central_inclusions"] == (5000, "about", "declared")
        assert said["central_recruiting_centres"][0] == 216
        assert said["central_recruiting_centres_abroad"][0] == 52
        assert said["cohort_patients"] == (30000, "about", "declared")

    def test_a_word_in_the_place_of_a_number_refuses_the_whole(self, definitions: Any, today: date) -> None:
        with pytest.raises(Refused, match="beaucoup"):
            acts.declare_figures(rows=[row("CLCC", 18), row("Hospital sites", "beaucoup")], by=BY, on=today)
        assert not DeclaredValue.objects.exists()

    def test_a_withdrawn_value_counts_no_longer(self, compute: Any, account: Any, today: date) -> None:
        compute(row("patients_per_year", 516000))
        value = DeclaredValue.objects.get()
        by = account("network_coordinator")
        acts.withdraw_declared_value(value=value, reason="mauvaise année", version=1, by=by, on=today)
        assert compute()["patients_per_year-2017-NET-v1"].status == "not_known"
        with pytest.raises(Refused):
            acts.withdraw_declared_value(value=value, reason="encore", version=None, by=by, on=today)


class TestFigures:
    def test_computing_twice_writes_nothing_but_the_run(self, compute: Any) -> None:
        compute(row("patients_per_year", 516000))
        versions = list(Figure.objects.order_by("pk").values_list("version", "made_at"))
        compute()
        assert list(Figure.objects.order_by("pk").values_list("version", "made_at")) == versions
        assert FigureRun.objects.count() == 2

    def test_staff_may_not_have_figures_stored(self, definitions: Any, account: Any) -> None:
        with pytest.raises(Refused):
            acts.store_figures(figures=[], year=2017, by=account("research_staff", definitions.alpha), at=AT)

    def test_signing_off(self, compute: Any, account: Any, today: date) -> None:
        figure = compute(row("patients_per_year", 516000))["patients_per_year-2017-NET-v1"]
        director = account("network_director")
        signed = sign_off(figure, director, today, version=figure.version)
        assert signed.is_signed and signed.signed_by == director.person
        assert Signature.objects.get(number=signed.signature).subject == figure.subject
        assert EntrySubject.objects.filter(subject=figure.subject, fact="FigureSigned").exists()

    def test_a_later_change_undoes_the_sign_off_and_keeps_it_readable(
        self, compute: Any, account: Any, today: date
    ) -> None:
        key = "patients_per_year-2017-NET-v1"
        figure = compute(row("patients_per_year", 516000))[key]
        sign_off(figure, account("network_director"), today)
        figure = compute(row("patients_per_year", 517000, source="Rapport corrigé"))[key]
        assert (figure.value, figure.is_signed, figure.was_signed_before) == (517000, False, True)

    def test_what_was_shown_is_what_is_signed(self, compute: Any, account: Any, today: date) -> None:
        figure = compute(row("patients_per_year", 516000))["patients_per_year-2017-NET-v1"]
        director = account("network_director")
        with pytest.raises(Refused):
            sign_off(figure, director, today, fingerprint="0" * 64)
        with pytest.raises(Conflict):
            sign_off(figure, director, today, version=figure.version + 1)
        with pytest.raises(Refused):
            sign_off(figure, director, today, proof=None)
        with pytest.raises(Refused):
            sign_off(figure, director, today, proof=proof_of("another text", director))
        assert not Figure.objects.get(pk=figure.pk).signed_on

    def test_nobody_signs_off_what_he_or_she_declared(
        self, definitions: Any, account: Any, today: date
    ) -> None:
        by = account("quality_manager", definitions.alpha)
        TestDeclaring().declare(definitions, by, today)
        compute_figures(year=2017, by=BY, at=AT)
        figure = Figure.objects.get(key="patients_per_year-2017-ALP-v1")
        with pytest.raises(Refused):
            sign_off(figure, by, today)
        assert sign_off(figure, account("quality_manager", definitions.alpha), today).is_signed

    def test_an_unknown_value_is_not_signed(self, compute: Any, account: Any, today: date) -> None:
        figure = compute()["cohort_patients-2017-NET-v1"]
        with pytest.raises(Refused):
            sign_off(figure, account("network_director"), today)


class TestFreezing:
    def freeze(self, figures: list[Figure], by: Any, today: date) -> Any:
        proof = None if isinstance(by, Automaton) else proof_of(edition_statement(figures), by)
        return acts.freeze_edition(
            name_fr="Chiffres 2017", name_en="Figures", figures=figures, by=by, on=today, at=AT, proof=proof
        )

    def network_figures(self) -> list[Figure]:
        return list(Figure.objects.of_network().exclude(status="not_known").told())

    def test_an_edition_no_longer_moves(self, compute: Any, account: Any, today: date) -> None:
        compute(row("patients_per_year", 516000))
        edition = self.freeze(self.network_figures(), account("network_coordinator"), today)
        compute(row("patients_per_year", 517000, source="Rapport corrigé"))
        frozen = EditionFigure.objects.get(edition=edition, definition__indicator__code="patients_per_year")
        assert (frozen.value, frozen.has_moved, frozen.figure.value) == (516000, True, 517000)
        assert edition.is_intact
        line = EntrySubject.objects.get(fact="EditionFrozen")
        assert line.subject == f"frozen-edition:{edition.number}"

    def test_a_sign_off_after_the_freezing_counts_while_the_value_stays(
        self, compute: Any, account: Any, today: date
    ) -> None:
        figure = compute(row("patients_per_year", 516000))["patients_per_year-2017-NET-v1"]
        edition = self.freeze([figure], account("network_coordinator"), today)
        frozen = EditionFigure.objects.select_related("figure").get(edition=edition)
        assert frozen.is_provisional
        sign_off(figure, account("network_director"), today)
        frozen = EditionFigure.objects.select_related("figure").get(edition=edition)
        assert not frozen.is_provisional
        compute(row("patients_per_year", 517000, source="Rapport corrigé"))
        frozen = EditionFigure.objects.select_related("figure").get(edition=edition)
        assert not frozen.is_provisional, "the frozen value is the one that was signed off"

    def test_refused(self, compute: Any, account: Any, today: date) -> None:
        figures = compute(row("patients_per_year", 12000, scope="ALP"))
        coordinator = account("network_coordinator")
        for chosen in ([], [figures["patients_per_year-2017-ALP-v1"]]):
            with pytest.raises(Refused):
                self.freeze(chosen, coordinator, today)
        with pytest.raises(Refused):
            self.freeze(self.network_figures(), account("quality_manager"), today)

    def test_one_year_only(self, compute: Any, today: date) -> None:
        compute()
        compute(year=2018)
        with pytest.raises(Refused):
            self.freeze(self.network_figures(), automaton("tests"), today)


class TestClaims:
    def test_recorded_and_reviewed(self, db: None, account: Any, today: date) -> None:
        by = account("network_coordinator")
        codes = acts.load_claims(declarations=read_catalogue(FOLDER).claims, by=by, on=today)
        assert codes == ["largest_academic_sponsor", "share_of_publications"]
        assert acts.load_claims(declarations=read_catalogue(FOLDER).claims, by=BY, on=today) == []
        claim = Claim.objects.get(code="share_of_publications")
        assert claim.is_due(on=date(2027, 4, 1)) and not claim.is_due(on=today)
        with pytest.raises(Refused):
            acts.review_claim(
                claim=claim, verdict="kept", reason="", review_by=today, version=None, by=by, on=today
            )
        reviewed = acts.review_claim(
            claim=claim,
            verdict="withdrawn",
            reason="Trop ancien",
            review_by=today,
            version=1,
            by=by,
            on=today,
        )
        assert not reviewed.is_due(on=date(2030, 1, 1))
        assert EntrySubject.objects.filter(
            subject="claim:share_of_publications", fact="ClaimReviewed"
        ).exists()

    def test_others_may_not(self, network: Any, account: Any, today: date) -> None:
        with pytest.raises(Refused):
            acts.load_claims(declarations=[], by=account("quality_manager", network.alpha), on=today)

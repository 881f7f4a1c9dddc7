"""Write registry records and archives as the register does, for tests."""

import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

SHARED = Path(os.environ.get("DIAPASON_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "data"


def site_xml(name: str, city: str, country: str = "France", postcode: str = "", status: str = "") -> str:
    """Return one location, with a contact and an investigator who must not be taken over."""
    state = f"<status>{status}</status>" if status else ""
    return (
        f"<location><facility><name>{escape(name)}</name><address><city>{escape(city)}</city>"
        f"<zip>{postcode}</zip><country>{escape(country)}</country></address></facility>{state}"
        "<contact><last_name>Dupont SECRET, MD</last_name><phone>+33 1 02 03 04 05</phone>"
        "<email>secret@example.org</email></contact>"
        "<investigator><last_name>Durand SECRET</last_name><role>Principal Investigator</role></investigator>"
        "</location>"
    )


def classic(number: str = "NCT01234567", **more: Any) -> bytes:
    """Return one classic XML record."""
    values = {
        "title": "A Study of Something",
        "sponsor": "Somebody Outside",
        "sponsor_class": "Other",
        "status": "Recruiting",
        "start": "March 2016",
        "end": "",
        "updated": "October 2, 2018",
        "enrolment": "200",
        "enrolment_type": "Anticipated",
        "phase": "Phase 2",
        "others": "",
        "sites": site_xml("CHU de Lyre", "Lyre"),
        "acronym": "",
        "download": "October 31, 2018",
        "last_known": "",
        **more,
    }
    end = f'<completion_date type="Actual">{values["end"]}</completion_date>' if values["end"] else ""
    acronym = f"<acronym>{values['acronym']}</acronym>" if values["acronym"] else ""
    last_known = (
        f"<last_known_status>{values['last_known']}</last_known_status>" if values["last_known"] else ""
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<clinical_study rank="1">
  <!-- conforms to the public schema -->
  <required_header>
    <download_date>ClinicalTrials.gov processed this data on {values["download"]}</download_date>
  </required_header>
  <id_info><org_study_id>LOCAL-1</org_study_id>{values["others"]}<nct_id>{number}</nct_id></id_info>
  <brief_title>{escape(values["title"])}</brief_title>{acronym}
  <sponsors><lead_sponsor>
    <agency>{escape(values["sponsor"])}</agency><agency_class>{values["sponsor_class"]}</agency_class>
  </lead_sponsor></sponsors>
  <overall_status>{values["status"]}</overall_status>{last_known}
  <start_date>{values["start"]}</start_date>{end}
  <phase>{values["phase"]}</phase><study_type>Interventional</study_type>
  <study_design_info><primary_purpose>Treatment</primary_purpose></study_design_info>
  <enrollment type="{values["enrolment_type"]}">{values["enrolment"]}</enrollment>
  <condition>Lymphoma</condition>
  <intervention><intervention_type>Drug</intervention_type><intervention_name>x</intervention_name></intervention>
  <overall_official><last_name>Martin SECRET</last_name></overall_official>
  <overall_contact><last_name>Petit SECRET</last_name><email>secret@example.org</email></overall_contact>
  {values["sites"]}
  <verification_date>October 2018</verification_date>
  <study_first_submitted>January 5, 2016</study_first_submitted>
  <last_update_submitted>{values["updated"]}</last_update_submitted>
</clinical_study>""".encode()


def study_json(number: str = "NCT01234567", **more: Any) -> dict[str, Any]:
    """Return the same record as API v2 gives it."""
    values = {
        "title": "A Study of Something",
        "sponsor": "Somebody Outside",
        "status": "RECRUITING",
        "start": "2016-03",
        "updated": "2018-10-02",
        "count": 200,
        "kind": "ESTIMATED",
        "version": "2018-10-31",
        "sites": [{"facility": "CHU de Lyre", "city": "Lyre", "country": "France"}],
        **more,
    }
    people = [{"name": "Dupont SECRET", "email": "secret@example.org", "phone": "0102030405"}]
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": number,
                "orgStudyIdInfo": {"id": "LOCAL-1"},
                "briefTitle": values["title"],
            },
            "statusModule": {
                "overallStatus": values["status"],
                "statusVerifiedDate": "2018-10",
                "startDateStruct": {"date": values["start"]},
                "studyFirstSubmitDate": "2016-01-05",
                "lastUpdateSubmitDate": values["updated"],
            },
            "sponsorCollaboratorsModule": {
                "leadSponsor": {"name": values["sponsor"], "class": "OTHER"},
                "responsibleParty": {"investigatorFullName": "Durand SECRET"},
            },
            "designModule": {
                "studyType": "INTERVENTIONAL",
                "phases": ["PHASE2"],
                "designInfo": {"primaryPurpose": "TREATMENT"},
                "enrollmentInfo": {"count": values["count"], "type": values["kind"]},
            },
            "conditionsModule": {"conditions": ["Lymphoma"]},
            "armsInterventionsModule": {"interventions": [{"type": "DRUG", "name": "x"}]},
            "contactsLocationsModule": {
                "centralContacts": people,
                "overallOfficials": people,
                "locations": [{**site, "contacts": people} for site in values["sites"]],
            },
        },
        "derivedSection": {"miscInfoModule": {"versionHolder": values["version"]}},
        "hasResults": False,
    }


def as_json(value: Any) -> bytes:
    """Return the JSON text."""
    return json.dumps(value).encode()


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    """Write an archive of members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return path


def zip_bytes(members: dict[str, bytes]) -> bytes:
    """Return an archive as bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return stream.getvalue()

"""What one establishment learnt: agreed by it, offered to all, adopted by another, refused by a third with a reason."""

from collections.abc import Callable
from typing import Any

from diapason.context.people.rules import DEMO_PASSWORD

TITLE = "Le classeur de l’étude restait sans responsable pendant les congés"
REASON = "Nos classeurs sont tenus par une équipe commune."
HOW = "Un remplaçant nommé par classeur, inscrit au tableau des absences."


def signed_in(visitor: Callable[..., Any], email: str) -> Any:
    """Return somebody of another establishment at a browser of their own."""
    who = visitor()
    page = who.open("/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/accounts/" not in address)
    return who


def press(page: Any, name: str) -> None:
    """Press what bears that name, a link or a button."""
    page.locator("main").get_by_role("link", name=name, exact=True).or_(
        page.locator("main").get_by_role("button", name=name, exact=True)
    ).first.click()


def test_a_lesson_of_one_is_adopted_by_another_and_refused_by_a_third(visitor: Callable[..., Any]) -> None:
    house = visitor("quality_manager")
    page = house.open("/lessons/")
    house.check_page()
    press(page, "Proposer une bonne pratique")
    page.get_by_label("Retour d’expérience", exact=True).check()
    page.get_by_label("Titre").fill(TITLE)
    page.get_by_label("Ce qui s’est passé, en termes généraux").fill(
        "À Brest, un classeur n’a pas été tenu en août."
    )
    page.get_by_label("Ce que nous avons appris").fill("Personne n’était nommé pour le tenir.")
    page.get_by_label("Ce qui est recommandé").fill("Nommer un remplaçant par classeur.")
    page.get_by_label("Classeur", exact=True).check()
    house.check_page()
    press(page, "Enregistrer le texte")
    address = page.url
    assert "Mots qui disent d’où il vient" in page.locator("main").inner_text()
    press(page, "Écrire le texte")
    page.get_by_label("Ce qui s’est passé, en termes généraux").fill("Un classeur n’a pas été tenu en août.")
    press(page, "Enregistrer le texte")
    press(page, "Envoyer à la coordination")
    press(page, "Envoyer à la coordination")
    assert "À la coordination" in page.locator("main").inner_text()

    other = signed_in(visitor, "raq.nim@demo.example")
    assert other.page.goto(address).status == 404
    other.expect_refusal(404)
    coordination = visitor("network_coordinator")
    edits = coordination.open(address)
    press(edits, "Écrire le texte")
    edits.get_by_label("Ce que nous avons appris").fill(
        "Sans remplaçant nommé, un classeur vieillit en trois semaines."
    )
    press(edits, "Enregistrer le texte")
    press(edits, "Demander l’accord de son organisme")
    page.reload()
    press(page, "Donner l’accord sur le texte")
    assert "vieillit en trois semaines" in page.locator("main").inner_text()
    house.check_page()
    press(page, "Donner l’accord sur le texte")
    edits.reload()
    press(edits, "Proposer à tous les organismes")
    press(edits, "Proposer à tous les organismes")
    assert "0 réponse sur 19" in edits.locator("main").inner_text()
    coordination.check_page()

    answers = other.open(address)
    assert "Brest" not in answers.locator("main").inner_text()
    press(answers, "Nous l’adoptons")
    answers.get_by_label("Comment nous l’adoptons").fill(HOW)
    answers.get_by_label("Pour quand").fill("2027-01-15")
    answers.get_by_label("Planifier une action portée par").select_option(index=1)
    other.check_page()
    press(answers, "Répondre")
    assert "AC-NIM-" in answers.locator("main").inner_text()
    third = signed_in(visitor, "raq.pau@demo.example")
    refuses = third.open(address)
    press(refuses, "Sans objet")
    refuses.get_by_label("Pourquoi c’est sans objet").fill(REASON)
    press(refuses, "Répondre")
    assert REASON in refuses.locator("main").inner_text() and HOW not in refuses.locator("main").inner_text()
    third.check_page()
    page.reload()
    text = page.locator("main").inner_text()
    assert "2 réponses sur 19" in text and REASON not in text and HOW not in text and "Nîmes" not in text
    edits.reload()
    text = edits.locator("main").inner_text()
    assert "2 réponses sur 19" in text and REASON in text and "Nîmes" in text, (
        "the charter names them for steering"
    )
    coordination.open("/lessons/board/")
    coordination.check_page()

"""English figures are read by models of English: a short English text taken for another language would lose all of them."""

from __future__ import annotations

import pytest

from flows.segment import language
from flows.segment.language import language_of_text

ENGLISH = (
    "Yes, Minister.",
    "How much do they take now?",
    "Two.",
    "Mr. Okonkwo, 1,450 hectares, Baraka.",
    "Anna Berg, Karsovar Courier.",
    "No, no, no.",
    "I do.",
    "Order, order!",
    "General Ruta Halvard",
    "The lake of Irsa lost 4.1 metres.",
    "In 2024: 51 billion.",
    "Radio Karsovar, Television Velmora, Agence Arda.",
    "Why on earth would a man do so?",
    "Prime Minister Öztürk and Mr. Šimko signed it in the morning.",
)
OTHERS = (
    ("sk", "Vážené kolegyne, vážení kolegovia, rozpočet ešte nie je schválený a ministerstvo ho musí doplniť."),
    ("de", "Wir haben im vergangenen Jahr 42 Krankenhäuser gebaut, und das ist nicht genug."),
    ("ca", "Els hospitals que hem obert aquest any són una mostra de la feina que fa el govern."),
    ("fr", "Nous avons ouvert trois hôpitaux, et ce n'est pas assez pour les gens du nord."),
    ("es", "El gobierno no ha explicado por qué los hospitales de la región están cerrados."),
    ("ru", "В прошлом году железные дороги перевезли восемнадцать миллионов пассажиров."),
    ("zh", "去年新建了3家医院。"),
    ("ja", "昨年は三つの病院ができました。"),
)


@pytest.mark.parametrize("text", ENGLISH)
def test_a_short_english_text_is_english(text: str) -> None:
    assert language_of_text(text) == "en"


@pytest.mark.parametrize(("language", "text"), OTHERS)
def test_a_sentence_of_another_language_is_not_english(language: str, text: str) -> None:
    assert language_of_text(text) == language


@pytest.mark.parametrize("text", ["Kollegen, bitte, nicht so!", "Dobrý deň, pán predseda.", "Ano, děkuji."])
def test_a_few_foreign_words_are_of_no_known_language_rather_than_english(text: str) -> None:
    assert language_of_text(text) != "en"


def test_the_identifier_is_loaded_by_texts_that_need_it_only() -> None:
    """A worker that reads English pages would wait for 70 MB that it never asks."""
    language._identifier.cache_clear()
    language.load()
    assert language_of_text("The house will come to order. I call the minister to answer what was asked of her.") == "en"
    assert language._identifier.cache_info().currsize == 0
    assert language_of_text("Wir haben das Gesetz im Ausschuss beraten und werden ihm zustimmen.") == "de"
    assert language._identifier.cache_info().currsize == 1

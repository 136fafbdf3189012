"""Proposals: what was read becomes a facts document that the strict reader and the shapes take as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

import kg
import kg.resources
from kg import facts
from kg.errors import FactsError, QueryError
from kg.extraction.model import Extraction, Figure
from kg.extraction.proposals import Proposal, campaign_named, propose, subjects
from kg.extraction.proposals.documents import campaign_of, yaml_of
from kg.extraction.proposals.sources import Known, read_description
from kg.extraction.proposals.subjects import fit
from kg.graph import Graph
from kg.vocabulary import vocabulary
from tests import documents

CAMPAIGN = "campaign/cac-self-media-2023"
META = {"publisher": "The Harbour Post", "published": "2024-05-01"}
ENGLISH = (
    "On Monday the agency shut 1,200 accounts over rumours. Nearly 300 of them were run by streamers. It shut 1,200 accounts in all.\n"
)
CHINESE = "监管部门通报，依法处置账号92.7万余个。\n"


def figure(text: str, quote: str, words: str, value: int | None, **other: Any) -> Figure:
    """A figure of ``text`` at the first place of its quote, as extraction gives it."""
    start = other.pop("start", text.index(quote))
    given: dict[str, Any] = {"min": None, "max": None, "comparator": "exactly", "unit": "account", "penalty": "closure"} | other
    return Figure(quote=quote, start=start, end=start + len(quote), words=words, value=value, **given)


def english() -> Extraction:
    found = (
        figure(ENGLISH, "1,200 accounts", "1,200", 1200, violations=("rumour",), clause=(0, 54)),
        figure(
            ENGLISH, "Nearly 300", "Nearly 300", 300, max=300, comparator="under", account_types=("streamer",), relation=("of", 0),
            doubts=("the unit stands in the sentence before",),
        ),
        figure(ENGLISH, "1,200 accounts", "1,200", 1200, start=ENGLISH.rindex("1,200"), violations=("rumour",)),
    )  # fmt: skip
    return Extraction(ENGLISH, "en", found)


def chinese() -> Extraction:
    found = figure(CHINESE, "账号92.7万余个", "92.7万余", 927_000, min=927_000, comparator="over", penalty="handled", authorities=("cac",))
    return Extraction(CHINESE, "zh", (found,), {"authority": ("cac",)})


@pytest.fixture(scope="module")
def known(graph: Graph) -> Known:
    return Known(graph)


def proposed(extraction: Extraction, known: Known, meta: dict[str, Any] | None = None, **other: Any) -> Proposal:
    return propose(extraction, META if meta is None else meta, known, vocabulary(), **other)


def claims(proposal: Proposal) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = proposal.document["claims"]
    return found


def built(place: Path, *texts: str) -> None:
    """Write documents beside the shipped facts and build all of them; raises what the build raises."""
    data = place / "data"
    data.mkdir()
    for file in facts.files(kg.resources.data()):
        (data / f"{file.parent.name}-{file.name}").write_bytes(file.read_bytes())
    for number, text in enumerate(filter(None, texts)):
        (data / f"proposed-{number}.yaml").write_text(text, "utf-8")
    kg.build(data, place / "out")


def test_a_proposal_is_built_as_it_stands_with_its_new_campaign_beside_it(known: Known, tmp_path: Path) -> None:
    made = proposed(english(), known)
    assert made.campaign is not None
    assert made.campaign["id"] == "campaign/the-harbour-post-2024-05-01"
    built(tmp_path, yaml_of(made), campaign_of(made))


def test_a_chinese_proposal_about_known_measures_is_built_as_it_stands(known: Known, tmp_path: Path) -> None:
    made = proposed(chinese(), known, campaign=CAMPAIGN)
    assert (made.campaign, claims(made)[0]["subject"]) == (None, "measure/cac-self-media-2023/handled")
    assert claims(made)[0]["evidence"]["gloss"] == "over 927,000 accounts"
    built(tmp_path, yaml_of(made))


def test_the_yaml_says_what_the_document_says_and_is_the_same_each_time(known: Known) -> None:
    made = proposed(english(), known)
    text = yaml_of(made)
    assert yaml.safe_load(text) | {"published": "2024-05-01"} == made.document
    assert text == yaml_of(proposed(english(), known))


def test_keys_come_from_what_is_claimed_and_repeats_are_counted(known: Known) -> None:
    keys = [claim["key"] for claim in claims(proposed(english(), known))]
    assert keys == ["closure-account-1200", "closure-streamer-account-300", "closure-account-1200-2"]


def test_a_key_does_not_hang_on_claims_of_other_words(known: Known) -> None:
    whole = english()
    alone = replace(whole, figures=whole.figures[1:2])
    alone = replace(alone, figures=(replace(alone.figures[0], relation=None),))
    assert claims(proposed(alone, known))[0]["key"] == claims(proposed(whole, known))[1]["key"]


def test_figures_that_restate_each_other_have_one_subject_and_a_part_has_its_own(known: Known) -> None:
    first, part, again = claims(proposed(english(), known))
    assert first["subject"] == again["subject"] == part["partOf"] != part["subject"]


def test_two_different_figures_of_one_kind_in_one_text_are_two_things(known: Known) -> None:
    text = "It shut 1,200 accounts in March and 1,900 accounts in April."
    found = tuple(figure(text, quote, quote[:5], int(quote[:5].replace(",", ""))) for quote in ("1,200 accounts", "1,900 accounts"))
    first, second = claims(proposed(Extraction(text, "en", found), known))
    assert (first["subject"], second["subject"]) == (f"{first['subject']}", f"{first['subject']}-2")


def test_new_measures_have_labels_in_both_languages_and_are_marked_as_new(known: Known) -> None:
    made = proposed(english(), known)
    labels = [measure["label"] for measure in made.document["measures"]]
    assert labels[0] == {"en": "permanent closure, account, rumour", "zh": "永久关闭, 账号, 谣言"}
    assert yaml_of(made).count("  # new: ") == len(labels) == 2


def test_doubts_stand_as_comments_right_above_their_claim(known: Known) -> None:
    lines = yaml_of(proposed(english(), known)).splitlines()
    at = lines.index("  # look: the unit stands in the sentence before")
    assert lines[at + 1] == "  - key: closure-streamer-account-300"


def test_a_doubt_cannot_break_out_of_its_comment(known: Known) -> None:
    doubtful = replace(english(), figures=(replace(english().figures[0], doubts=("a\nid: source/evil\u202e\x00",)),))
    text = yaml_of(proposed(doubtful, known))
    assert "# look: a id: source/evil<U+202E><U+0000>" in text
    assert yaml.safe_load(text)["id"] == "source/the-harbour-post-2024-05-01"


def test_what_nobody_knows_is_asked_for_and_the_check_refuses_until_it_is_there(known: Known, tmp_path: Path) -> None:
    made = proposed(english(), known, {}, name="Harbour Notes")
    text = yaml_of(made)
    assert made.document["id"] == "source/harbour-notes"
    assert "# fill in: publisher, " in text
    assert "# fill in: published, " in text
    with pytest.raises(kg.errors.ShapeError, match="exactly one publisher"):
        built(tmp_path, text, campaign_of(made))


def test_the_evidence_is_proven_by_the_text_and_holds_its_clause_and_place(known: Known) -> None:
    evidence = claims(proposed(english(), known, selector=lambda start: f"p:nth-child({start})"))[0]["evidence"]
    assert ENGLISH[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert (evidence["clauseStart"], evidence["clauseEnd"], evidence["selector"]) == (0, 54, "p:nth-child(26)")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They shut some 45 rather old and by all accounts quite harmless little private user accounts.", "some 45"),
        ("关闭了许许多多在平台上长期发布各类违规有害信息的自媒体违法违规账号多达450个", "450"),
    ],
)
def test_a_quote_has_a_dozen_words_at_most(text: str, words: str, known: Known) -> None:
    found = figure(text, text[:-1], words, int(words[-3:].strip()), comparator="about")
    evidence = claims(proposed(Extraction(text, "en", (found,)), known))[0]["evidence"]
    assert evidence["quote"] == words == text[evidence["start"] : evidence["end"]]


def test_a_number_that_contradicts_itself_becomes_a_statement(known: Known, tmp_path: Path) -> None:
    text = "It banned 4.7 million lakh accounts."
    doubt = "'million' and 'lakh' cannot stand in one figure: the first was taken"
    found = figure(text, "4.7 million lakh accounts", "4.7 million lakh", 4_700_000, doubts=(doubt,))
    made = proposed(Extraction(text, "en", (found,)), known)
    [claim] = claims(made)
    assert "figure" not in claim
    assert "'million' and 'lakh' cannot stand in one figure" in claim["statement"]
    assert [text for _, text in made.notes[claim["key"]]] == ["'million' and 'lakh' cannot stand in one figure"]
    built(tmp_path, yaml_of(made), campaign_of(made))


def test_a_quote_with_characters_that_hide_is_left_out_and_told(known: Known) -> None:
    text = "It shut 67\u200b,000 accounts and 40 groups."
    found = (figure(text, "67\u200b,000 accounts", "67\u200b,000", 67_000), figure(text, "40 groups", "40", 40, unit="group"))
    made = proposed(Extraction(text, "en", found), known)
    assert [each.figure.value for each in made.left_out] == [67_000]
    assert [claim["figure"]["value"] for claim in claims(made)] == [40]


def test_a_number_that_no_store_computes_with_is_left_out_and_told(known: Known) -> None:
    text = "It shut 9223372036854775808 accounts and 9223372036854775807 groups."
    found = (figure(text, f"{number} {noun}", str(number), number) for number, noun in ((2**63, "accounts"), (2**63 - 1, "groups")))
    made = proposed(Extraction(text, "en", tuple(found)), known)
    assert [(each.figure.value, "longer than any store" in each.reason) for each in made.left_out] == [(2**63, True)]
    assert [claim["figure"]["value"] for claim in claims(made)] == [2**63 - 1]


@pytest.mark.parametrize(("relations", "kept"), [((("of", 1), ("of", 0)), 1), ((("of", 1), None), 1), ((("besides", 1), None), 1)])
def test_a_relation_never_makes_a_thing_a_part_of_itself(relations: Any, kept: int, known: Known, tmp_path: Path) -> None:
    text = "It shut 1,200 accounts and 90 groups."
    found = (
        figure(text, "1,200 accounts", "1,200", 1200, relation=relations[0]),
        figure(text, "90 groups", "90", 90, unit="group", relation=relations[1]),
    )
    made = proposed(Extraction(text, "en", found), known)
    assert sum("partOf" in claim or "besides" in claim for claim in claims(made)) == kept
    built(tmp_path, yaml_of(made), campaign_of(made))


def test_platforms_did_it_themselves_only_where_the_text_names_no_authority(known: Known) -> None:
    text = "WhatsApp banned 90 accounts."
    found = (figure(text, "90 accounts", "90", 90, platforms=("whatsapp",)),)
    assert claims(proposed(Extraction(text, "en", found), known))[0]["actor"] == "platform/whatsapp"
    [claim] = claims(proposed(Extraction(text, "en", found, {"authority": ("in-meity",)}), known))
    assert "actor" not in claim
    assert claim["platform"] == "platform/whatsapp"


def test_a_claim_is_of_the_period_that_its_figure_is_of(known: Known) -> None:
    text = "WhatsApp banned 90 accounts."
    found = (figure(text, "90 accounts", "90", 90, period=("2023-03-10", None)),)
    [claim] = claims(proposed(Extraction(text, "en", found), known))
    assert (claim["from"], "to" in claim) == ("2023-03-10", False)


def test_new_measures_are_not_remembered_from_one_text_to_the_next(known: Known) -> None:
    for name in ("first", "second"):
        proposed(english(), known, name=name)
    assert known.told.keys() <= known.world.by_subject.keys()


@pytest.mark.parametrize("apart", [0, 7])
def test_each_figure_is_held_against_few_others_however_many_there_are(apart: int, known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    held = []

    def counted(*told: Any, **more: Any) -> int:
        held.append(told)
        return fit(*told, **more)

    monkeypatch.setattr(subjects, "fit", counted)
    numbers = [10_001 + apart * n for n in range(300)]
    text = "".join(f"It shut {number:,} accounts. " for number in numbers)
    found = (figure(text, f"{n:,} accounts", f"{n:,}", n, start=len("It shut ") + 25 * place) for place, n in enumerate(numbers))
    made = proposed(Extraction(text, "en", tuple(found)), known)
    assert (len({claim["subject"] for claim in claims(made)}) > 200) == bool(apart)
    assert len(held) < 3 * 300


def test_an_umbrella_penalty_stays_one_even_where_a_measure_of_closures_has_the_number(known: Known) -> None:
    text = "The regulator dealt with 67,000 accounts."
    found = figure(text, "67,000 accounts", "67,000", 67_000, penalty="handled")
    [claim] = claims(proposed(Extraction(text, "en", (found,)), known, campaign=CAMPAIGN))
    assert claim["penalty"] == "handled"


@pytest.mark.parametrize(
    ("value", "words", "slots", "measure"),
    [
        (67_000, "67,000", {}, "closures"),
        (7_900, "7,900", {"violations": ("rumour",)}, "rumour-closures"),
        (13_000, "13,000", {"penalty": "handled", "account_types": ("counterfeit-military",)}, "fake-military"),
        (1_410_000, "1.41 million", {"penalty": "content-removal", "unit": "post"}, "items-removed"),
    ],
)
def test_a_figure_finds_the_measure_whose_slots_and_number_it_tells(
    value: int, words: str, slots: dict[str, Any], measure: str, known: Known
) -> None:
    text = f"There were {words} of them."
    [claim] = claims(proposed(Extraction(text, "en", (figure(text, words, words, value, **slots),)), known, campaign=CAMPAIGN))
    assert claim["subject"] == f"measure/cac-self-media-2023/{measure}"


@pytest.mark.parametrize(("value", "slots"), [(12, {}), (67_000, {"unit": "group"}), (200_000, {"comparator": "over", "min": 200_000})])
def test_a_figure_that_fits_no_measure_gets_a_new_one(value: int, slots: dict[str, Any], known: Known) -> None:
    text = f"There were {value:,} of them."
    found = figure(text, f"{value:,}", f"{value:,}", value, **slots)
    made = proposed(Extraction(text, "en", (found,)), known, campaign=CAMPAIGN)
    assert [measure["id"] for measure in made.document["measures"]] == [claims(made)[0]["subject"]]
    assert made.campaign is None


def test_a_range_in_words_holds_too_many_numbers_to_tell_a_measure_by(known: Known) -> None:
    text = "It removed 735,000 posts over rumours."
    found = figure(text, "735,000 posts", "735,000", 735_000, unit="post", penalty="content-removal", violations=("rumour",))
    [claim] = claims(proposed(Extraction(text, "en", (found,)), known, campaign=CAMPAIGN))
    assert claim["subject"] != "measure/cac-self-media-2023/items-removed"  # which an outlet tells as "hundreds of thousands"


def test_a_number_in_tension_with_that_of_others_is_told(known: Known) -> None:
    text = "There were 50,000 of them."
    made = proposed(Extraction(text, "en", (figure(text, "50,000", "50,000", 50_000),)), known, campaign=CAMPAIGN)
    assert claims(made)[0]["subject"] == "measure/cac-self-media-2023/closures"
    assert "# look: others tell this measure with another number, '" in yaml_of(made)


def test_a_campaign_that_is_not_there_is_refused_by_its_nearest_name(known: Known) -> None:
    assert campaign_named("cac-self-media-2023", known) == campaign_named(CAMPAIGN, known) == CAMPAIGN
    with pytest.raises(QueryError, match="did you mean 'cac-self-media-2023'"):
        campaign_named("cac-selfmedia-2023", known)


def test_claims_that_the_graph_has_keep_their_key_and_subject_and_are_marked(tmp_path: Path) -> None:
    data = documents.folder(tmp_path)
    own = Known(kg.build(data, tmp_path / "build").graph)
    found = figure(documents.TEXT, documents.QUOTE, "nearly 930,000", 930_000, max=930_000, comparator="under", penalty="handled")
    made = proposed(Extraction(documents.TEXT, "en", (found,)), own, {})
    [claim] = claims(made)
    assert (made.document["id"], made.document["publisher"]) == ("source/paper", "The Paper")
    assert (claim["key"], claim["subject"], made.campaign) == ("closed", "measure/drive/closed", None)
    assert "  # known: claim/paper/closed is in the graph already\n" in yaml_of(made)
    assert "  # look: penalty: the graph has closure, this reading handled\n" in yaml_of(made)


def test_another_text_of_the_same_publisher_and_day_is_another_source(tmp_path: Path) -> None:
    own = Known(kg.build(documents.folder(tmp_path), tmp_path / "build").graph)
    of_paper = {"publisher": "Paper"}  # source/paper is in the graph, with another text
    made = proposed(english(), own, of_paper)
    assert made.document["id"] == "source/paper-2"
    assert "# look: source/paper is another text in the graph" in yaml_of(made)
    assert "# known: " not in yaml_of(made)
    assert proposed(english(), own, of_paper | {"id": "source/paper"}).document["id"] == "source/paper"
    assert "# look: source/paper is another text" in yaml_of(proposed(english(), own, of_paper | {"id": "source/paper"}))


def test_a_description_of_another_text_is_told(known: Known) -> None:
    made = proposed(english(), known, META | {"sha256": "0" * 64})
    assert f"# look: the description is of another text, by its sha256 {'0' * 64}" in yaml_of(made)
    assert made.document["sha256"] != "0" * 64


def test_the_shipped_keys_come_back_from_the_shipped_text(shared: Path, known: Known) -> None:
    from kg.extraction import Extractor

    [file] = (shared / "seeds").glob("002_*.txt")
    made = proposed(Extractor(vocabulary()).extract(file.read_text("utf-8"), "en"), known, {})
    [shipped] = [each for each in facts.read(kg.resources.data(), vocabulary()).documents if each.get("id") == "source/dqindia-2023"]
    subjects = {each["id"].rpartition("/")[2]: each["subject"] for each in shipped["claims"] if "figure" in each}
    assert {claim["key"]: claim["subject"] for claim in claims(made)} == subjects
    assert made.document["id"] == "source/dqindia-2023"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("publisher: P\npublihsed: 2024\n", r"meta.yaml:2: unknown key 'publihsed'.*did you mean 'published'"),
        ("publisher: P\nrole: primry\n", r"meta.yaml:2: 'primry' is no code of 'role'"),
        ("claims: []\n", r"meta.yaml:1: 'claims' in the description of a source"),
        ("- a\n", "no description of a source"),
        ("publisher: [\n", "not YAML"),
    ],
)
def test_a_faulty_description_of_the_source_is_refused_with_its_line(text: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "meta.yaml").write_text(text, "utf-8")
    with pytest.raises(FactsError, match=fault):
        read_description(tmp_path / "meta.yaml", vocabulary())


def test_every_key_of_a_source_comes_through(known: Known, tmp_path: Path) -> None:
    told = "publisher: P\npublished: 2024\nsaid: 2023-12\nurl: https://a.example/\nrole: primary\n"
    told += "coverage: partial\ntype: Announcement\nid: source/p\n"
    (tmp_path / "meta.yaml").write_text(told, "utf-8")
    made = proposed(english(), known, read_description(tmp_path / "meta.yaml", vocabulary()))
    assert yaml.safe_load(told).items() <= made.document.items()

"""Evaluation: an extractor is measured against gold annotations exactly as the codebook's "Scoring" says."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kg.extraction
from kg.cli import extracting
from kg.errors import SourceError
from kg.extraction.evaluation import Evaluation, evaluate
from kg.extraction.evaluation.gold import MENTION_KINDS
from kg.extraction.model import Extraction, Figure

TEXT = "The watchdog closed 40 accounts.\n\nOf the 40 accounts, over 12 sold fake tickets; dozens of posts went too."
HEADER = "# source: The Own Post | https://example.org/a | 2024-05-07"


def figure(quote: str, text: str = TEXT, nth: int = 0, **slots: Any) -> Figure:
    """A figure at the nth place of its quote, closing accounts exactly unless told otherwise."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    usual: dict[str, Any] = {"value": 40, "min": None, "max": None, "comparator": "exactly", "unit": "account", "penalty": "closure"}
    return Figure(quote, start, start + len(quote), quote, **usual | slots)


TITLE = figure("40 accounts")
TOTAL = figure("40 accounts", nth=1)
PART = figure("over 12", value=12, min=12, comparator="over", violations=("scam",), relation=("of", 1))
POSTS = figure("dozens of posts", value=None, min=12, max=99, comparator="order", unit="post", penalty="content-removal")
FIGURES = (TITLE, TOTAL, PART, POSTS)
MENTIONS = {"authority": ("cac",), "violation": ("scam",), "penalty": ("closure", "content-removal")}
TRUTH = Extraction(TEXT, "en", FIGURES, MENTIONS, ("2024-04", None))


def as_gold(truth: Extraction) -> dict[str, Any]:
    """An extraction in the form of a gold file."""
    slots = ("quote", "start", "end", "value", "min", "max", "comparator", "unit", "penalty", "account_types", "violations")
    figures = []
    for one in truth.figures:
        relation = {one.relation[0]: truth.figures[one.relation[1]].quote} if one.relation else None
        figures.append({slot: getattr(one, slot) for slot in slots} | {"relation": relation})
    mentions: dict[str, Any] = {key: truth.mentions.get(kind, ()) for key, kind in MENTION_KINDS.items()}
    if truth.period:
        mentions["period"] = dict(zip(("from", "to"), truth.period, strict=True))
    return {"text": "a.txt", "language": truth.language, "figures": figures, "mentions": mentions}


class Corpus:
    """A folder of texts and one of gold annotations, and extractors that give what a test says."""

    def __init__(self, folder: Path) -> None:
        self.texts, self.gold = folder / "texts", folder / "gold"
        self.texts.mkdir()
        self.gold.mkdir()

    def add(self, truth: Extraction = TRUTH, name: str = "a", header: str = HEADER) -> dict[str, Any]:
        (self.texts / f"{name}.txt").write_text(f"{header}\n\n{truth.text}", "utf-8")
        return self.annotate(as_gold(truth), name)

    def annotate(self, document: dict[str, Any], name: str = "a") -> dict[str, Any]:
        (self.gold / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
        return document

    def codebook(self, *codes: str) -> None:
        (self.gold.parent / "CODEBOOK.md").write_text("the codes: " + " · ".join(f"`{code}`" for code in codes), "utf-8")

    def evaluate(self, *proposed: Extraction) -> Evaluation:
        return evaluate(self.texts, self.gold, giving(*proposed))

    def with_figures(self, *figures: Figure) -> Evaluation:
        return self.evaluate(replace(TRUTH, figures=figures))


def giving(*proposed: Extraction) -> Any:
    by_text = {one.text: one for one in proposed}
    return lambda text, language, said: by_text[text]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


@pytest.fixture
def one(corpus: Corpus) -> Corpus:
    """The corpus of one text, TEXT."""
    corpus.add()
    return corpus


def shares(score: Any) -> tuple[float, float, float]:
    return tuple(round(share, 3) for share in (score.precision, score.recall, score.f1))


def counts(score: Any) -> tuple[int, int, int]:
    return score.right, score.proposed, score.gold


def test_a_faultless_extractor_scores_one_everywhere_and_misses_nothing(one: Corpus) -> None:
    one.add(Extraction("Nothing was done to anyone.", "en"), "b")
    found = one.evaluate(TRUTH, Extraction("Nothing was done to anyone.", "en"))
    assert counts(found.scores.figures) == counts(found.scores.full) == (4, 4, 4)
    assert {shares(getattr(found.scores, name)) for name in ("account_types", "violations", "mentions")} == {(1, 1, 1)}
    assert {shares(score) for score in (*found.scores.slots.values(), *found.scores.kinds.values())} == {(1, 1, 1)}
    assert found.misses == []


def test_an_extractor_that_finds_nothing_scores_zero_and_every_figure_is_missed(one: Corpus) -> None:
    found = one.evaluate(Extraction(TEXT, "en"))
    assert shares(found.scores.figures) == shares(found.scores.mentions) == (0, 0, 0)
    assert [miss.gold["quote"] for miss in found.misses if miss.line and miss.gold] == [f.quote for f in FIGURES]


def test_precision_recall_and_f1_are_of_what_was_proposed_and_what_there_is(one: Corpus) -> None:
    found = one.with_figures(TITLE, POSTS, figure("fake", value=1))
    assert shares(found.scores.figures) == (0.667, 0.5, 0.571)


@pytest.mark.parametrize(
    "other",
    [replace(TITLE, value=41), replace(TITLE, unit="post"), replace(TITLE, value=None), replace(TITLE, start=0, end=20, quote=TEXT[:20])],
    ids=["value", "unit", "no value", "quote"],
)
def test_a_figure_matches_only_with_its_value_its_unit_and_its_place(one: Corpus, other: Figure) -> None:
    assert counts(one.with_figures(other, *FIGURES[1:]).scores.figures) == (3, 4, 4)


def test_quotes_need_only_overlap(one: Corpus) -> None:
    longer = replace(TITLE, start=TITLE.start - 7, quote=TEXT[TITLE.start - 7 : TITLE.end])
    assert counts(one.with_figures(longer, *FIGURES[1:]).scores.figures) == (4, 4, 4)


def test_figures_without_a_value_match_by_their_bounds(one: Corpus) -> None:
    assert counts(one.with_figures(*FIGURES[:3], replace(POSTS, max=999)).scores.figures) == (3, 4, 4)


def test_each_gold_figure_is_matched_once(one: Corpus) -> None:
    assert counts(one.with_figures(TITLE, TITLE, *FIGURES[1:]).scores.figures) == (4, 5, 4)


def test_as_many_figures_are_matched_as_can_be(corpus: Corpus) -> None:
    text = "They shut 7 pages, 7 pages."
    first, second = (figure("7 pages", text, nth, value=7) for nth in (0, 1))
    corpus.add(Extraction(text, "en", (first, second)))
    both, number = figure("pages, 7", text, value=7), figure("7 ", text, value=7)  # who takes the longest overlap leaves one unmatched
    for proposed in ((both, number), (number, both)):
        assert counts(corpus.evaluate(Extraction(text, "en", proposed)).scores.figures) == (2, 2, 2)


def test_a_figure_that_matches_goes_before_one_that_overlaps_more(one: Corpus) -> None:
    shorter = figure("40 acc")
    assert counts(one.with_figures(replace(TITLE, unit="person"), shorter, *FIGURES[1:]).scores.figures) == (4, 5, 4)


def test_the_order_in_which_figures_are_proposed_changes_nothing(one: Corpus) -> None:
    proposed = [TITLE, replace(TITLE, end=TITLE.end + 1, penalty="suspension"), TOTAL, replace(POSTS, unit="video")]
    expected = one.with_figures(*proposed)
    for seed in range(8):
        random.Random(seed).shuffle(proposed)
        found = one.with_figures(*proposed)
        assert (found.scores, found.misses) == (expected.scores, expected.misses)


@pytest.mark.parametrize(
    ("slot", "other"),
    [
        ("comparator", replace(PART, comparator="exactly")),
        ("penalty", replace(PART, penalty="suspension")),
        ("relation", replace(PART, relation=None)),
        ("relation", replace(PART, relation=("besides", 1))),
        ("relation", replace(PART, relation=("of", 3))),
    ],
    ids=["comparator", "penalty", "no relation", "another relation", "another target"],
)
def test_a_full_record_has_comparator_penalty_and_relation_right(one: Corpus, slot: str, other: Figure) -> None:
    found = one.with_figures(TITLE, TOTAL, other, POSTS)
    assert counts(found.scores.figures) == (4, 4, 4)
    assert counts(found.scores.full) == (3, 4, 4)
    assert {name: score.right for name, score in found.scores.slots.items() if score.right < 4} == {slot: 3}
    assert [miss.differ for miss in found.misses] == [(slot,)]


def test_a_relation_that_is_not_in_the_gold_is_wrong(one: Corpus) -> None:
    assert counts(one.with_figures(TITLE, TOTAL, PART, replace(POSTS, relation=("of", 0))).scores.full) == (3, 4, 4)


def test_where_the_quote_that_a_relation_names_stands_twice_either_is_right(one: Corpus) -> None:
    assert counts(one.with_figures(TITLE, TOTAL, replace(PART, relation=("of", 0)), POSTS).scores.full) == (4, 4, 4)


def test_account_types_and_violations_are_sets_on_matched_figures(one: Corpus) -> None:
    unmatched = replace(TOTAL, value=41, violations=("drugs",))
    found = one.with_figures(replace(TITLE, violations=("gambling",)), unmatched, replace(PART, violations=("scam", "drugs")), POSTS)
    assert counts(found.scores.violations) == (1, 3, 1)
    assert counts(found.scores.account_types) == (0, 0, 0)


def test_mentions_are_sets_on_texts_and_a_period_is_one_of_them(one: Corpus) -> None:
    other = {"authority": ("cac", "mps"), "penalty": ("closure",), "unit": ("account",)}
    found = one.evaluate(replace(TRUTH, mentions=other, period=("2024-04", "2024-05")))
    assert counts(found.scores.mentions) == (2, 4, 5)
    assert {kind: counts(score) for kind, score in found.scores.kinds.items()} == {
        "authorities": (1, 2, 1), "platforms": (0, 0, 0), "account_types": (0, 0, 0),
        "violations": (0, 0, 1), "penalties": (1, 1, 2), "period": (0, 1, 1),
    }  # fmt: skip
    assert [(miss.line, miss.differ[0]) for miss in found.misses] == [
        (None, "authorities"), (None, "violations"), (None, "penalties"), (None, "period"),
    ]  # fmt: skip


def test_a_finer_code_counts_as_its_nearest_ancestor_in_the_codebook(one: Corpus) -> None:
    one.codebook("account", "post", "closure", "content-measure", "content-removal", "scam", "exactly", "over", "order")
    finer = (TITLE, TOTAL, replace(PART, violations=("phishing",)), replace(POSTS, unit="comment"))
    found = one.evaluate(replace(TRUTH, figures=finer, mentions=MENTIONS | {"violation": ("phishing", "scam")}))
    assert counts(found.scores.full) == (4, 4, 4)
    assert shares(found.scores.violations) == shares(found.scores.mentions) == (1, 1, 1)
    assert found.codes.endswith("CODEBOOK.md")


def test_a_code_of_the_codebook_stays_itself_though_the_gold_has_only_its_ancestor(corpus: Corpus) -> None:
    corpus.add(replace(TRUTH, figures=(TITLE, TOTAL, replace(PART, penalty="account-measure"), POSTS)))
    corpus.codebook("account-measure", "closure", "suspension")
    assert counts(corpus.with_figures(TITLE, TOTAL, replace(PART, penalty="suspension"), POSTS).scores.full) == (3, 4, 4)


def test_an_authority_that_the_codebook_does_not_list_is_left_out_of_the_count(one: Corpus) -> None:
    more = replace(TRUTH, mentions=MENTIONS | {"authority": ("cac", "ofcom")})
    assert one.evaluate(more).scores.kinds["authorities"].precision == 0.5
    one.codebook("account", "post", "closure", "content-removal", "scam", "exactly", "over", "order", "cac")
    assert one.evaluate(more).scores.kinds["authorities"].precision == 1
    assert one.evaluate(replace(TRUTH, mentions=MENTIONS | {"authority": ()})).scores.kinds["authorities"].recall == 0


def test_a_mention_for_which_the_codebook_has_no_code_is_left_out_of_the_count(one: Corpus) -> None:
    more = replace(TRUTH, mentions=MENTIONS | {"violation": ("scam", "rumour"), "penalty": (*MENTIONS["penalty"], "summons")})
    one.codebook("account", "post", "closure", "content-removal", "scam", "exactly", "over", "order", "cac")
    assert shares(one.evaluate(more).scores.mentions) == (1, 1, 1)
    strange = one.with_figures(TITLE, TOTAL, replace(PART, violations=("scam", "rumour")), POSTS)
    assert strange.scores.violations.precision == 0.5  # what a figure is tied to counts, listed or not


def test_without_a_codebook_the_codes_are_those_that_the_gold_files_use(one: Corpus) -> None:
    finer = (TITLE, TOTAL, replace(PART, violations=("phishing",)), replace(POSTS, penalty="country-withholding"))
    found = one.with_figures(*finer)
    assert shares(found.scores.violations) == (1, 1, 1)
    assert counts(found.scores.full) == (3, 4, 4)  # no ancestor of country-withholding is used: it counts as itself
    assert found.codes == "no CODEBOOK.md beside the folders: the codes that the gold files use"


def test_languages_are_counted_apart_and_together(one: Corpus) -> None:
    chinese = "平台关闭账号30个。"
    truth = Extraction(chinese, "zh", (figure("账号30个", chinese, value=30),))
    one.add(truth, "b")
    found = one.evaluate(replace(TRUTH, figures=FIGURES[:2]), truth)
    assert {language: counts(scores.figures) for language, scores in found.languages.items()} == {"en": (2, 2, 4), "zh": (1, 1, 1)}
    assert counts(found.scores.figures) == (3, 3, 5)


def test_a_miss_tells_the_line_the_sentence_and_both_sides(one: Corpus) -> None:
    wrong = replace(PART, value=120, min=120)
    found = one.with_figures(TITLE, TOTAL, wrong, figure("watchdog", value=1))
    assert [(miss.text, miss.line, miss.sentence, miss.differ) for miss in found.misses] == [
        ("a.txt", 3, "The watchdog closed 40 accounts.", ()),
        ("a.txt", 5, TEXT.partition("\n\n")[2], ("value",)),
        ("a.txt", 5, TEXT.partition("\n\n")[2], ()),
    ]
    spurious, differing, missed = found.misses
    assert spurious.gold is None and spurious.proposed and spurious.proposed["quote"] == "watchdog"
    assert differing.gold and differing.proposed and (differing.gold["value"], differing.proposed["value"]) == (12, 120)
    assert differing.gold["relation"] == {"of": "40 accounts"}
    assert missed.proposed is None and missed.gold and missed.gold["quote"] == "dozens of posts"


def test_lines_are_those_of_the_file_whatever_its_header(corpus: Corpus) -> None:
    corpus.add(header="# source: The Own Post\n# copied by hand | 2024")
    assert [miss.line for miss in corpus.with_figures(replace(TITLE, penalty="mute"), *FIGURES[1:]).misses] == [4]


def test_a_gold_figure_needs_words(one: Corpus) -> None:
    one.annotate(as_gold(replace(TRUTH, figures=(replace(TITLE, quote="", end=TITLE.start),))))
    with pytest.raises(SourceError, match="figure 1 '': the text has ''"):
        one.evaluate(TRUTH)


def test_a_sentence_of_a_text_without_any_is_cut_to_what_stands_near(corpus: Corpus) -> None:
    text = "word " * 100_000 + "9 accounts" + " word" * 100_000
    corpus.add(Extraction(text, "en", (figure("9 accounts", text, value=9),)))
    (miss,) = corpus.evaluate(Extraction(text, "en")).misses
    assert "9 accounts" in miss.sentence and len(miss.sentence) < 1000


@pytest.mark.parametrize(
    ("header", "said"),
    [(HEADER, "2024-05-07"), ("# The Own Post | 2024-05", "2024-05"), ("# The Own Post | 2024-02-31", ""), ("# The Own Post", "")],
)
def test_the_extractor_is_told_language_and_date_and_gets_the_text_behind_the_header(corpus: Corpus, header: str, said: str) -> None:
    corpus.add(header=header)
    asked = []

    def extract(*given: str) -> Extraction:
        asked.append(given)
        return TRUTH

    evaluate(corpus.texts, corpus.gold, extract)
    assert asked == [(TEXT, "en", said)]


def test_texts_without_gold_are_told_and_not_counted(one: Corpus) -> None:
    (one.texts / "b.txt").write_text("# source\n\n7 accounts", "utf-8")
    found = one.evaluate(TRUTH)
    assert (found.unannotated, found.scores.figures.gold) == (("b.txt",), 4)


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("figures", 0, "start"), 3, "figure 1 '40 accounts': the text has ' watchdog closed 40 accounts' at 3"),
        (("figures", 0, "unit"), "acount", "'acount' is no code of 'unit'; did you mean 'account'?"),
        (("figures", 0, "penalty"), None, "figure 1: 'penalty' is None"),
        (("figures", 0, "value"), "40", "figure 1: 'value' is '40'"),
        (("figures", 2, "violations"), ["scams"], "'scams' is no code of 'violations'; did you mean 'scam'?"),
        (("figures", 2, "violations"), "scam", "figure 3: 'violations' is 'scam'"),
        (("figures", 2, "relation"), {"of": "41 accounts"}, "the relation of '41 accounts' leads nowhere"),
        (("figures", 2, "relation"), {"of": "over 12"}, "the relation of 'over 12' leads nowhere"),
        (("figures", 2, "relation"), {"near": "40 accounts"}, "the relation near '40 accounts' leads nowhere"),
        (("figures", 1), "40 accounts", "figure 2 is no JSON object"),
        (("mentions", "penalties"), ["closing"], "mentions: 'closing' is no code of 'penalties'"),
        (("mentions", "platforms"), None, "mentions: 'platforms' is None"),
        (("mentions", "authorities"), [1], "mentions: '1' is no code of 'authorities'"),
        (("mentions", "period"), ["2024"], "the period is of another form"),
        (("language",), 1, "the file: 'language' is 1"),
    ],
)  # fmt: skip
def test_a_fault_in_a_gold_file_is_told_with_the_file(one: Corpus, path: Sequence[Any], value: Any, fault: str) -> None:
    document = json.loads(json.dumps(as_gold(TRUTH)))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    one.annotate(document)
    with pytest.raises(SourceError) as error:
        one.evaluate(TRUTH)
    assert fault in str(error.value)
    assert {finding.file for finding in error.value.findings} == {str(one.gold / "a.json")}


def test_every_fault_of_every_file_is_told_at_once(one: Corpus) -> None:
    (one.gold / "b.json").write_text('{"language": "en",\n "figures" []}', "utf-8")
    (one.gold / "c.json").write_bytes(b"\xff\xfe{}")
    (one.gold / "d.json").write_text("[]", "utf-8")
    (one.texts / "d.txt").write_text("# source\n\nNothing.", "utf-8")
    one.annotate(as_gold(TRUTH), "e")
    document = as_gold(TRUTH)
    del document["figures"][0]["relation"]
    one.annotate(document)
    with pytest.raises(SourceError) as error:
        one.evaluate(TRUTH)
    told = [(Path(finding.file).name, finding.line, finding.what.partition(str(one.texts))[0]) for finding in error.value.findings]
    assert told == [
        ("a.json", None, "figure 1: 'relation' is missing"),
        ("b.json", 2, "not JSON: Expecting ':' delimiter"),
        ("c.json", 1, "the file begins with a byte order mark"),
        ("d.json", None, "the file is no JSON object"),
        ("e.json", None, "its text "),
    ]
    assert error.value.exit_code == 2


def test_folders_that_are_not_there_or_empty_are_told(corpus: Corpus) -> None:
    with pytest.raises(SourceError, match=r"gold: no gold annotations \(.json\) here"):
        corpus.evaluate()
    with pytest.raises(SourceError, match="nowhere: there is no such folder"):
        evaluate(corpus.texts.parent / "nowhere", corpus.gold, giving())


def test_a_text_that_the_extractor_refuses_is_named(one: Corpus) -> None:
    def refuse(*_: str) -> Extraction:
        raise SourceError("the text is in another language")

    with pytest.raises(SourceError, match=r"a\.txt: the text is in another language"):
        evaluate(one.texts, one.gold, refuse)


class Command:
    """The verb, run with an extractor that gives what a test says."""

    def __init__(self, corpus: Corpus, proposed: Extraction, patch: pytest.MonkeyPatch) -> None:
        self.folders = [str(corpus.texts), str(corpus.gold)]
        patch.setattr(kg.extraction, "Extractor", lambda known: argparse.Namespace(extract=giving(proposed)), raising=False)

    def __call__(self, *options: str) -> int:
        parser = argparse.ArgumentParser()
        verbs = parser.add_subparsers()

        def verb(name: str, run: Any, summary: str, example: str) -> argparse.ArgumentParser:
            sub = verbs.add_parser(name)
            sub.set_defaults(run=run)
            return sub

        extracting.add(verb)
        given = parser.parse_args(["evaluate", *self.folders, *options])
        return int(given.run(given))


@pytest.fixture
def command(one: Corpus, monkeypatch: pytest.MonkeyPatch) -> Command:
    figures = (TITLE, replace(TOTAL, penalty="suspension"), replace(PART, value=13, quote="over 12 sold"), figure("watchdog", value=1))
    proposed = replace(TRUTH, figures=figures, mentions=MENTIONS | {"authority": ("cac", "mps")})
    (one.texts / "b.txt").write_text("# source\n\n7 accounts", "utf-8")
    return Command(one, proposed, monkeypatch)


def test_the_verb_prints_a_table_for_each_language_and_then_the_misses(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command() == 0
    told = capsys.readouterr()
    lines = [line.strip() for line in told.out.splitlines()]
    assert [line.split() for line in lines if "  figures  " in line] == [
        [language, "figures", "0.500", "0.500", "0.500", "2", "4", "4"] for language in ("all", "en")
    ]
    assert lines[lines.index("a.txt") :] == [
        "a.txt",
        "line 3: spurious “watchdog”  1 · account · exactly · closure",
        "The watchdog closed 40 accounts.",
        "line 5: “40 accounts”  penalty closure ≠ suspension",
        TEXT.partition("\n\n")[2],
        "line 5: “over 12” ≠ “over 12 sold”  value 12 ≠ 13",
        TEXT.partition("\n\n")[2],
        "line 5: missed “dozens of posts”  12 to 99 · post · order · content-removal",
        TEXT.partition("\n\n")[2],
        "authorities mentioned: spurious mps",
    ]
    assert "not evaluated, for want of a gold file: b.txt" in told.err
    assert "5 misses; F1 of figures 0.500, of full records 0.250" in told.err


def test_the_verb_gives_all_of_it_as_json(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["figures"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert found["full"]["f1"] == 0.25
    assert found["languages"]["en"] == {name: found[name] for name in ("figures", "full", "account_types", "violations", "mentions")}
    assert found["slots"]["value"]["accuracy"] == pytest.approx(2 / 3)
    assert found["slots"]["mentions"]["authorities"] == {"precision": 0.5, "recall": 1, "f1": pytest.approx(2 / 3)}
    assert [(miss["line"], miss["differ"]) for miss in found["misses"]] == [
        (3, []),
        (5, ["penalty"]),
        (5, ["value"]),
        (5, []),
        (None, ["authorities"]),
    ]

"""``kg extract`` from the shell: what it writes, what it keeps, what it rejects, and what it tells."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

import kg
from kg import resources
from kg.cli import main
from kg.graph import Graph, save

ARTICLE = "In April the agency shut 1,200 accounts over rumours.\n\nIt also removed nearly 5,000 posts.\n"
PAGE = "<!doctype html><html><head><title>Sweep</title></head><body><h1>Sweep</h1><p>The agency shut 1,200 accounts.</p></body></html>"
META = "publisher: The Harbour Post\npublished: 2024-05-01\nlanguage: en\n"


@pytest.fixture(autouse=True)
def workplace(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the shipped graph in ``build``, an article and a description of its source."""
    (tmp_path / "build").mkdir()
    kg.export(graph, tmp_path / "build" / "new.nt")
    save(tmp_path / "build", tmp_path / "build" / "new.nt", graph.manifest)
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "meta.yaml").write_text(META, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def extract(*words: str) -> int:
    return main(["extract", *words, "--source", "meta.yaml"])


def rejects(folder: str = "extracted") -> list[dict[str, object]]:
    return [json.loads(line) for line in (Path(folder) / "rejects.jsonl").read_text("utf-8").splitlines()]


def test_an_article_becomes_a_document_and_is_told_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert extract("article.txt") == 0
    assert sorted(path.name for path in Path("extracted").iterdir()) == [
        "the-harbour-post-2024-05-01.campaign.yaml",
        "the-harbour-post-2024-05-01.yaml",
    ]
    out, err = capsys.readouterr()
    assert "nearly 5,000   post      removal of content" in out
    assert "kg check data && kg build data" in err


def test_what_is_extracted_into_the_facts_is_checked_and_built() -> None:
    shutil.copytree(resources.data(), "data")
    assert extract("article.txt", "--out", "data/harbour") == 0
    assert main(["check", "data", "--texts", "."]) == 0
    assert main(["build", "data"]) == 0


def test_a_folder_is_read_again_without_what_was_written_into_it() -> None:
    Path("articles").mkdir()
    shutil.move("article.txt", "articles/article.txt")
    for _ in range(2):
        assert extract("articles", "--out", "articles/extracted") == 0
    assert sorted(path.name for path in Path("articles/extracted").iterdir()) == [
        "the-harbour-post-2024-05-01.campaign.yaml",
        "the-harbour-post-2024-05-01.yaml",
    ]


def test_rejects_among_the_facts_are_no_facts() -> None:
    shutil.copytree(resources.data(), "data")
    assert extract("article.txt", "gone.txt", "--out", "data/harbour") == 1
    assert rejects("data/harbour")
    assert main(["check", "data", "--texts", "."]) == 0


@pytest.mark.parametrize("name", ["MANY.JSONL", "many.ndjson"])
def test_a_stream_is_known_by_either_ending_in_any_case(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(name).write_text(json.dumps({"id": "a", "text": ARTICLE}) + "\n", "utf-8")
    assert extract(name, "--html") == 0
    assert json.loads(Path("extracted/many.jsonl").read_text("utf-8"))["claims"]
    assert "no pages are made of a stream" in capsys.readouterr().out


def piped(content: bytes, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "extract", "-", *words]
    done = subprocess.run(command, input=content, capture_output=True, check=False)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("content", [ARTICLE, PAGE], ids=["text", "page"])
def test_what_is_piped_in_is_read_by_its_content_and_called_stdin(content: str) -> None:
    done = piped(content.encode())
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "stdin  → stdin.yaml, stdin.campaign.yaml")
    assert "1,200" in Path("extracted/stdin.yaml").read_text("utf-8")
    assert Path("extracted/texts/stdin.txt").read_text("utf-8").startswith(content[:6] if content is ARTICLE else "Sweep")


def test_articles_that_are_piped_in_are_a_stream() -> None:
    article = json.dumps({"id": "n1", "text": ARTICLE}).encode()
    assert piped(b"\n" + article + b"\nno JSON\n", "--jobs", "2").returncode == 1
    assert json.loads(Path("extracted/stdin.jsonl").read_text("utf-8"))["id"] == "source/n1"
    assert [(reject["file"], reject["line"]) for reject in rejects()] == [("stdin", 3)]


def test_nothing_piped_in_is_told_and_so_is_standard_input_beside_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert piped(b"").stderr.startswith("stdin: there is no text in it")
    assert extract("-", "article.txt") == 2
    assert "give '-' by itself" in capsys.readouterr().err


def test_a_run_that_is_ended_leaves_neither_processes_nor_temporary_files() -> None:
    line = json.dumps({"id": "a", "text": ARTICLE + "Nothing else was said that day. " * 100}) + "\n"
    Path("many.jsonl").write_text(line * 20_000, "utf-8")
    command = [sys.executable, "-m", "kg", "extract", "many.jsonl", "--jobs", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as run:
        while not any(path.stat().st_size for path in Path().glob("extracted/.*")):
            assert run.poll() is None
            time.sleep(0.05)
        run.terminate()
        _, err = run.communicate(timeout=60)  # its processes hold the pipe as long as they live
    assert (run.returncode, err) == (130, "stopped; nothing is half-written\n")
    assert list(Path("extracted").iterdir()) == []


def test_a_number_that_the_head_of_its_table_multiplies_says_so_and_is_built() -> None:
    shutil.copytree(resources.data(), "data")
    table = "<table><tr><th>Platform<th>Posts removed (millions)<tr><td>Weibo<td>3<tr><td>Douyin<td>1.4</table>"
    Path("table.html").write_text(table, "utf-8")
    assert extract("table.html", "--out", "data/harbour") == 0
    document = yaml.safe_load(Path("data/harbour/the-harbour-post-2024-05-01.yaml").read_text("utf-8"))
    assert [(claim["figure"]["text"], claim["figure"]["value"]) for claim in document["claims"]] == [("3", 3_000_000), ("1.4", 1_400_000)]
    assert {claim["statement"] for claim in document["claims"]} == {"The number stands in a table whose head multiplies it: 'millions'."}
    assert main(["check", "data", "--texts", "data/harbour/texts"]) == 0


def test_the_page_of_a_page_and_the_text_that_proves_it_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(resources.data(), "data")
    Path("page.html").write_text(PAGE, "utf-8")
    assert extract("page.html", "--html", "--out", "data/harbour") == 0
    assert "Sweep · enforcement-kg" in Path("data/harbour/the-harbour-post-2024-05-01.html").read_text("utf-8")
    assert main(["check", "data", "--texts", "data/harbour/texts"]) == 0
    assert "1 quotes proven" in capsys.readouterr().err


def test_a_page_that_was_cut_off_is_read_in_part() -> None:
    Path("page.html").write_text(PAGE.removesuffix("</body></html>"), "utf-8")
    assert extract("page.html") == 0
    document = Path("extracted/the-harbour-post-2024-05-01.yaml").read_text("utf-8")
    assert "\ncoverage: partial\n" in document
    assert "# look: the page ends before its </html>" in document


def test_a_text_in_another_encoding_is_proven_by_its_copy() -> None:
    shutil.copytree(resources.data(), "data")
    Path("gb.txt").write_bytes("监管部门依法关闭违规账号1200个，清理有害信息5000余条，网民举报线索得到核实。".encode("gb18030"))
    Path("meta.yaml").write_text(META.replace("en", "zh"), "utf-8")
    assert extract("gb.txt", "--out", "data/harbour") == 0
    assert main(["check", "data", "--texts", "data/harbour/texts"]) == 0


def test_a_text_in_another_language_than_its_description_says_is_told() -> None:
    Path("meta.yaml").write_text(META.replace("en", "zh"), "utf-8")
    assert extract("article.txt") == 0
    document = Path("extracted/the-harbour-post-2024-05-01.yaml").read_text("utf-8")
    assert "# look: it was read as a text in 'zh', as its source is described, and looks like one in 'en'" in document


def test_a_text_in_two_languages_is_in_no_other_than_its_description_says() -> None:
    Path("meta.yaml").write_text(META.replace("en", "zh"), "utf-8")
    chinese = "网信部门依法关闭违规账号500个，网民举报的线索逐条核实。" + "专项行动依法依规稳步推进，取得明显成效。" * 60
    Path("both.txt").write_text(f"{ARTICLE}{'Nothing else was said that day. ' * 20}\n\n{chinese}\n", "utf-8")
    assert extract("both.txt") == 0
    document = Path("extracted/the-harbour-post-2024-05-01.yaml").read_text("utf-8")
    assert [claim["figure"]["value"] for claim in yaml.safe_load(document)["claims"]] == [1200, 5000, 500]
    assert "looks like" not in document


def test_what_hides_in_a_pages_head_or_a_texts_header_is_not_written() -> None:
    Path("page.html").write_text(PAGE.replace("<title>", '<meta property="og:site_name" content="P\u200bost"><title>'), "utf-8")
    Path("header.txt").write_text("# source: P\u200bost | https://p.example | 2024\n\nIt shut 900 accounts.", "utf-8")
    assert main(["extract", "page.html", "header.txt"]) == 1
    assert "publisher: Post\n" in Path("extracted/page.yaml").read_text("utf-8")
    assert [(reject["file"], reject["line"]) for reject in rejects()] == [("header.txt", 1)]


def test_a_second_run_changes_nothing_and_is_no_fault() -> None:
    assert extract("article.txt", "--html") == 0
    before = {path: path.read_bytes() for path in Path("extracted").iterdir()}
    assert extract("article.txt", "--html") == 0
    assert before == {path: path.read_bytes() for path in Path("extracted").iterdir()}


def test_what_a_person_has_edited_is_kept_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert extract("article.txt") == 0
    document = Path("extracted/the-harbour-post-2024-05-01.yaml")
    document.write_text(document.read_text("utf-8").replace("closure", "mute"), "utf-8")
    edited = document.read_bytes()
    assert extract("article.txt") == 1
    assert document.read_bytes() == edited
    assert "the-harbour-post-2024-05-01.yaml stands there with other content and was kept; delete it" in capsys.readouterr().err
    assert extract("article.txt", "--out", "elsewhere") == 0


def test_what_cannot_be_read_is_rejected_with_its_reason_and_the_rest_goes_on() -> None:
    folder = Path("articles")
    folder.mkdir()
    shutil.copy("article.txt", folder / "b.txt")
    (folder / "a.txt").write_bytes(b"")
    (folder / "c.bin").write_bytes(bytes(range(256)) * 9)
    assert extract("articles", "no-such-file") == 1
    assert (Path("extracted") / "b.yaml").exists()
    assert [reject["file"] for reject in rejects()] == ["no-such-file", "articles/a.txt", "articles/c.bin"]
    assert all(set(reject) == {"file", "line", "reason", "advice"} and reject["reason"] and reject["advice"] for reject in rejects())


@pytest.mark.parametrize(
    ("number", "rest"),
    [
        ("The agency shut " + "1" * 4301, " accounts."),
        ("The agency shut " + "1" * 4299 + " million", " accounts."),
        ("The agency shut five" + " million" * 800, " accounts."),
        ("The agency shut 1." + "0" * 5000 + "1", " accounts."),
        ("监管部门关闭账号" + "1" * 4301, "个。"),
        ("监管部门关闭账号5" + "亿" * 600, "个。"),
    ],
    ids=["digits", "million", "scales", "decimals", "chinese", "chinese scales"],
)
def test_a_number_of_any_length_is_a_reject_with_its_line_and_the_rest_goes_on(number: str, rest: str) -> None:
    Path("long.txt").write_text(f"\n{number}{rest}\n", "utf-8")
    assert main(["extract", "long.txt", "article.txt"]) == 1
    [reject] = rejects()
    assert (reject["file"], reject["line"]) == ("long.txt", 2)
    assert str(reject["reason"]).endswith("is longer than any store computes with")
    assert len(str(reject["reason"])) < 120
    assert Path("extracted/article.yaml").exists()


def test_rejects_of_a_run_before_do_not_stay() -> None:
    assert extract("article.txt", "no-such-file") == 1
    assert extract("article.txt") == 0
    assert not Path("extracted/rejects.jsonl").exists()


def test_nothing_that_can_be_read_is_bad_usage() -> None:
    assert extract("no-such-file") == 2
    assert rejects()[0]["reason"] == "there is no such file or folder"


def test_json_lines_become_json_lines_of_documents_that_are_built() -> None:
    shutil.copytree(resources.data(), "data")
    lines = [
        {"id": f"n{number}", "text": f"It shut {number},200 accounts.", "publisher": "P", "published": "2024"} for number in range(2, 5)
    ]
    Path("many.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines) + "no JSON\n", "utf-8")
    assert main(["extract", "many.jsonl", "--out", "data/many"]) == 1
    documents = [json.loads(line) for line in Path("data/many/many.jsonl").read_text("utf-8").splitlines()]
    assert [document["id"] for document in documents] == ["source/n2", "source/n3", "source/n4"]
    assert [(reject["file"], reject["line"]) for reject in rejects("data/many")] == [("many.jsonl", 4)]
    assert main(["build", "data"]) == 0


def test_remarks_on_articles_of_a_stream_stand_beside_them_and_are_no_facts(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(resources.data(), "data")
    texts = {"n1": "It plans to shut 2,200 accounts.", "n2": "It shut 2,200 accounts and 6\u200b7 groups."}
    lines = [json.dumps({"id": name, "text": text, "publisher": "P", "published": "2024"}) for name, text in texts.items()]
    Path("many.jsonl").write_text("\n".join(lines), "utf-8")
    assert main(["extract", "many.jsonl", "--out", "data/many"]) == 1
    assert "what to look at in them: many.remarks.jsonl" in capsys.readouterr().out
    remarks = [json.loads(line) for line in Path("data/many/many.remarks.jsonl").read_text("utf-8").splitlines()]
    [document, _] = [json.loads(line) for line in Path("data/many/many.jsonl").read_text("utf-8").splitlines()]
    [look] = [each for each in remarks if each["kind"] == "look"]
    assert (look["id"], look["about"]) == ("source/n1", document["claims"][0]["key"])
    assert {each["id"] for each in remarks if each["kind"] == "left out"} == {"source/n2"}
    assert main(["check", "data"]) == 0


def test_articles_that_copy_a_known_text_are_sources_of_their_own_and_told() -> None:
    shutil.copytree(resources.data(), "data")
    assert extract("article.txt", "--out", "data/harbour") == main(["build", "data"]) == 0
    Path("many.jsonl").write_text("".join(json.dumps({"id": name, "text": ARTICLE}) + "\n" for name in ("n1", "n2")), "utf-8")
    Path("other.yaml").write_text(META.replace("Harbour", "Valley"), "utf-8")
    assert main(["extract", "many.jsonl", "article.txt", "--source", "other.yaml", "--out", "copies"]) == 0
    documents = [json.loads(line) for line in Path("copies/many.jsonl").read_text("utf-8").splitlines()]
    assert [(each["id"], len(each["claims"])) for each in documents] == [("source/n1", 2), ("source/n2", 2)]
    remarks = Path("copies/many.remarks.jsonl").read_text("utf-8").splitlines()
    assert sum("the graph has the same text as source/the-harbour-post-2024-05-01" in line for line in remarks) == 2
    copy = Path("copies/article.yaml").read_text("utf-8")
    assert "the same text as source/the-harbour-post" in copy
    assert yaml.safe_load(copy)["id"] == "source/article"
    assert extract("article.txt", "--out", "again") == 0
    assert yaml.safe_load(Path("again/the-harbour-post-2024-05-01.yaml").read_text("utf-8"))["id"] == "source/the-harbour-post-2024-05-01"


def test_a_line_that_the_check_would_refuse_is_rejected_and_so_is_a_figure(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        {"id": "A b", "text": "It shut 2,200 accounts and 6\u200b7 groups."},
        {"id": "a-B", "text": "It shut 900 accounts."},
        {"id": "c", "text": "It shut 900 accounts.", "url": "javascript:alert(1)"},
        {"id": "d", "text": "It shut 900 accounts.", "publisher": "P\u202e"},
    ]
    Path("many.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert extract("many.jsonl") == 1
    assert [(reject["line"], reject["reason"]) for reject in rejects()] == [
        (1, "article A b: the figure '6\\u200b7' holds characters that hide"),
        (2, "article a-B: gives the same source as line 1, source/a-b"),
        (3, "article c: 'javascript:alert(1)' in 'url' is no address"),
        (4, "article d: the character U+202E, which hides or cannot be stored"),
    ]
    assert "1 articles in many.jsonl, 3 rejected" in capsys.readouterr().out
    Path("meta.yaml").write_text(META + "id: source/x\n", "utf-8")
    assert extract("many.jsonl") == 2
    assert "one id for many articles" in capsys.readouterr().err


def test_more_processes_give_the_same_files() -> None:
    folder = Path("articles")
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(ARTICLE.replace("1,200", f"{number + 2},200"), "utf-8")
    assert extract("articles", "--out", "one") == extract("articles", "--out", "two", "--jobs", "2") == 0
    assert {path.name: path.read_bytes() for path in Path("one").iterdir()} == {
        path.name: path.read_bytes() for path in Path("two").iterdir()
    }


def test_files_of_one_name_are_not_written_over_each_other() -> None:
    for name in ("a", "b"):
        Path(name).mkdir()
        Path(name, "x.txt").write_text(ARTICLE + name, "utf-8")
    assert extract("a", "b") == 1
    assert [(reject["file"], reject["reason"]) for reject in rejects()] == [("b/x.txt", "gives the same source as a/x.txt")]


def test_one_id_for_several_files_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("meta.yaml").write_text(META + "id: source/x\n", "utf-8")
    shutil.copy("article.txt", "second.txt")
    assert extract("article.txt", "second.txt") == 2
    assert "one id for 2 files" in capsys.readouterr().err


def test_a_faulty_description_of_the_source_is_told_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("meta.yaml").write_text("publisher: P\nrole: primry\n", "utf-8")
    assert extract("article.txt") == 1
    assert "meta.yaml:2: 'primry' is no code of 'role'" in capsys.readouterr().err


def test_a_campaign_gives_its_measures_and_an_unknown_one_its_nearest_name(capsys: pytest.CaptureFixture[str]) -> None:
    Path("article.txt").write_text("The agency shut 67,000 accounts.", "utf-8")
    assert extract("article.txt", "--campaign", "cac-self-media-2023") == 0
    [claim] = yaml.safe_load(Path("extracted/the-harbour-post-2024-05-01.yaml").read_text("utf-8"))["claims"]
    assert claim["subject"] == "measure/cac-self-media-2023/closures"
    assert extract("article.txt", "--campaign", "cac-selfmedia-2023") == 2
    assert "did you mean 'cac-self-media-2023'" in capsys.readouterr().err


def test_without_a_build_the_shipped_facts_are_what_is_known() -> None:
    shutil.rmtree("build")
    assert extract("article.txt", "--campaign", "cac-self-media-2023") == 0
    assert not Path("build").exists()
    assert extract("article.txt", "--graph", "no-such-folder") == 2

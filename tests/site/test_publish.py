"""A published site: the same bytes for the same graph, nothing outside its folder, and not one file of anybody else's touched."""

from __future__ import annotations

import csv
import json
import re
import shutil
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree import ElementTree

import polars
import pyoxigraph as ox
import pytest

import kg
from kg.cli import main
from kg.errors import SourceError
from kg.formats.tables import claims
from kg.graph import Graph
from kg.questions import questions
from kg.server.things import SYNTAXES
from kg.site.addresses import Places, file_name
from kg.site.folder import MANIFEST, NEXT, STAGE
from kg.vocabulary import BASE
from tests.server.test_linked import ours

AT = "https://example.org/a/kg/"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
HOSTILE = [
    "..", "../../etc/passwd", "a/../../../b", "%2e%2e/%2e%2e/x", "a%00b", "%2F%2Fx", "nul",
    "aux/com1", "x/nul", ".htaccess", "a.", "a.ttl", "a.ttl/b",
    "CASE/One", "case/one", "Case/One", "iri/x", "-", "a//b", "/", "//example.org/x", "a" * 5000, "b/" * 300 + "c",
    "?q=1", "a?b", "x$1", "微/博", "é", "e\u0301",
    "javascript:alert(1)", "a'b", "a&b", "published.json", "~", "a;b", "a:b",
]  # fmt: skip


class Links(HTMLParser):
    """The addresses that a page links to, and the names of its places."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attributes if name in ("href", "action", "src") and value}
        self.places |= {value for name, value in attributes if name == "id" and value}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def a_graph(*names: str) -> Graph:
    """Things of these names, all led to by one."""
    store = ox.Store()
    for number, name in enumerate(names):
        thing = ox.NamedNode(BASE + name)
        store.add(ox.Quad(thing, ox.NamedNode(LABEL), ox.Literal(f"thing {number}", language="en")))
        store.add(ox.Quad(ox.NamedNode(BASE + "all"), ox.NamedNode(BASE + "ontology#part"), thing))
    return Graph(store)


@pytest.fixture(scope="module")
def site(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped graph, published."""
    folder = tmp_path_factory.mktemp("site")
    kg.publish(graph, folder, AT)
    return folder


def test_every_thing_has_a_page_in_each_language_and_its_documents(site: Path, graph: Graph) -> None:
    names = {iri.partition("#")[0].removeprefix(BASE) for iri in ours(graph)}
    assert len(names) > 500
    for name in names:
        for file in (f"page/{file_name(name)}.html", f"zh/page/{file_name(name)}.html", *(f"data/{file_name(name)}{s}" for s in SYNTAXES)):
            assert (site / file).is_file(), name


def test_every_link_of_every_page_leads_to_a_file_and_a_place_in_it(site: Path) -> None:
    pages = {path: Links(path.read_text("utf-8")) for path in site.rglob("*.html") if path.relative_to(site).parts[0] != "view"}
    dead: Counter[str] = Counter()
    followed = 0
    for path, page in pages.items():
        for link in page.found:
            if link.startswith(("https://", "http://", "data:", "#")):
                continue
            there, fragment = urldefrag(link)
            file = Path(path.parent / unquote(there)).resolve()
            followed += 1
            if link.startswith("/") or not file.is_file() or (fragment and fragment not in pages[file].places):
                dead[link] += 1
    assert followed > 10_000
    assert dead == {}


def test_every_page_leads_to_the_others_and_to_itself_in_the_other_language(site: Path) -> None:
    for path in (path for path in site.rglob("*.html") if path.relative_to(site).parts[0] != "zh"):
        head = Links(path.read_text("utf-8").partition("<main")[0])
        there = {str((path.parent / link).resolve().relative_to(site.resolve())) for link in head.found if link.endswith(".html")}
        is_picture = path.relative_to(site).parts[0] == "view"  # it changes its language itself
        own = set() if is_picture else {f"zh/{path.relative_to(site)}"}
        assert there == {"index.html", "page/ontology.html", "questions/index.html", "downloads/index.html"} | own, path


def test_every_script_of_a_page_is_one_that_its_policy_names(site: Path) -> None:
    found: Counter[int] = Counter()
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
        scripts = [b64encode(sha256(script.encode()).digest()).decode() for script in re.findall(r"<script>(.*?)</script>", text, re.S)]
        assert all(f"'sha256-{each}'" in unescape(policy) for each in scripts), path
        found[len(scripts)] += 1
    assert set(found) == {1, 2}


def test_no_link_inside_a_script_is_changed() -> None:
    places = Places(("en",))
    places.add("/questions", "questions/index.html")
    page = '<a href="/questions"></a><script>{}</script><a href="/questions"></a><script type="x">{}</script>'
    made = places.rewritten(page.format(*2 * ["'<a href=\"/questions\">'"]), "index.html", "en")
    assert made == page.replace("/questions", "questions/index.html").format(*2 * ["'<a href=\"/questions\">'"])


def test_every_page_is_small_but_pictures(site: Path) -> None:
    large = {str(path.relative_to(site)) for path in site.rglob("*.html") if path.stat().st_size > 100_000}
    assert {path for path in large if not path.startswith("view/")} == set()


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_the_index_and_the_pages_of_names_hold_every_name(folder: str, site: Path, graph: Graph) -> None:
    told = json.loads((site / f"{folder}names.json").read_bytes())
    named = {
        row["s"] for row in kg.query(graph, "SELECT ?s { ?s rdfs:label|skos:prefLabel|enf:publisher ?name }") if row["s"].startswith(BASE)
    }
    assert len(told) == len(named)
    assert all((site / folder / each["href"].partition("#")[0]).is_file() for each in told)
    listed = [re.findall(r"<dd><a href=", path.read_text("utf-8")) for path in (site / folder / "names").glob("*.html")]
    assert sum(map(len, listed)) == len(told)


def test_a_page_tells_what_the_server_s_page_tells(site: Path) -> None:
    text = (site / "page/measure/cac-self-media-2023/closures.html").read_text("utf-8")
    assert "账号6.66万余个" in text
    assert "more than 66,600 accounts" in text
    assert '<html lang="zh">' in (site / "zh/page/measure/cac-self-media-2023/closures.html").read_text("utf-8")
    assert "/sparql" not in text
    assert "66,600" in (site / "compare/cac-self-media-2023.html").read_text("utf-8")


def test_a_thing_s_documents_hold_the_same_facts_in_every_syntax(site: Path) -> None:
    name = "data/measure/cac-self-media-2023/closures"
    read = {suffix: set(ox.parse((site / (name + suffix)).read_bytes(), format=syntax)) for suffix, (_, syntax) in SYNTAXES.items()}
    assert len(read[".nt"]) > 10
    assert all(found == read[".nt"] for found in read.values())


def test_every_question_stands_as_a_table_and_as_data(site: Path) -> None:
    for name in questions():
        assert f"<h1>{questions()[name].title}</h1>" in (site / f"questions/{name}.html").read_text("utf-8")
        json.loads((site / f"questions/{name}.json").read_bytes())
    english, chinese = ((site / f"{folder}questions/sources.csv").read_text("utf-8") for folder in ("", "zh/"))
    assert english.splitlines()[0] == chinese.splitlines()[0]
    assert english != chinese


def test_the_dictionary_tells_of_every_column_of_the_claims_table(site: Path, graph: Graph) -> None:
    told = json.loads((site / "questions/data-dictionary.json").read_bytes())
    assert {row["column"] for row in told} == set(claims(graph).columns) - {"claim"}
    assert all(row["meaning"] and row["propertyLabel"] for row in told)


def test_the_dumps_hold_the_whole_graph(site: Path, graph: Graph) -> None:
    folder = site / "downloads"
    for suffix, syntax in ((".nt", ox.RdfFormat.N_TRIPLES), (".ttl", ox.RdfFormat.TURTLE), (".jsonld", ox.RdfFormat.JSON_LD)):
        assert len(set(ox.parse((folder / f"enforcement-kg{suffix}").read_bytes(), format=syntax))) == len(graph), suffix
    with (folder / "enforcement-kg.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(claims(graph)) == len(polars.read_parquet(folder / "enforcement-kg.parquet"))


def test_the_description_tells_of_the_files_that_there_are(site: Path) -> None:
    store = ox.Store()
    store.load((site / "void.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    quads = store.quads_for_pattern(None, ox.NamedNode("http://www.w3.org/ns/dcat#downloadURL"), None, None)
    told = {quad.object.value.removeprefix(AT) for quad in quads if isinstance(quad.object, ox.NamedNode)}
    assert told == {str(path.relative_to(site)) for path in (site / "downloads").iterdir() if path.suffix != ".html"}
    assert "sparql" not in (site / "void.nt").read_text("utf-8")


@pytest.mark.parametrize("page", ["index.html", "zh/index.html"])
@pytest.mark.parametrize("stands", [AT, None])
def test_search_engines_are_led_to_the_site_and_its_files(stands: str | None, page: str, tmp_path: Path) -> None:
    kg.publish(a_graph("a"), tmp_path, stands)
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', (tmp_path / page).read_text("utf-8"))
    told = json.loads(block)
    addresses = [told["url"], *(each["contentUrl"] for each in told["distribution"])]
    assert all(each.startswith(AT) for each in addresses) or not stands
    led = {urljoin(AT + page, each).removeprefix(AT) for each in addresses}
    assert led == {"", *(str(path.relative_to(tmp_path)) for path in (tmp_path / "downloads").iterdir() if path.suffix != ".html")}


def test_the_description_has_what_dcat_ap_demands(site: Path) -> None:
    store = ox.Store()
    store.load((site / "void.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    called = ["dcterms:title", "dcterms:description"]
    for kind, wanted in (
        ("Catalog", [*called, "dcat:dataset"]),
        ("Dataset", called),
        ("Distribution", ["dcat:accessURL", "dcterms:license", "dcat:mediaType"]),
    ):
        lacking = " || ".join(f"NOT EXISTS {{ ?thing {name} ?any }}" for name in wanted)
        prefixes = {"dcat": "http://www.w3.org/ns/dcat#", "dcterms": "http://purl.org/dc/terms/"}
        assert store.query(f"ASK {{ ?thing a dcat:{kind} }}", prefixes=prefixes)
        assert not store.query(f"ASK {{ ?thing a dcat:{kind} FILTER({lacking}) }}", prefixes=prefixes)
    types = {quad.object for quad in store.quads_for_pattern(None, ox.NamedNode(prefixes["dcat"] + "mediaType"), None, None)}
    assert ox.NamedNode("https://www.iana.org/assignments/media-types/text/turtle") in types


def test_the_catalogue_holds_the_data_set_that_void_describes(site: Path) -> None:
    store = ox.Store()
    store.load((site / "void.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    prefixes = {"dcat": "http://www.w3.org/ns/dcat#", "void": "http://rdfs.org/ns/void#"}
    assert store.query("ASK { ?catalogue a dcat:Catalog ; dcat:dataset ?set . ?set a dcat:Dataset, void:Dataset }", prefixes=prefixes)


def test_the_sitemap_names_every_page_once(site: Path) -> None:
    told = [each.text or "" for each in ElementTree.parse(site / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert sorted(told) == sorted(AT + str(path.relative_to(site)) for path in site.rglob("*.html"))


def test_the_same_graph_gives_the_same_bytes(site: Path, graph: Graph, tmp_path: Path) -> None:
    store = ox.Store()
    store.extend(reversed(list(graph.store)))
    kg.publish(Graph(store, graph.manifest), tmp_path, AT)
    here, there = contents(site), contents(tmp_path)
    assert sorted(here) == sorted(there)
    assert [path for path in here if here[path] != there[path]] == []


def test_a_second_run_touches_nothing(tmp_path: Path) -> None:
    first = kg.publish(a_graph("a", "b"), tmp_path, AT)
    assert first.changed == first.files
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    again = kg.publish(a_graph("a", "b"), tmp_path, AT)
    assert (again.files, again.changed, again.removed) == (first.files, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


def test_files_of_what_is_gone_go_and_all_others_stay(tmp_path: Path) -> None:
    kg.publish(a_graph("a/b/c", "d"), tmp_path)
    unchanged = (tmp_path / "questions/index.html").stat().st_mtime_ns
    (tmp_path / "CNAME").write_text("example.org")
    (tmp_path / "page/a/b/mine.html").write_text("mine")
    done = kg.publish(a_graph("d"), tmp_path)
    assert done.removed == 2 + len(SYNTAXES)
    assert not (tmp_path / "page/a/b/c.html").exists()
    assert not (tmp_path / "data/a").exists()
    assert (tmp_path / "page/a/b/mine.html").read_text() == "mine"
    assert (tmp_path / "CNAME").read_text() == "example.org"
    assert (tmp_path / "questions/index.html").stat().st_mtime_ns == unchanged


def test_a_folder_with_other_files_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(SourceError, match="holds files that 'kg publish' did not write; name a new or empty folder"):
        kg.publish(a_graph("a"), tmp_path)
    assert contents(tmp_path) == {"thesis.tex": b"mine"}
    assert not (tmp_path / STAGE).exists()


@pytest.mark.parametrize("file", ["page/new.html", "page/a.html"])
def test_a_file_that_is_not_as_we_wrote_it_is_neither_overwritten_nor_removed(file: str, tmp_path: Path) -> None:
    kg.publish(a_graph("a"), tmp_path)
    (tmp_path / file).write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(SourceError, match=r"was not written by 'kg publish', or changed since; move it away"):
        kg.publish(a_graph("new"), tmp_path)
    assert contents(tmp_path) == before


def test_a_link_to_another_folder_is_not_followed(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    kg.publish(a_graph("a"), site)
    shutil.rmtree(site / "page")
    (site / "page").symlink_to(elsewhere)
    with pytest.raises(SourceError, match="is no folder of this site's own"):
        kg.publish(a_graph("a", "b"), site)
    assert list(elsewhere.iterdir()) == []


def test_a_manifest_that_names_files_outside_is_refused(tmp_path: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside.txt"
    outside.write_text("mine")
    site.mkdir()
    (site / MANIFEST).write_text(json.dumps({"files": {"../outside.txt": sha256(b"mine").hexdigest()}}))
    with pytest.raises(SourceError, match="not what 'kg publish' writes"):
        kg.publish(a_graph("a"), site)
    assert outside.read_text() == "mine"


def test_a_run_that_was_stopped_while_it_swapped_files_in_is_taken_up(tmp_path: Path) -> None:
    one, two, site = tmp_path / "one", tmp_path / "two", tmp_path / "site"
    kg.publish(a_graph("a", "gone"), one)
    kg.publish(a_graph("a", "new"), two)
    shutil.copytree(one, site)
    shutil.copy(two / MANIFEST, site / NEXT)
    shutil.copy(two / "page/all.html", site / "page/all.html")  # the half of it
    shutil.copy(two / "page/new.html", site / "page/new.html")
    (site / STAGE).mkdir()
    (site / STAGE / "7").write_text("a leftover")
    kg.publish(a_graph("a", "new"), site)
    assert contents(site) == contents(two)


def test_a_fault_on_the_way_leaves_the_old_site_whole(tmp_path: Path) -> None:
    kg.publish(a_graph("a"), tmp_path)
    before = contents(tmp_path)

    def stop(done: int, total: int) -> None:
        if done == total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kg.publish(a_graph("b", "c"), tmp_path, progress=stop)
    assert contents(tmp_path) == before


def test_the_manifest_holds_the_sha256_of_every_file(site: Path) -> None:
    told = json.loads((site / MANIFEST).read_bytes())["files"]
    assert told == {path: sha256(content).hexdigest() for path, content in contents(site).items() if path != MANIFEST}


def test_hostile_names_share_no_file_and_leave_no_folder(tmp_path: Path) -> None:
    site = tmp_path / "deep" / "site"
    names = [name for name in HOSTILE if is_iri(BASE + name)]
    assert len(names) > 25
    kg.publish(a_graph(*names), site, AT)
    assert [path for path in tmp_path.rglob("*") if path.is_file() and site not in path.parents] == []
    files = [str(path.relative_to(site)) for path in site.rglob("*") if path.is_file()]
    assert all(re.fullmatch(r"[a-z0-9._/-]{1,220}", file) for file in files)
    devices = {"con", "prn", "aux", "nul"} | {f"{name}{n}" for name in ("com", "lpt") for n in range(10)}
    assert [file for file in files if devices & {part.partition(".")[0] for part in file.split("/")}] == []
    assert len(set(map(str.casefold, files))) == len(files)
    pages = [re.findall(r"<code>(.*?)</code>", path.read_text("utf-8"), re.S)[0] for path in (site / "page").rglob("*.html")]
    assert sorted(map(unescape, pages)) == sorted(BASE + name for name in [*names, "all"])
    rules = (site / "w3id.htaccess").read_text("ascii").splitlines()
    assert all(rule.startswith(("RewriteRule ^", "RewriteCond %{HTTP_ACCEPT} ", "Options ", "RewriteEngine ")) for rule in rules)


def is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def test_two_addresses_on_one_file_are_refused() -> None:
    places = Places(("en",))
    places.add("/a", "page/a.html")
    with pytest.raises(SourceError, match="two addresses would share this file"):
        places.add("/b", "page/A.html")


def test_a_redirect_leads_where_the_files_are(site: Path) -> None:
    rules = (site / "w3id.htaccess").read_text("ascii").splitlines()
    plain = [rule.split() for rule in rules if rule.startswith("RewriteRule")]
    for name in (
        "platform/weibo",
        "dsa/STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE",
        "ontology",
        "shapes",
        "measure/cac-self-media-2023/closures",
    ):
        page = next(re.sub(r"\$1", name, target) for _, pattern, target, _ in plain if re.search(pattern, name) and ".html" in target)
        assert (site / page.removeprefix(AT)).is_file(), page


def test_without_an_address_there_is_no_sitemap(tmp_path: Path) -> None:
    kg.publish(a_graph("a"), tmp_path)
    assert not (tmp_path / "sitemap.xml").exists()
    assert not (tmp_path / "w3id.htaccess").exists()


@pytest.mark.parametrize(
    "at", ["", "example.org", "javascript:alert(1)", "https://example.org/a b/", "https://example.org/?x=%1", 'https://e.org/"\n']
)
def test_what_is_no_web_address_is_refused(at: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is no web address for a site; write one like"):
        kg.publish(a_graph("a"), tmp_path / "site", at)
    assert not (tmp_path / "site").exists()


def test_the_command_says_what_it_wrote_and_what_it_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kg.export(a_graph("a"), tmp_path / "graph.ttl")
    assert main(["publish", str(tmp_path / "site"), "--graph", str(tmp_path / "graph.ttl")]) == 0
    assert re.search(r"site: \d+ files, \d+ of them new or changed, 0 old ones removed", capsys.readouterr().err)
    assert main(["publish", str(tmp_path), "--graph", str(tmp_path / "graph.ttl")]) == 2
    assert "name a new or empty folder" in capsys.readouterr().err
    assert main(["publish", str(tmp_path / "graph.ttl"), "--graph", str(tmp_path / "graph.ttl")]) == 2


def test_a_graph_at_an_endpoint_or_in_a_file_gives_the_same_site_as_the_build(site: Path, graph: Graph, tmp_path: Path) -> None:
    kg.publish(Graph(graph.store), tmp_path, AT)
    here, there = contents(site), contents(tmp_path)
    assert sorted(here) == sorted(there)
    assert [path for path in here if here[path] != there[path]] == []

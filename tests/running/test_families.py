"""The families are the notebooks: the six that are here, and what a notebook must be."""

import json
from pathlib import Path

import nbformat
import pytest

from digest_lib.cells import PARAMETERS, tags_of
from digest_lib.errors import BadNotebook, UnknownFamily, UserError
from digest_lib.running.families import choose, load, load_all, new_family, template
from digest_lib.settings import Home
from digest_lib.writing.prompts import validate_all
from homes import REPOSITORY, quickly

SIX = ["claude", "gemini", "gpt", "grok", "mistral", "qwen"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "_quarto.yml").write_text("project: {type: website}\n")
    return Home(tmp_path)


def cells(text: str) -> list[dict]:
    """Every cell but the parameters, as a researcher sees them."""
    notebook = nbformat.reads(text, as_version=4)
    return [
        {"id": c.id, "type": c.cell_type, "source": c.source, "tags": tags_of(c)}
        for c in notebook.cells
        if PARAMETERS not in tags_of(c)
    ]


def test_the_six_families_are_here() -> None:
    families, bad = load_all(Home(REPOSITORY))
    assert bad == []
    assert sorted(families) == SIX


@pytest.mark.parametrize("name", SIX)
def test_a_familys_notebook_differs_from_the_template_in_its_parameters_alone(name: str) -> None:
    text = (REPOSITORY / "notebooks" / f"{name}.ipynb").read_text("utf-8")
    assert cells(text) == cells(template())


@pytest.mark.parametrize("name", SIX)
def test_a_notebook_is_committed_without_outputs(name: str) -> None:
    notebook = json.loads((REPOSITORY / "notebooks" / f"{name}.ipynb").read_text("utf-8"))
    code = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    assert code
    assert all(c["outputs"] == [] and c["execution_count"] is None for c in code)


@pytest.mark.parametrize("name", SIX)
def test_every_prompt_is_on_the_desk_and_valid(name: str) -> None:
    family = load(REPOSITORY / "notebooks" / f"{name}.ipynb")
    assert family is not None
    p = family.parameters
    prompts = {key: value for key, value in p.items() if key.endswith("_prompt")}
    assert sorted(prompts) == ["day_prompt", "doubt_prompt", "repair_prompt", "story_prompt"]
    validate_all(**prompts)
    assert p["date"] is None
    assert p["name"] in p["aliases"]
    assert p["name"] not in p["rivals"]
    assert len(p["rivals"]) == 5


def test_a_new_family_is_a_notebook_that_can_run(home: Home) -> None:
    path = new_family(home, "deepseek")
    family = load(path)
    assert family is not None
    assert (family.name, family.parameters["name"], family.queries) == ("deepseek", "DeepSeek", ["DeepSeek"])
    with pytest.raises(UserError, match="exists already"):
        new_family(home, "deepseek")


@pytest.mark.parametrize(
    ("family", "name"),
    [
        ("deepseek", "DeepSeek"),
        ("deep-seek", "DeepSeek"),
        ("glm", "GLM"),
        ("gpt-oss", "gpt-oss"),
        ("phi-4", "phi-4"),
        ("falcon", "Falcon"),
        ("kimi", "Kimi"),
    ],
)
def test_a_new_family_is_called_as_the_field_calls_it(home: Home, family: str, name: str) -> None:
    made = load(new_family(home, family))
    assert made is not None
    assert (made.parameters["name"], made.parameters["aliases"]) == (name, [name])


def test_whoever_makes_a_family_is_told_to_look_at_its_name(home: Home) -> None:
    said = quickly(home, "new", "gpt-oss").stdout
    assert "set its name (now «gpt-oss»), aliases, queries and official sites" in said


def saved(**metadata: object) -> str:
    """The template as another tool saves it: with other metadata, an older minor format and no cell ids."""
    notebook = json.loads(template())
    for cell in notebook["cells"]:
        del cell["id"]
    return json.dumps({**notebook, "metadata": metadata, "nbformat_minor": 2})


@pytest.mark.parametrize("before", ["", "\ufeff"])
@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"kernelspec": {"name": ".venv", "display_name": ".venv", "language": "python"}},
        {"kernelspec": {"name": "conda-env-news-py", "display_name": "news"}, "orig_nbformat": 4},
        {"colab": {"provenance": []}, "language_info": {"name": "python"}, "accelerator": "GPU"},
    ],
)
def test_a_notebook_is_read_as_other_tools_save_it(
    home: Home, metadata: dict[str, object], before: str, recwarn: pytest.WarningsRecorder
) -> None:
    path = home.notebooks / "family.ipynb"
    path.write_text(before + saved(**metadata).replace("\n", "\r\n"), encoding="utf-8")
    family = load(path)
    assert family is not None and family.name == "family"
    assert list(recwarn) == []


@pytest.mark.parametrize(
    "metadata",
    [{"language_info": {"name": "R"}}, {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}],
)
def test_a_notebook_of_another_language_is_told_so(home: Home, metadata: dict[str, object]) -> None:
    path = home.notebooks / "family.ipynb"
    path.write_text(saved(**metadata), encoding="utf-8")
    with pytest.raises(BadNotebook, match="it is written for R; a family's notebook is run by Python"):
        load(path)


@pytest.mark.parametrize("name", ["Deep Seek", "../x", "", "深度求索", "x" * 40, "-x"])
def test_a_name_that_cannot_be_a_file_is_refused(home: Home, name: str) -> None:
    with pytest.raises(UserError, match="is not a family name"):
        new_family(home, name)
    assert list(home.root.rglob("*.ipynb")) == []


def test_a_bad_notebook_is_named_and_the_others_stand(home: Home) -> None:
    new_family(home, "good")
    (home.notebooks / "broken.ipynb").write_text("{not json")
    bare = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    nbformat.write(bare, home.notebooks / "bare.ipynb")
    (home.notebooks / "renamed.ipynb").write_text((home.notebooks / "good.ipynb").read_text())
    families, bad = choose(home, [])
    assert [f.name for f in families] == ["good"]
    said = {Path(b.path).name: b.problem for b in bad}
    assert "it is not a notebook" in said["broken.ipynb"]
    assert "tagged `parameters`" in said["bare.ipynb"]
    assert "a notebook is named after its family" in said["renamed.ipynb"]


@pytest.mark.parametrize(("more", "cell", "meant"), [
    ("max_storys = 3", "", "max_stories"),
    ("day_promt = '{stories}'", "", "day_prompt"),
    ("max_storys = 3", "print(max_storys)", ""),  # it is used: a name of its own
    ("threshold = 3", "", ""),  # like none of the desk's
    ("own_prompt = 'x'", "", ""),
    ("queries_ja = ['x']", "", "queries"),
])  # fmt: skip
def test_a_parameter_that_is_misspelt_is_asked_about(home: Home, more: str, cell: str, meant: str) -> None:
    path = new_family(home, "good")
    notebook = nbformat.read(path, 4)
    desk = next(c for c in notebook.cells if PARAMETERS in tags_of(c))
    desk.source += f"\n{more}"
    notebook.cells.append(nbformat.v4.new_code_cell(cell))
    nbformat.write(notebook, path)
    name = more.partition(" ")[0]
    says = f"notebooks/good.ipynb: in its parameters cell, no cell uses `{name}`; did you mean `{meant}`?"
    told = quickly(home, "run", "--date", "2026-07-20")
    assert (says in told.stderr) is bool(meant), told.stderr
    assert ("did you mean" in told.stderr) is bool(meant)
    assert (f"· {says}" in quickly(home, "status").stdout) is bool(meant)


def test_a_notebook_that_names_no_family_is_none(home: Home) -> None:
    cell = nbformat.v4.new_code_cell("notebook = 'qwen'", metadata={"tags": ["parameters"]})
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), home.notebooks / "prompt_lab.ipynb")
    assert load_all(home) == ({}, [])


def test_an_unknown_family_is_told_what_there_is(home: Home) -> None:
    new_family(home, "good")
    with pytest.raises(UnknownFamily, match=r"no family «gwen».*there are: good.*digest new gwen"):
        choose(home, ["gwen"])
    with pytest.raises(BadNotebook):
        load(home.notebooks / "missing.ipynb")

"""The parameters cell, before and after."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest_lib.cells import parameters_of
from digest_lib.errors import BadNotebook
from digest_lib.publishing.fold import fold, replace_values, set_parameters, written
from publishing.published_days import PARAMETERS, code


@pytest.mark.parametrize(
    ("before", "values", "after"),
    [
        ("a = 1  # why\nb = 2", {"b": 3}, "a = 1  # why\nb = 3"),
        ("名 = '甲'; b = '乙'", {"b": "丙"}, "名 = '甲'; b = '丙'"),
        ("date: str | None = None", {"date": "2026-07-29"}, "date: str | None = '2026-07-29'"),
        ('p = """一\n二\n"""  # x', {"p": "甲\n乙"}, 'p = """甲\n乙"""  # x'),
        ("a = ['x',  # first\n     'y']", {"a": ["x", "y"]}, "a = ['x',  # first\n     'y']"),
        ("a = 1", {"a": True}, "a = True"),
        ("a = 1\n", {"b": [1]}, "a = 1\nb = [1]"),
        ("a = 0\na = 1", {"a": 2}, "a = 0\na = 2"),
        ("a = (\n  1\n)\nb = 2", {"a": 5, "b": 6}, "a = (\n  5\n)\nb = 6"),
    ],
)
def test_values_are_replaced_in_place(before: str, values: dict[str, Any], after: str) -> None:
    assert replace_values(before, values) == after


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(_VALUES)
def test_what_is_written_reads_back(value: Any) -> None:
    assert ast.literal_eval(written(value)) == value


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), st.text()))
def test_a_folded_cell_holds_the_values(values: dict[str, str]) -> None:
    source = replace_values('a = "1"  # 註\nb = """x\ny"""\n', values)
    told = parameters_of({"cells": [code(source, (), "parameters")]})
    assert {**{"a": "1", "b": "x\ny"}, **values} == told


def test_fold_drops_the_injected_cell_and_leaves_its_argument_alone() -> None:
    notebook = {
        "cells": [
            code(PARAMETERS, (), "parameters"),
            code('# Parameters\ndate = "2026-07-29"\n', (), "injected-parameters"),
            code("1 + 1"),
        ]
    }
    folded = fold(notebook)
    assert [c["source"] for c in folded["cells"]][1:] == ["1 + 1"]
    assert 'date = "2026' not in notebook["cells"][0]["source"]
    assert folded["cells"][0]["source"] == PARAMETERS.replace("None", "'2026-07-29'")


def test_parameters_are_read_without_running_them() -> None:
    told = parameters_of({"cells": [code(PARAMETERS, (), "parameters")]})
    assert told["aliases"] == ["Qwen", "通義千問"] and told["date"] is None
    assert told["story_prompt"] == "寫一則新聞。\n\n{articles}\n"


def test_set_parameters_writes_into_the_notebook() -> None:
    notebook = {"cells": [code(PARAMETERS, (), "parameters")]}
    set_parameters(notebook, {"family": "deepseek"})
    assert parameters_of(notebook)["family"] == "deepseek"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([], "no code cell is tagged `parameters`"),
        ([code("a = 1")], "no code cell is tagged `parameters`"),
        ([code("a = open('x')", (), "parameters")], "parameter `a` is not a plain value"),
        ([code("a = ", (), "parameters")], "line 1 of its parameters is not Python"),
        ([{"cell_type": "code", "metadata": None}], "no code cell is tagged"),
    ],
)
def test_a_bad_notebook_is_named(cells: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(BadNotebook, match=f"qwen.ipynb: .*{said}"):
        parameters_of({"cells": cells}, "qwen.ipynb")

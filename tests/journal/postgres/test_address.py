"""Where the address of PostgreSQL may stand, and what is said where it may not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import BadSettings
from core.journal.postgres.address import URL, Address, address_of
from core.journal.store_choice import store_of
from tests.conftest import ROOT

SETTINGS = 'name = "兰亭"\n[journal]\nstore = "postgres"\nshop = "lanting"\n'


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(URL, raising=False)
    (tmp_path / "shop.toml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def secret(shop: Path, text: str) -> Path:
    file = shop / "secrets.toml"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    return file


def test_the_environment_comes_first_then_the_secrets(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret(shop, '[channel]\nkind = "dingtalk"\n[journal]\nurl = "postgresql://a@db/shops"\n')
    assert address_of(shop) == Address("postgresql://a@db/shops", "lanting")
    monkeypatch.setenv(URL, "postgresql://b@db/shops")
    assert address_of(shop) == Address("postgresql://b@db/shops", "lanting")


def test_without_an_address_it_says_where_to_write_it(shop: Path) -> None:
    with pytest.raises(BadSettings, match=f"Set {URL}, or write url = .* in secrets.toml"):
        store_of(shop)


def test_secrets_that_others_can_read_are_not_used(shop: Path) -> None:
    secret(shop, '[journal]\nurl = "postgresql://a:pocket@db/shops"\n').chmod(0o640)
    with pytest.raises(BadSettings, match="Others can read secrets") as error:
        store_of(shop)
    assert "pocket" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[journal]\nurl = "postgres//a:pocket@db"\n', "The address of PostgreSQL is not valid"),
        ("[journal]\nurl = 5432\n", "“url” in secrets.toml must be text in quotes"),
        ('journal = "postgresql://a:pocket@db"\n', "“url” in secrets.toml must be text in quotes"),
        ('[journal\nurl = "a:pocket@db"\n', "secrets.toml is not valid TOML"),
    ],
)
def test_an_address_that_is_none_is_one_sentence_without_the_secret(
    shop: Path, text: str, sentence: str
) -> None:
    secret(shop, text)
    with pytest.raises(BadSettings, match=sentence) as error:
        store_of(shop)
    assert "pocket" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "fits"), [("", False), ("l", True), ("l" * 100, True), ("l" * 101, False), ("a\\tb", False)]
)
def test_a_shop_needs_a_name_among_the_shops(
    shop: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, fits: bool
) -> None:
    monkeypatch.setenv(URL, "postgresql://a@db/shops")
    (shop / "shop.toml").write_text(SETTINGS.replace("lanting", name), encoding="utf-8")
    if fits:
        assert address_of(shop).shop == name
        return
    with pytest.raises(BadSettings, match=r"shop.toml: journal.shop must be a name of 1 to 100 characters"):
        store_of(shop)


def test_the_address_has_no_place_in_shop_toml(shop: Path) -> None:
    (shop / "shop.toml").write_text(f'{SETTINGS}url = "postgresql://a@db"\n', encoding="utf-8")
    with pytest.raises(BadSettings, match="there is no “url”"):
        store_of(shop)


def without(name: str, shop: Path, more: str = "") -> subprocess.CompletedProcess[str]:
    """Open the shop's journal in a Python that has no such package."""
    code = (
        f"import sys; sys.modules[{name!r}] = None\n"
        "from pathlib import Path; from datetime import date\n"
        "from core.journal.book import Book\n"
        f"print(Book(Path({str(shop)!r})).day(date(2026, 11, 16))){more}"
    )
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_shop_with_files_needs_no_psycopg(shop: Path) -> None:
    (shop / "shop.toml").write_text('name = "兰亭"\n[journal]\nstore = "files"\n', encoding="utf-8")
    done = without("psycopg", shop)
    assert (done.stdout, done.stderr) == ("()\n", "")


def test_a_missing_package_is_said_with_the_line_that_installs_it(shop: Path) -> None:
    secret(shop, '[journal]\nurl = "postgresql://a@db/shops"\n')
    done = without("psycopg", shop)
    assert done.stderr.splitlines()[-1].endswith("install the package: pip install 'shopday[postgres]'.")

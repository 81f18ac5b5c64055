"""A new channel is one file: found by being there, or brought by a package; a broken one harms nobody."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.channels import platforms
from core.channels.channel import Channel, Setting
from core.channels.registry import channels
from core.channels.secrets_file import FILE, place_of, template
from core.errors import BadSettings, CannotPost, UsageError
from core.language.wording import text
from core.storage.decoding import toml_in
from tests.channels.sent import outbox
from tests.channels.test_posting import post, states

ONE_FILE = Path(__file__).with_name("shared_folder.py")
IN_TREE = ["dingtalk", "email", "feishu", "wecom"]
BREAKS = "raise RuntimeError('no\\nlicence')\n"


@pytest.fixture(autouse=True)
def looked_for_anew() -> Iterator[None]:
    """Let each test find its own channels, and the next one those that there were."""
    channels.cache_clear()
    yield
    channels.cache_clear()


Brings = Callable[..., None]


@pytest.fixture
def brings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Brings]:
    """Install a package that brings a module as a channel, as pip leaves it."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)
    made = []

    def install_(name: str, source: str, value: str = "CHANNEL") -> None:
        about = site / f"shopday_{name}-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: shopday-{name}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[shopday.channels]\n{name} = brought_{name}:{value}\n")
        (site / f"brought_{name}.py").write_text(source, encoding="utf-8")
        made.append(f"brought_{name}")

    yield install_
    for name in made:
        sys.modules.pop(name, None)


def a_shop(folder: Path, kind: str, rest: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_text(f'[channel]\nkind = "{kind}"\n{rest}\n', encoding="utf-8")
    (folder / FILE).chmod(0o600)
    return folder


# ---- those of the tree


def test_every_file_of_the_folder_is_a_channel() -> None:
    files = sorted(file.stem for file in Path(platforms.__path__[0]).glob("[!_]*.py"))
    assert files == IN_TREE
    assert list(channels().known) == IN_TREE
    assert channels().problems == ()


@pytest.mark.parametrize("kind", IN_TREE)
def test_a_template_is_valid_as_it_is_and_with_what_may_be_left_out(kind: str, tmp_path: Path) -> None:
    written = template(channels().known[kind])
    whole = "\n".join(line.removeprefix("# ") for line in written.splitlines())
    for lines in (written, whole):
        table = toml_in(lines, FILE)["channel"]
        assert table["kind"] == kind
        shop = a_shop(tmp_path / "shop", kind, lines.partition("\n")[2].partition("\n")[2].replace("…", "x"))
        assert place_of(shop).channel.id == kind


def test_what_may_be_left_out_is_commented_out_in_a_template() -> None:
    assert template(channels().known["dingtalk"]).splitlines() == [
        "[channel]",
        'kind = "dingtalk"',
        'url = "https://oapi.dingtalk.com/robot/send?access_token=…"  # the robot\'s address',
        '# secret = "SEC…"  # only if signing is switched on for the robot',
    ]
    assert "secret" not in template(channels().known["wecom"])


def test_one_file_in_the_folder_is_a_channel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package gets a second folder with the file in it, so that the tree stays as it is."""
    (tmp_path / "shared_folder.py").write_bytes(ONE_FILE.read_bytes())
    monkeypatch.setattr(platforms, "__path__", [*platforms.__path__, str(tmp_path)])
    assert sorted(channels().known) == sorted([*IN_TREE, "shared-folder"])
    assert channels().problems == ()
    monkeypatch.delitem(sys.modules, f"{platforms.__name__}.shared_folder")


# ---- those of others


def test_a_channel_of_another_package_posts_and_keeps_the_outbox(brings: Brings, tmp_path: Path) -> None:
    brings("folder", ONE_FILE.read_text(encoding="utf-8"))
    team = tmp_path / "team"
    shop = a_shop(tmp_path / "shop", "shared-folder", f'path = "{team}"')
    place = place_of(shop)
    with pytest.raises(
        CannotPost, match=r"Shared folder did not accept the message: the folder is not there"
    ):
        post(shop, place)
    assert (states(shop), len(outbox(shop)[0].tries)) == (["refused"], 3)
    team.mkdir()
    assert post(shop, place)[0].state == "gone"
    with pytest.raises(UsageError, match="already sent"):
        post(shop, place)
    with pytest.raises(CannotPost, match="the file is there already"):
        post(shop, place, again=True)
    assert states(shop) == ["refused", "gone", "refused"]
    (file,) = team.iterdir()
    assert file.read_text(encoding="utf-8").startswith("兰亭女装日报 11月16日\n昨日成交 ¥37,460\n")


NOT_USED = {
    "it raises": (BREAKS, "RuntimeError: no licence"),
    "it ends the program": ("import sys\nsys.exit('bye')\n", "SystemExit: bye"),
    "it is not Python": ("CHANNEL = (\n", "SyntaxError"),
    "it has no such name": ("OTHER = 1\n", "AttributeError"),
    "it is something else": ("CHANNEL = 7\n", "the object it names is not a channel"),
    "it is a class": (
        f"{ONE_FILE.read_text(encoding='utf-8')}CHANNEL = SharedFolder().place\n",
        "the object it names is not a channel",
    ),
    "its id is a sentence": (
        ONE_FILE.read_text(encoding="utf-8").replace('"shared-folder"', '"Shared folder!"'),
        "the object it names is not a channel",
    ),
    "its name is none": (
        ONE_FILE.read_text(encoding="utf-8").replace('"Shared folder"', "7  # type: ignore"),
        "the object it names is not a channel",
    ),
    "its settings are words": (
        ONE_FILE.read_text(encoding="utf-8").replace(
            '(Setting("path", \'"/srv/reports"\', "where the team looks"),)', '("path",)'
        ),
        "the object it names is not a channel",
    ),
    "its id is taken": (
        ONE_FILE.read_text(encoding="utf-8").replace('"shared-folder"', '"dingtalk"'),
        "there is already a channel “dingtalk”",
    ),
}


@pytest.mark.parametrize("how", NOT_USED)
def test_one_that_cannot_be_used_is_one_sentence_and_the_others_work(
    how: str, brings: Brings, tmp_path: Path
) -> None:
    source, why = NOT_USED[how]
    brings("bad", source)
    brings("good", ONE_FILE.read_text(encoding="utf-8"))
    assert sorted(channels().known) == sorted([*IN_TREE, "shared-folder"])
    (problem,) = map(text, channels().problems)
    assert problem.startswith("The channel from shopday-bad (bad) is disabled: ")
    assert why in problem
    assert problem.endswith(". The others work.")
    assert "\n" not in problem
    assert isinstance(channels().known["dingtalk"].settings[0], Setting)
    with pytest.raises(BadSettings) as refused:
        place_of(a_shop(tmp_path / "shop", "nothing", ""))
    assert "DingTalk, E-mail, Feishu, WeCom, Shared folder" in str(refused.value)
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    ("broken", "says", "end"),
    [
        ('path = str(given["path"])', "does not work (ZeroDivisionError: division by zero)", []),
        ('return f"{message.title}.txt"', "does not work (ZeroDivisionError: division by zero)", []),
        ("name, words = body", "gave no clear answer (ZeroDivisionError: division by zero)", ["unknown"]),
    ],
)
def test_one_that_breaks_while_posting_is_one_sentence_and_its_end_is_known(
    broken: str, says: str, end: list[str], brings: Brings, tmp_path: Path
) -> None:
    brings("bad", ONE_FILE.read_text(encoding="utf-8").replace(broken, f"1 / 0\n        {broken}"))
    shop = a_shop(tmp_path / "shop", "shared-folder", f'path = "{tmp_path}"')

    def try_() -> None:
        post(shop, place_of(shop))

    with pytest.raises(CannotPost) as refused:
        try_()
    assert f"Shared folder {says}" in str(refused.value)
    assert states(shop) == end


def test_the_protocol_is_what_the_registry_looks_for() -> None:
    assert all(isinstance(one, Channel) for one in channels().known.values())
    assert not isinstance(object(), Channel)

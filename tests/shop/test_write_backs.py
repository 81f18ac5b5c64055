"""A save from an editor while the program changes the same file: both stand, or the program refuses."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from core.errors import BadSettings, CannotWrite
from core.shop import rewriting
from core.shop.editing import set_calendar_day, set_target
from core.shop.loading import load_shop
from core.shop.settings import CalendarDay
from routines.days.day_plan import routine_of
from routines.days.routine_edit import Frequency, frequency, set_frequency
from tests.routines.days import shop_folder

DECEMBER = date(2026, 12, 1)
SHOP = 'name = "Lanting"   # 店名\nlanguage = "en"\n\n[targets]\n"2026-11" = 100   # low\n'
ROUTINE = '# ours\ndrop = ["network"]\n\n[steps.live]\nminutes = 20  # longer here\n'
WEEKLY = Frequency(repeat="weekly:MO")


def save(file: Path, text: str) -> None:
    """Save as vim does, from a process of its own: a new file beside, renamed over the old one."""
    command = 'cat > "$1.new" && mv -f "$1.new" "$1"'
    subprocess.run(["sh", "-c", command, "vim", str(file)], input=text.encode(), check=True)


def before_each_rename(monkeypatch: pytest.MonkeyPatch, saves: Callable[[int], None], most: int = 1) -> None:
    """Call ``saves`` with 0, 1 ... when the new file is on disk and not yet in the old one's place."""
    sync, told = os.fsync, [0]

    def fsync(handle: int) -> None:
        sync(handle)
        if told[0] < most and ".toml." in str(Path(f"/proc/self/fd/{handle}").readlink()):
            told[0] += 1
            saves(told[0] - 1)

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return shop_folder(tmp_path / "lanting", SHOP, ROUTINE)


def leftovers(shop: Path) -> list[str]:
    return [file.name for file in shop.iterdir() if file.name.endswith((".tmp", ".new"))]


def test_a_target_and_a_save_between_read_and_rename_both_stand(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = shop / "shop.toml"
    before_each_rename(monkeypatch, lambda _: save(file, SHOP.replace("100   # low", "300   # 陆正")))
    assert set_target(shop, DECEMBER, 500_000) is True
    assert load_shop(shop).targets == {"2026-11": 300.0, "2026-12": 500_000.0}
    assert "# 陆正" in file.read_text(encoding="utf-8")
    assert leftovers(shop) == []


def test_a_calendar_day_and_a_save_both_stand(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before_each_rename(monkeypatch, lambda _: save(shop / "shop.toml", SHOP + "\n# 双12 再看\n"))
    special = CalendarDay(start=date(2026, 12, 10), multiplier=1.8, note="双12")
    assert set_calendar_day(shop, special) is True
    assert load_shop(shop).calendar == (special,)
    assert "# 双12 再看" in (shop / "shop.toml").read_text(encoding="utf-8")


def test_what_somebody_saved_meanwhile_is_not_written_twice(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = SHOP + '"2026-12" = 500_000   # mine\n'
    before_each_rename(monkeypatch, lambda _: save(shop / "shop.toml", text))
    assert set_target(shop, DECEMBER, 500_000) is False
    assert (shop / "shop.toml").read_text(encoding="utf-8") == text


def test_a_thinned_step_and_a_save_both_stand(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edited = ROUTINE.replace("[steps.live]", '[steps.stock]\nrepeat = "weekly:FR"\n\n[steps.live]')
    before_each_rename(monkeypatch, lambda _: save(shop / "routine.toml", edited))
    assert set_frequency(shop, "stock", WEEKLY) == Frequency(repeat="weekly:FR")
    assert frequency(routine_of(shop), "stock") == WEEKLY
    assert "# longer here" in (shop / "routine.toml").read_text(encoding="utf-8")


def test_a_first_routine_saved_meanwhile_is_not_lost(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shop / "routine.toml").unlink()
    before_each_rename(monkeypatch, lambda _: save(shop / "routine.toml", ROUTINE))
    set_frequency(shop, "stock", WEEKLY)
    assert frequency(routine_of(shop), "stock") == WEEKLY
    assert "# longer here" in (shop / "routine.toml").read_text(encoding="utf-8")


def test_a_save_that_is_no_settings_file_stays_for_its_writer(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_each_rename(monkeypatch, lambda _: save(shop / "shop.toml", SHOP + "margin = = 3\n"))
    with pytest.raises(BadSettings, match=r"shop\.toml"):
        set_target(shop, DECEMBER, 500_000)
    assert (shop / "shop.toml").read_text(encoding="utf-8") == SHOP + "margin = = 3\n"


def test_a_file_that_is_saved_again_and_again_is_left_to_its_writer(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_each_rename(monkeypatch, lambda n: save(shop / "shop.toml", f"{SHOP}# save {n}\n"), most=1000)
    with pytest.raises(CannotWrite, match="Nothing was changed"):
        set_target(shop, DECEMBER, 500_000)
    text = (shop / "shop.toml").read_text(encoding="utf-8")
    assert text.startswith(SHOP + "# save ")
    assert 2 < int(text.split()[-1]) < 20
    assert leftovers(shop) == []


EDITOR = """
import os, random, sys, time
from pathlib import Path
file, done = Path(sys.argv[1]), Path(sys.argv[2])
saves = 0
while not done.exists():
    for _ in range(50):  # a save of the last microseconds is put back within a moment
        text = file.read_text(encoding="utf-8")
        if f"# save {saves}\\n" in text:
            break
        time.sleep(0.01)
    else:
        sys.exit(f"save {saves} is lost: {text}")
    beside = file.with_name("shop.toml.new")
    beside.write_text(text.replace(f"# save {saves}\\n", f"# save {saves + 1}\\n"), encoding="utf-8")
    os.rename(beside, file)
    saves += 1
    time.sleep(random.uniform(0, 0.04))
print(saves)
"""


def test_saves_from_another_process_are_never_lost(shop: Path) -> None:
    """An editor saves many times a second; each time it finds what it saved before."""
    file, done = shop / "shop.toml", shop / "done"
    file.write_text(f"# save 0\n{SHOP}", encoding="utf-8")
    editor = subprocess.Popen(
        [sys.executable, "-c", EDITOR, str(file), str(done)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    written = 0
    for n in range(30):
        with suppress(CannotWrite):
            written += set_target(shop, DECEMBER, 1000 + n)
    done.touch()
    said, wrong = editor.communicate()
    assert editor.returncode == 0, wrong.decode()
    assert written
    assert f"# save {int(said)}\n" in file.read_text(encoding="utf-8")


def test_settings_are_changed_without_a_place_for_temporary_files(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    def no_room(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", no_room)
    assert set_target(shop, DECEMBER, 500_000) is True
    assert set_frequency(shop, "stock", WEEKLY) == Frequency()


def test_a_save_in_the_last_microsecond_stands_too(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the comparison, right before the files change places; and before they change back."""
    exchange, saves = rewriting._exchange, iter([f"{SHOP}# one\n", f"{SHOP}# two\n"])

    def late(one: Path, other: Path) -> bool:
        if (text := next(saves, None)) is not None:
            save(shop / "shop.toml", text)
        return exchange(one, other)

    monkeypatch.setattr(rewriting, "_exchange", late)
    assert set_target(shop, DECEMBER, 500_000) is True
    assert load_shop(shop).targets["2026-12"] == 500_000
    assert (shop / "shop.toml").read_text(encoding="utf-8").count("# two\n") == 1
    assert leftovers(shop) == []


def test_where_files_cannot_change_places_they_are_compared_and_renamed(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "_exchange", lambda *_: False)
    before_each_rename(monkeypatch, lambda _: save(shop / "shop.toml", SHOP + "# 双12\n"))
    assert set_target(shop, DECEMBER, 500_000) is True
    assert "# 双12" in (shop / "shop.toml").read_text(encoding="utf-8")


def test_a_link_stays_a_link_and_its_file_is_changed(shop: Path) -> None:
    (shop / "shop.toml").rename(shop / "lanting.toml")
    (shop / "shop.toml").symlink_to("lanting.toml")
    assert set_target(shop, DECEMBER, 500_000) is True
    assert (shop / "shop.toml").is_symlink()
    assert "500000" in (shop / "lanting.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["shop.toml", "routine.toml"])
def test_a_fifo_or_a_link_to_itself_holds_nobody_up(shop: Path, name: str) -> None:
    def change() -> None:
        set_target(shop, DECEMBER, 500_000) if name == "shop.toml" else set_frequency(shop, "stock", WEEKLY)

    (shop / name).unlink()
    os.mkfifo(shop / name)
    with pytest.raises(BadSettings, match=name):
        change()
    (shop / name).unlink()
    (shop / name).symlink_to(name)
    with pytest.raises(BadSettings, match=name):
        change()


def test_a_file_that_cannot_be_read_is_one_sentence(shop: Path) -> None:
    (shop / "routine.toml").unlink()
    (shop / "routine.toml").mkdir()
    with pytest.raises(BadSettings, match=r"routine\.toml"):
        set_frequency(shop, "stock", WEEKLY)
    (shop / "shop.toml").unlink()
    (shop / "shop.toml").mkdir()
    with pytest.raises(BadSettings, match=r"shop\.toml"):
        set_target(shop, DECEMBER, 500_000)

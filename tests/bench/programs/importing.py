"""Imports all files of a folder into a new shop, or only reads and stores them; prints CPU and megabytes.

``import FOLDER`` does what the import screen does. ``read FOLDER`` reads each file once with calamine or
pandas, as text and without looking at it, and writes it as Parquet.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

NOW = datetime(2026, 11, 16, 8, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


def imported(files: list[Path], folder: Path) -> None:
    """Import the files into a shop in the folder."""
    from routines.io.importing import commit_files

    (folder / "shop.toml").write_text('name = "兰亭女装旗舰店"\n', encoding="utf-8")
    found = commit_files(folder, files, today=NOW.date(), who="bench", at=NOW)
    if wrong := [one["file"] for one in found if one["state"] == "refused"]:
        raise RuntimeError(wrong)


def read(files: list[Path], folder: Path) -> None:
    """Store each table of the files as it is."""
    import pandas as pd
    from python_calamine import CalamineWorkbook

    number = 0
    for file in files:
        raw = file.read_bytes()
        if file.suffix == ".zip":
            with zipfile.ZipFile(io.BytesIO(raw)) as packed:
                raw = packed.read(packed.infolist()[0])
        tables = []
        if raw[:2] == b"PK" or raw[:4] == b"\xd0\xcf\x11\xe0":
            book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
            tables = [pd.DataFrame(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]
        else:
            encoding = "utf-8-sig" if raw[:3] == b"\xef\xbb\xbf" else "gb18030"
            text = io.StringIO(raw.decode(encoding, "replace"))
            tables = [pd.read_csv(text, dtype=str, on_bad_lines="skip")]
        for table in tables:
            number += 1
            table.astype(str).rename(columns=str).to_parquet(folder / f"{number}.parquet", compression="zstd")


def main(work: str, folder: Path) -> None:
    """Do it and tell the CPU milliseconds and the megabytes at the highest."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    with TemporaryDirectory(prefix="shopday-bench-") as shop:
        {"import": imported, "read": read}[work](files, Path(shop))
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {"ms": (used.ru_utime + used.ru_stime) * 1000, "mb": used.ru_maxrss / 1024, "files": len(files)}
    print(json.dumps(told))  # noqa: T201 - read by the bench


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

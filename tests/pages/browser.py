"""Chromium looks at pages: how wide they are, how well text and shapes stand out, and whom they ask."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

from tests.conftest import CHROMIUM

PHONE, DESK = 360, 1200
_SCRIPT = """
const linear = (part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
const parts = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
const light = (colour) => {
  const [red, green, blue] = parts(colour).map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one, other) => {
  const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
const ground = (node, view) => {
  for (let at = node; at; at = at.parentElement) {
    const colour = view.getComputedStyle(at).backgroundColor;
    if (!/^rgba.*, 0\\)$/.test(colour)) return colour;
  }
  return "rgb(255, 255, 255)";
};
async function look(name) {
  const frame = document.getElementById("frame");
  await new Promise((done) => { frame.onload = done; frame.src = name; });
  const page = frame.contentDocument, view = frame.contentWindow;
  const found = {name, wide: page.documentElement.scrollWidth, out: [], texts: [21, ""], shapes: [21, ""]};
  const weaker = (kind, value, words) => { if (value < found[kind][0]) found[kind] = [value, words]; };
  for (const node of page.body.querySelectorAll("*")) {
    const box = node.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    const style = view.getComputedStyle(node), own = node.closest("svg") !== null;
    const texts = [...node.childNodes].filter((one) => one.nodeType === 3);
    const words = texts.map((one) => one.data.trim()).join("");
    if (words) weaker("texts", contrast(own ? style.fill : style.color, ground(node, view)), words);
    if (/^(met|missed|plain|plus|minus|total)$/.test(node.getAttribute("class") || "") && own)
      weaker("shapes", contrast(style.fill, ground(node, view)), node.getAttribute("class"));
    if (!node.closest(".wide") && box.right > view.innerWidth + 1)
      found.out.push(node.outerHTML.slice(0, 120));
  }
  return found;
}
(async () => {
  const told = [];
  for (const name of NAMES) told.push(await look(name));
  document.body.textContent = "FOUND" + JSON.stringify(told) + "END";
})();
"""


class Looked(NamedTuple):
    """What one page looks like at one width and in one theme."""

    name: str
    wide: int
    out: list[str]
    """What reaches over the right edge."""
    text: tuple[float, str]
    """The lowest contrast of a text with its ground, and the text."""
    shape: tuple[float, str]
    """The lowest contrast of a bar with its ground, and its class."""


def looked_at(site: Path, names: Sequence[str], *, wide: int, dark: bool, home: Path) -> list[Looked]:
    """Return how a browser shows the pages at this width; it runs a script around them, none in them."""
    wrapper = home / f"look-{wide}-{dark}.html"
    script = _SCRIPT.replace("NAMES", json.dumps([(site / name).as_uri() for name in names]))
    frame = f'<iframe id="frame" style="border:0;width:{wide}px;height:3000px"></iframe>'
    wrapper.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><body>{frame}<script>{script}</script>', encoding="utf-8"
    )
    theme = ["--blink-settings=preferredColorScheme=0"] if dark else []
    told = _chromium(
        home, "--allow-file-access-from-files", "--virtual-time-budget=60000", "--dump-dom",
        f"--window-size={max(wide, 800)},3000", *theme,
        wrapper.as_uri(),
    )  # fmt: skip
    found = re.search(r"FOUND(.*?)END</body>", told.stdout, re.DOTALL)
    assert found is not None, told.stderr[-2000:]
    return [_looked(one) for one in json.loads(unescape(found[1]))]


def asked_for(page: Path, home: Path) -> set[str]:
    """Return the addresses that a page asked for over the network."""
    log = home / "net.json"
    _chromium(home, f"--log-net-log={log}", "--dump-dom", page.as_uri())
    return set(re.findall(r'"(https?://[^"]+)"', log.read_text(encoding="utf-8", errors="replace")))


def _looked(one: dict[str, Any]) -> Looked:
    name = str(one["name"]).rpartition("/")[2]
    texts, shapes = one["texts"], one["shapes"]
    return Looked(name, one["wide"], one["out"], (texts[0], texts[1]), (shapes[0], shapes[1]))


def _chromium(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
        f"--user-data-dir={home / 'browser'}", *words,
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)

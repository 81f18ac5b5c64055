"""The least Textual program there is."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """Says hello."""

    def compose(self) -> ComposeResult:
        """One line."""
        yield Static("hello, shop")


if __name__ == "__main__":
    Hello().run()

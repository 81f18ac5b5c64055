"""Two empty screens, and a key that goes from one to the other."""

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static


class Other(Screen[None]):
    """The second screen."""

    BINDINGS = [("escape", "app.pop_screen", "back")]  # noqa: RUF012 - typed by Textual

    def compose(self) -> ComposeResult:
        """One line."""
        yield Static("the other screen")


class Switching(App[None]):
    """The first screen."""

    BINDINGS = [("enter", "go", "go")]  # noqa: RUF012 - typed by Textual
    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """One line."""
        yield Static("the first screen")

    def action_go(self) -> None:
        """Show the other one."""
        self.push_screen(Other())


if __name__ == "__main__":
    Switching().run()

"""The declarations of all keys, from which bindings, key bar, help and command palette are generated.

``press`` is Textual's name of the key (several are separated by commas), ``does`` the name of the screen's
``do_…`` method without its prefix, ``label`` the text in the key bar and ``help`` the sentence in the help.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding, BindingType

from core.language.wording import N_

_FACES = {
    "enter": "Enter", "escape": "Esc", "space": "Space", "tab": "Tab", "plus": "+", "question_mark": "?",
    "full_stop": ".", "colon": ":", "slash": "/", "left_square_bracket": "[", "right_square_bracket": "]",
    "ctrl+s": "^S", "ctrl+p": "^P", "ctrl+o": "^O", "ctrl+q": "^Q", "f1": "F1", "up": "Up", "down": "Down",
    "minus": "-", "less_than_sign": "<", "greater_than_sign": ">", "comma": ",", "left": "Left",
    "right": "Right", "pageup": "PgUp", "pagedown": "PgDn", "left_curly_bracket": "{",
    "right_curly_bracket": "}", "f2": "F2",
}  # fmt: skip


class Key(NamedTuple):
    """One key of a screen."""

    press: str
    does: str
    label: str
    help: str = ""
    bar: bool = True
    """Whether the key is shown in the key bar; if not, only in help and palette."""
    counted: bool = False
    """Whether these are the keys 1 to 9; the method then gets the number, and the palette leaves it out."""

    @property
    def face(self) -> str:
        """The name of the key as displayed on the screen."""
        if self.counted:
            return "1-9"
        first = self.press.split(",")[0]
        return _FACES.get(first, first)


def bindings(*groups: tuple[Key, ...]) -> list[BindingType]:
    """Return the keys as Textual bindings, which all call the screen's ``action_do`` or ``action_count``."""
    return [
        Binding(
            press,
            f"count('{key.does}', {press})" if key.counted else f"do('{key.does}')",
            key.does,
            show=False,
            key_display=key.face,
        )
        for group in groups
        for key in group
        for press in key.press.split(",")
    ]


DIGITS = "1,2,3,4,5,6,7,8,9"
EVERYWHERE = (
    Key("question_mark,f1", "help", N_("help"), N_("What this screen is for, and its keys.")),
    Key("ctrl+p,colon", "palette", N_("go to"), N_("Type the name of a step or of a key."), bar=False),
    Key("ctrl+q", "quit", N_("quit"), N_("Leave the program; what was typed is kept."), bar=False),
)
LEAVE = (Key("escape,q", "back", N_("back"), N_("Go back to where you came from; drafts are kept.")),)
TODAY = (
    Key("enter", "open", N_("open it"), N_("Open the step under the cursor.")),
    Key("d", "finish", N_("done"), N_("Mark the step under the cursor as done.")),
    Key("s", "skip", N_("skip"), N_("Leave this step out today, with a reason.")),
    Key("plus,equals_sign", "extend", N_("5 min"), N_("Give this step five more minutes.")),
    Key("p", "accept", N_("accept"), N_("Agree to leave out the proposed steps.")),
    Key("u", "restore", N_("take back"), N_("Open the step again; to start it: Enter, then b.")),
    Key(
        DIGITS,
        "nth",
        N_("step by number"),
        N_("Go to the step with this number, counted in the part of the day that the cursor is in."),
        bar=False,
        counted=True,
    ),
    Key("full_stop", "now", N_("current step"), N_("Put the cursor on the current step."), bar=False),
    Key("a", "actions", N_("actions"), N_("Open actions: done, hand over, drop.")),
    Key("i", "imports", N_("import"), N_("Import the files in inbox/.")),
    Key("r", "report", N_("report"), N_("Today's report, as written from the journal so far.")),
    Key("t", "tables", N_("tables"), N_("Save a table: figures, campaigns, actions, rivals."), bar=False),
    Key(
        "o",
        "first_run",
        N_("first steps"),
        N_("How to begin: what to fill in, which files to bring, what each of them opens."),
        bar=False,
    ),
    Key(
        "e",
        "settings",
        N_("settings"),
        N_("Change targets, team, the day's plan, rivals, best sellers, calendar and limits."),
        bar=False,
    ),
    Key(
        "c", "review", N_("past days"), N_("Past days: the calendar, each day's log, who handed in reports.")
    ),
    Key("h", "handover", N_("stand in"), N_("Stand in for somebody: see what they have open."), bar=False),
    Key("f", "find", N_("find"), N_("Find days by words and figures, and what happened next.")),
    Key(
        "k",
        "promises",
        N_("promises"),
        N_("Whether promises were kept, and who estimates how well."),
        bar=False,
    ),
    Key(
        "l",
        "thin",
        N_("fewer steps"),
        N_("Choose steps that led to nothing in 30 days, to do them less often."),
        bar=False,
    ),
    Key(
        "x",
        "spot_check",
        N_("spot check"),
        N_("A quiz about what the team recorded, to be answered from memory."),
        bar=False,
    ),
    Key("slash", "palette", N_("jump to"), N_("Type the name of a step or of a key."), bar=False),
    Key("q", "quit", N_("quit"), N_("Leave the program; what was typed is kept."), bar=False),
)
STEP = (
    Key(
        "n,right_square_bracket",
        "next",
        N_("next"),
        N_(
            "Go on to the next open step; this one stays open. When all questions are answered, d "
            "finishes it."
        ),
    ),
    Key("d", "finish", N_("done"), N_("Finish this step and open the next one.")),
    Key("o", "screen", N_("work table"), N_("Open the table, list or meeting that belongs to this step.")),
    Key(
        "enter",
        "quick",
        N_("nothing to do"),
        N_("Finish this step and go on; only if there is nothing to do here."),
    ),
    Key("m", "more", N_("show all"), N_("Nothing is unusual here: show the whole page anyway.")),
    Key(
        "a",
        "act",
        N_("action"),
        N_("Make actions of the advice, one or several at once, or write one of your own."),
    ),
    Key(
        DIGITS,
        "nth",
        N_("advice by number"),
        N_("Make an action of the advice with this number, and of others that you tick."),
        bar=False,
        counted=True,
    ),
    Key("r", "reply", N_("answer"), N_("Answer this step's questions.")),
    Key("w", "note", N_("note"), N_("Write a note to this step.")),
    Key("e", "edit", N_("correct"), N_("Change a note or a filled-in form, or delete a note."), bar=False),
    Key("f", "form", N_("form"), N_("Record what you saw: a form with fields.")),
    Key(
        "b",
        "begin",
        N_("begin"),
        N_("Start this step now, although another one is planned for this time."),
        bar=False,
    ),
    Key("s", "skip", N_("skip"), N_("Leave this step out today, with a reason.")),
    Key("plus,equals_sign", "extend", N_("5 min"), N_("Give this step five more minutes.")),
    Key(
        "z",
        "enlarge",
        N_("enlarge"),
        N_("Show the picture below the verdict on the whole screen, with up to sixty days; Esc comes back."),
    ),
    Key("g", "again", N_("recalculate"), N_("Calculate the analysis again."), bar=False),
    Key(
        "y",
        "copy",
        N_("copy"),
        N_("Copy a rival's link, or an item's name to search for copies."),
        bar=False,
    ),
    Key("i", "imports", N_("import"), N_("Import the files in inbox/."), bar=False),
    Key("t", "table", N_("tables"), N_("Open the next table; arrows move in it, Esc comes back.")),
    Key("p,left_square_bracket", "previous", N_("previous"), N_("Open the step before this one."), bar=False),
    Key("slash", "palette", N_("jump to"), N_("Type the name of a step or of a key."), bar=False),
)
ENLARGED = (Key("z", "back", N_("smaller"), N_("Back to the step."), bar=False),)
"""The keys of the screen that shows a step's picture enlarged."""
EVIDENCE_TABLE = (
    Key(
        "enter",
        "open_row",
        N_("by day"),
        N_("Show the days behind the row under the cursor; on a day, open its log."),
    ),
    Key(
        "s",
        "sort",
        N_("sort"),
        N_("Sort by the column under the cursor; press again to reverse the order."),
    ),
    Key("slash", "filter", N_("filter"), N_("Show only some rows: words, or sales>1000.")),
    Key("plus,equals_sign", "columns", N_("columns"), N_("Choose which columns are shown; it is kept.")),
    Key("y", "copy_cell", N_("copy cell"), N_("Copy the cell under the cursor.")),
    Key("Y", "copy_row", N_("copy row"), N_("Copy the row under the cursor, for a spreadsheet.")),
    Key("x", "export", N_("to file"), N_("Save the shown rows and columns as Excel, csv or Markdown.")),
)
"""The keys of a step's table while it has the focus."""
DAYS_OF_ROW = (
    Key("enter", "open_row", N_("the day's log"), N_("Open the log of the day under the cursor.")),
    *EVIDENCE_TABLE[1:],
)
"""The keys of the screen with the days behind a row."""
WRITE = (
    Key("ctrl+s", "save", N_("save"), N_("Save what is written.")),
    Key("escape", "close", N_("keep as draft"), N_("Close; the text is kept as a draft and offered again.")),
)
KEYWORD_BOARD = (
    Key("k", "keep", N_("keep"), N_("Keep the keyword as it is.")),
    Key("r", "raise", N_("raise"), N_("Raise the bid.")),
    Key("l", "lower", N_("lower"), N_("Lower the bid.")),
    Key("x", "delete", N_("delete"), N_("Delete the keyword.")),
    Key("o", "observe", N_("observe"), N_("Wait for more clicks before judging.")),
    Key("plus,equals_sign", "add", N_("add"), N_("Add the keyword to the ad plan.")),
    Key("space", "proposed", N_("as advised"), N_("Decide as the analysis advises.")),
    Key("u", "undo", N_("undo"), N_("Take the last decision back.")),
    Key(
        "t",
        "table",
        N_("other table"),
        N_("Show this step's other table: current keywords, keywords to add."),
    ),
    Key("n", "open_next", N_("next undecided"), N_("Go to the next keyword without a decision."), bar=False),
    Key("enter", "days", N_("by day"), N_("Show the keyword's figures by day."), bar=False),
    Key(
        "E",
        "save_changes",
        N_("to file"),
        N_("Save the decided changes with old and new prices as csv, for the ad tool or a person."),
    ),
    Key("d", "finish", N_("done"), N_("Finish this step.")),
)
MEETING = (
    Key("space", "tick", N_("tick"), N_("This point has been discussed (press again: not yet).")),
    Key("p", "take", N_("assign"), N_("Make an action from the proposal for this point.")),
    Key("a", "act", N_("action"), N_("Write down who does what by when.")),
    Key("f", "budget", N_("ad budget"), N_("Decide the day's ad budget; it is used in the evening.")),
    Key(
        "plus,equals_sign",
        "minute_more",
        N_("1 min"),
        N_("Give this point one more minute; the other points get less."),
    ),
    Key("m", "more", N_("all points"), N_("Show hidden points, or hide them again.")),
    Key("w", "note", N_("note"), N_("Write a note about the meeting.")),
    Key("d", "finish", N_("end meeting"), N_("End the meeting.")),
)
HANDS_ON_LIST = (
    Key("space", "tick", N_("tick"), N_("This point is done (press again: not yet).")),
    Key("x", "not_done", N_("not done"), N_("This point was not done today, with a reason.")),
    Key("d", "finish", N_("done"), N_("Finish this step and open the next one.")),
)
REPORT = (
    Key("ctrl+s", "save", N_("save"), N_("Save your corrections as a draft.")),
    Key("e", "edit", N_("correct"), N_("Correct the text.")),
    Key("d", "finish", N_("finish"), N_("Make the report final; it is saved in reports/.")),
    Key("c", "copy", N_("copy"), N_("Copy the report to your own computer's clipboard.")),
    Key("x", "export", N_("to file"), N_("Save the report as a web page (.html) and as text in reports/.")),
    Key(
        "p",
        "post",
        N_("post"),
        N_(
            "Send the report's first page to the team's chat group or mailboxes; you see it before "
            "it is sent."
        ),
    ),
    Key("t", "tables", N_("tables"), N_("Save a table: figures, campaigns, actions, rivals."), bar=False),
    Key(
        "b",
        "build",
        N_("write again"),
        N_("Write the report again from today's journal; your corrections are lost."),
    ),
)
TABLES = (
    Key("enter", "xlsx", N_("as .xlsx"), N_("Save the table under the cursor as an Excel file.")),
    Key("c", "csv", N_("as .csv"), N_("Save the table as csv.")),
    Key("m", "markdown", N_("as .md"), N_("Save the table as markdown, for a chat or a wiki.")),
    Key("b", "by", N_("day/week/month"), N_("Rows by day, by week or by month.")),
    Key("r", "range", N_("other days"), N_("Last week, this month, last month, 90 days, this year.")),
    Key("e", "dates", N_("any days"), N_("Enter the first and the last day.")),
)
IMPORTS = (
    Key("enter", "commit", N_("import all"), N_("Import all files that were recognised.")),
    Key("g", "again", N_("look again"), N_("Scan inbox/ again.")),
    Key(
        "r",
        "replace",
        N_("replace the day"),
        N_(
            "Import only the file under the cursor and replace whole days with it: rows that are not "
            "in it no longer count."
        ),
    ),
    Key("u", "undo", N_("undo"), N_("Undo the import under the cursor.")),
    Key(
        "t",
        "teach",
        N_("teach"),
        N_("Say once what the file under the cursor is; similar files are then recognised."),
    ),
    Key("tab", "other", N_("other list"), N_("Switch between the inbox and the files that the day needs.")),
)
TEACH = (
    Key("enter", "column", N_("change column"), N_("Say what the column under the cursor is.")),
    Key("tab", "kind", N_("change kind"), N_("Say what kind of file this is.")),
    Key("u", "unit", N_("unit"), N_("Yuan, fen, 万; percent or fraction.")),
    Key(
        "p", "rows", N_("show rows"), N_("Show the first rows as they would be read; press again to go back.")
    ),
    Key("s,ctrl+s", "keep", N_("save and import"), N_("Save the layout and import the file with it.")),
)
ACTIONS = (
    Key("d", "done", N_("done"), N_("Mark the action as done.")),
    Key("t", "today", N_("do today"), N_("Do this overdue action today.")),
    Key("e", "due", N_("new due day"), N_("Give the action another due day: 11-20, tomorrow, Friday, +3.")),
    Key("a", "arrived", N_("arrived"), N_("The ordered goods have arrived.")),
    Key("h", "hand", N_("hand over"), N_("Hand the action over to somebody else.")),
    Key("x", "drop", N_("drop"), N_("Drop the action, with a reason.")),
    Key("u", "reopen", N_("reopen"), N_("Open the action again."), bar=False),
    Key(
        "w",
        "whom",
        N_("one person"),
        N_("Show everything for one person of the team, or for everybody."),
        bar=False,
    ),
    Key("v", "view", N_("all or open"), N_("Show all actions, or only the open ones.")),
    Key("n", "new", N_("new action"), N_("Write a new action.")),
)
FIND = (
    Key("enter", "open", N_("open the day"), N_("Open the log of the day under the cursor.")),
    Key(
        "slash,f",
        "again",
        N_("search again"),
        N_("Go back to the search line and search for something else."),
    ),
)
PROMISES = (
    Key("g", "fetch", N_("look again"), N_("Compare the promises with the figures again."), bar=False),
)
THIN_OUT = (
    Key("m", "weekly", N_("Mondays only"), N_("Do this step only on Mondays from now on.")),
    Key("x", "leave_out", N_("remove"), N_("Do not plan this step any more.")),
    Key("k", "keep", N_("keep"), N_("Keep this step as it is.")),
    Key("u", "undo", N_("undo"), N_("Undo the choice.")),
)
SPOT_CHECK = (
    Key("enter", "answer", N_("answer"), N_("Answer the question under the cursor, from memory.")),
    Key("space", "overrule", N_("right or wrong"), N_("Correct the result by hand: right or wrong.")),
    Key("n", "draw", N_("new questions"), N_("Draw new questions at random.")),
    Key("ctrl+s", "result", N_("keep"), N_("Save the result in the day's log.")),
)
FORM = (
    Key("ctrl+s", "save", N_("save"), N_("Save the form.")),
    Key("f2", "sample", N_("sample figures"), N_("Fill in the invented figures of the sample shop.")),
    Key(
        "escape",
        "back",
        N_("keep as draft"),
        N_("Close; what you filled in is kept as a draft and offered again."),
    ),
)
ROWS = (
    Key("up", "up", N_("row up"), bar=False),
    Key("down", "down", N_("row down"), bar=False),
    Key("pageup", "page_up", N_("page up"), bar=False),
    Key("pagedown", "page_down", N_("page down"), bar=False),
    Key("home", "first", N_("first row"), bar=False),
    Key("end", "last", N_("last row"), bar=False),
    Key("left", "left", N_("to the left"), bar=False),
    Key("right", "right", N_("to the right"), bar=False),
)

"""The tables in PostgreSQL and the statements on them.

Entries are only ever inserted. A day's row counts its entries and names the last one, so that stamps are read
without counting; it is written in the transaction that inserts the entries. Entries are kept as the same JSON
as in day files. Drafts, the people present and the log of sent messages are rows that change.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Final

CHANNEL: Final = "shopday_journal"
"""The channel on which each append is notified, with shop and day as JSON."""
PEOPLE_CHANNEL: Final = "shopday_people"
"""The channel on which it is notified who came, went or moved to another step, with the shop as JSON."""
ANY_DAY: Final = "days"
"""The part of a shop that changes with each of its days."""
PEOPLE: Final = "people"
"""The part of a shop that changes when somebody comes, goes or moves to another step."""

CREATE: Final = """
SELECT pg_advisory_xact_lock(1936224112);
CREATE SCHEMA IF NOT EXISTS shopday;
CREATE TABLE IF NOT EXISTS shopday.journal_entry (
    shop text, day date, place integer, id text NOT NULL, entry text NOT NULL,
    PRIMARY KEY (shop, day, place), UNIQUE (shop, day, id)
);
CREATE TABLE IF NOT EXISTS shopday.journal_day (
    shop text, day date, entries integer NOT NULL, top integer NOT NULL, last text NOT NULL,
    format integer NOT NULL, PRIMARY KEY (shop, day)
);
CREATE TABLE IF NOT EXISTS shopday.journal_mark (shop text PRIMARY KEY, mark text NOT NULL);
CREATE TABLE IF NOT EXISTS shopday.draft (
    shop text, person text, key text, draft text NOT NULL, saved timestamptz NOT NULL,
    PRIMARY KEY (shop, person, key)
);
CREATE TABLE IF NOT EXISTS shopday.presence (
    shop text, session text, who text NOT NULL, step text NOT NULL, host text NOT NULL, pid integer NOT NULL,
    seen timestamptz NOT NULL, PRIMARY KEY (shop, session)
);
CREATE TABLE IF NOT EXISTS shopday.sent (
    shop text, place integer, id text NOT NULL, round integer NOT NULL, sender text NOT NULL,
    entry text NOT NULL, PRIMARY KEY (shop, place), UNIQUE (shop, id, round)
);
"""
LOCK: Final = """
SELECT set_config('lock_timeout', %s, true),
    pg_advisory_xact_lock_shared(%s, 0), pg_advisory_xact_lock(%s, %s)
"""
"""Let nobody else write the day, and nobody mark the journal."""
LOCK_ALL: Final = "SELECT set_config('lock_timeout', %s, true), pg_advisory_xact_lock(%s, 0)"
"""Let nobody else write any day."""
LOCKED: Final = """
SELECT pid, objid FROM pg_locks WHERE locktype = 'advisory' AND granted AND mode = 'ExclusiveLock'
AND classid = %s::integer::oid AND objsubid = 2 AND database = (
    SELECT oid FROM pg_database WHERE datname = current_database()
)
"""
BEFORE: Final = """
SELECT coalesce(entries, 0), coalesce(top, 0), coalesce(last, ''), coalesce(format, 0),
    (SELECT mark FROM shopday.journal_mark WHERE shop = given.shop),
    array(
        SELECT id FROM shopday.journal_entry e WHERE e.shop = given.shop AND e.day = given.day
        ORDER BY place DESC LIMIT 10
    )
FROM (SELECT %s::text AS shop, %s::date AS day) given LEFT JOIN shopday.journal_day USING (shop, day)
"""
EARLIER: Final = """
SELECT id FROM shopday.journal_entry WHERE shop = %s AND day = %s ORDER BY place DESC OFFSET 10
"""
APPEND: Final = """
WITH written AS (
    INSERT INTO shopday.journal_entry (shop, day, place, id, entry)
    SELECT %(shop)s, %(day)s, %(top)s + number::integer, id, entry
    FROM unnest(%(ids)s::text[], %(entries)s::text[]) WITH ORDINALITY AS given (id, entry, number)
    ORDER BY number
    ON CONFLICT (shop, day, id) DO NOTHING
    RETURNING place, id
)
INSERT INTO shopday.journal_day AS known (shop, day, entries, top, last, format)
SELECT %(shop)s, %(day)s, count(*), max(place), (array_agg(id ORDER BY place DESC))[1], %(format)s
FROM written HAVING count(*) > 0
ON CONFLICT (shop, day) DO UPDATE SET entries = known.entries + excluded.entries, top = excluded.top,
    last = excluded.last, format = greatest(known.format, excluded.format)
RETURNING entries, last
"""
NOTIFY: Final = "SELECT pg_notify(%s, %s)"
THERE: Final = """
SELECT count(*) FROM shopday.journal_entry WHERE shop = %s AND day = %s AND id = ANY(%s)
"""
READ: Final = """
SELECT entries, last, format, array(
    SELECT entry FROM shopday.journal_entry e WHERE e.shop = d.shop AND e.day = d.day ORDER BY place
)
FROM shopday.journal_day d WHERE shop = %s AND day = %s
"""
STAMPS: Final = """
SELECT day, entries, last FROM shopday.journal_day WHERE shop = %s AND day BETWEEN %s AND %s ORDER BY day
"""
YEARS: Final = """
SELECT extract(year FROM day)::integer, sum(entries)::integer, count(*)::integer, max(last)
FROM shopday.journal_day WHERE shop = %s GROUP BY 1 ORDER BY 1
"""
MARK: Final = "SELECT mark FROM shopday.journal_mark WHERE shop = %s"
SET_MARK: Final = """
INSERT INTO shopday.journal_mark VALUES (%s, %s) ON CONFLICT (shop) DO UPDATE SET mark = excluded.mark
"""
NO_MARK: Final = "DELETE FROM shopday.journal_mark WHERE shop = %s"
WRONG_DAYS: Final = """
SELECT day, format > %s FROM shopday.journal_day d WHERE shop = %s AND (format > %s OR entries <> (
    SELECT count(*) FROM shopday.journal_entry e WHERE e.shop = d.shop AND e.day = d.day
)) ORDER BY day
"""
DRAFT: Final = "SELECT draft, saved::text FROM shopday.draft WHERE shop = %s AND person = %s AND key = %s"
DRAFTS: Final = "SELECT draft, saved::text FROM shopday.draft WHERE shop = %s AND person = %s ORDER BY key"
ALL_DRAFTS: Final = "SELECT person, draft FROM shopday.draft WHERE shop = %s ORDER BY person, key"
SAVE_DRAFT: Final = """
INSERT INTO shopday.draft VALUES (%s, %s, %s, %s, clock_timestamp())
ON CONFLICT (shop, person, key) DO UPDATE SET draft = excluded.draft, saved = excluded.saved
RETURNING saved::text
"""
DROP_DRAFT: Final = "DELETE FROM shopday.draft WHERE shop = %s AND person = %s AND key = %s"
DROP_DRAFTS: Final = "DELETE FROM shopday.draft WHERE shop = %s"
SHOW: Final = """
INSERT INTO shopday.presence VALUES (%s, %s, %s, %s, %s, %s, clock_timestamp())
ON CONFLICT (shop, session) DO UPDATE SET who = excluded.who, step = excluded.step, seen = excluded.seen
"""
LEAVE: Final = "DELETE FROM shopday.presence WHERE shop = %s AND session = %s"
SWEEP: Final = """
DELETE FROM shopday.presence WHERE shop = %s AND seen < clock_timestamp() - make_interval(secs => %s)
"""
PRESENT: Final = """
SELECT session, who, step, host, pid FROM shopday.presence
WHERE shop = %s AND session <> %s AND seen >= clock_timestamp() - make_interval(secs => %s)
ORDER BY session LIMIT 64
"""
LOCK_SENT: Final = "SELECT set_config('lock_timeout', %s, false), pg_advisory_lock(%s, -1)"
"""Let nobody else send; unlike the other locks it is held until :data:`UNLOCK_SENT`."""
UNLOCK_SENT: Final = "SELECT pg_advisory_unlock(%s, -1), set_config('lock_timeout', '0', false)"
SENT: Final = "SELECT entry FROM shopday.sent WHERE shop = %s ORDER BY place"
ADD_SENT: Final = "INSERT INTO shopday.sent VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
SENDER: Final = "SELECT sender FROM shopday.sent WHERE shop = %s AND place = %s"
UPDATE_SENT: Final = "UPDATE shopday.sent SET entry = %s WHERE shop = %s AND place = %s"
DROP_SENT: Final = "DELETE FROM shopday.sent WHERE shop = %s"
RIGHTS: Final = """
SELECT CASE
    WHEN to_regnamespace('shopday') IS NULL THEN has_database_privilege(current_database(), 'CREATE')
    WHEN NOT has_schema_privilege('shopday', 'USAGE') THEN false
    WHEN to_regclass('shopday.journal_entry') IS NULL THEN has_schema_privilege('shopday', 'CREATE')
    ELSE has_table_privilege('shopday.journal_entry', 'SELECT')
        AND has_table_privilege('shopday.journal_entry', 'INSERT')
        AND has_table_privilege('shopday.journal_day', 'SELECT')
        AND has_table_privilege('shopday.journal_day', 'INSERT')
        AND has_table_privilege('shopday.journal_day', 'UPDATE')
        AND has_table_privilege('shopday.journal_mark', 'SELECT')
        AND CASE WHEN to_regclass('shopday.sent') IS NULL THEN has_schema_privilege('shopday', 'CREATE') ELSE
            has_table_privilege('shopday.draft', 'SELECT') AND has_table_privilege('shopday.draft', 'INSERT')
            AND has_table_privilege('shopday.draft', 'UPDATE')
            AND has_table_privilege('shopday.draft', 'DELETE')
            AND has_table_privilege('shopday.presence', 'SELECT')
            AND has_table_privilege('shopday.presence', 'INSERT')
            AND has_table_privilege('shopday.presence', 'UPDATE')
            AND has_table_privilege('shopday.presence', 'DELETE')
            AND has_table_privilege('shopday.sent', 'SELECT')
            AND has_table_privilege('shopday.sent', 'INSERT')
            AND has_table_privilege('shopday.sent', 'UPDATE')
        END
END
"""


def shop_news(shop: str, day: date | None = None) -> str:
    """Return the text that notifies of a change of the shop's day, or of its people."""
    return json.dumps({"shop": shop} | ({} if day is None else {"day": day.isoformat()}))


def lock_of(shop: str) -> int:
    """Return the shop's number in advisory locks; two shops with the same one only wait for each other."""
    return int.from_bytes(hashlib.sha256(shop.encode()).digest()[:4], signed=True)


def lock_of_day(day: date) -> int:
    """Return the day's number in advisory locks; 0 stands for the whole journal."""
    return day.toordinal()

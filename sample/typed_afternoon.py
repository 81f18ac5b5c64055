"""Afternoon entries before the demo's day: proposals, tests, arrivals, posts, wake-ups, notices."""

# Rows of tables are not wrapped.
# ruff: noqa: E501

from __future__ import annotations

from sample.outline import Outline
from sample.typing_in import CONTENT, DESIGN, OPERATOR, PROMOTION, SERVICE, Entry, record

TEST_RUNNING, TEST_DECIDED, PICTURE_UNTOLD = "cardigan", "shirt", "trench"
LATE_ARRIVAL, READY_ARRIVAL = "down", "sherpa"
"""羽绒服: pictures were due on the 15th; 羊羔毛: pictures are ready, the page is due on the 18th."""
OPEN_NOTICE, MISSED_NOTICE, FOREIGN_NOTICE = "年货节招商", "潮流女装日", "家装换新季"
WAKE_UP_DONE, WAKE_UP_OPEN = "买过两次以上，30–60 天没来", "首单满 20 天未复购"


def _promotion(outline: Outline) -> list[Entry]:
    return [
        record("11-14 13:48", "promotion", "promotion_plan", PROMOTION, channel="关键词推广", item=outline.item["dress"].id,
               budget=120.0, visitors=70, reason="碎花连衣裙这组词还有空间", state="agreed"),
        record("11-15 13:50", "promotion", "promotion_plan", PROMOTION, channel="淘宝客", budget=300.0, visitors=900,
               reason="团长说能走量", state="declined"),
    ]  # fmt: skip


def _design(outline: Outline) -> list[Entry]:
    running, decided, untold = (outline.item[key].id for key in (TEST_RUNNING, TEST_DECIDED, PICTURE_UNTOLD))
    made = [
        record("11-13 14:20", "design", "picture_test", DESIGN, item=running, what="模特半身换成平铺三色", start="2026-11-13",
               goal_lift=15.0, sample=18500, old_impressions=0, new_impressions=0, state="running"),
        record("11-15 14:18", "design", "picture_test", DESIGN, item=running, what="模特半身换成平铺三色", start="2026-11-13",
               goal_lift=15.0, sample=18500, old_impressions=7420, old_clicks=271, new_impressions=7390, new_clicks=318,
               state="running"),
        record("11-15 14:21", "design", "picture_test", DESIGN, item=decided, what="加一行“免烫”", start="2026-11-09",
               goal_lift=25.0, sample=9600, old_impressions=10210, old_clicks=347, new_impressions=10180, new_clicks=428,
               state="running"),
        record("11-12 15:02", "design", "picture_change", DESIGN, item=untold, what="首图换成系带款", on="2026-11-12",
               says="拍下送同色腰带"),
        record("11-06 15:05", "design", "picture_change", DESIGN, item=outline.item["coat"].id, what="首图加“双面手工”", on="2026-11-06",
               says="手工双面", told=True),
        record("11-13 14:32", "design", "new_item", DESIGN, item=outline.item[LATE_ARRIVAL].id, pictures="2026-11-15", page="2026-11-18",
               listed="2026-11-20", state="planned", conversion=1.5, note="等模特图"),
        record("11-13 14:34", "design", "new_item", DESIGN, item=outline.item[READY_ARRIVAL].id, pictures="2026-11-14", page="2026-11-18",
               listed="2026-11-20", state="pictures", conversion=1.8),
    ]  # fmt: skip
    seen = ("素年锦时女装", "慕言旗舰店", "禾田女装", "浅茉旗舰店", "知夏旗舰店", "白鹭洲旗舰店")
    for minute, name in enumerate(seen):
        made.append(
            record(
                f"11-15 14:{38 + minute}",
                "design",
                "shop_watched",
                DESIGN,
                shop=name,
                changed="首页换冬款" if minute < 3 else "",
            )
        )
    return made


def _content(outline: Outline) -> list[Entry]:
    posts = (
        ("11-13 14:50", "小红书", "小个子怎么穿风衣不显矮", "trench", "11-13", "posted", 412, 9, 0),
        ("11-13 14:52", "微淘", "双11 返场最后一天", "", "11-13", "posted", 1180, 64, 3),
        ("11-13 14:54", "微信", "老客户返场券", "", "11-13", "posted", 640, 71, 6),
        ("11-14 14:49", "小红书", "针织开衫三种叠穿", "cardigan", "11-14", "posted", 530, 12, 1),
        ("11-14 14:51", "微淘", "直筒裤尺码表", "jeans", "11-14", "posted", 960, 48, 2),
        ("11-14 14:55", "微信", "周末穿搭", "", "11-14", "posted", 590, 55, 4),
        ("11-15 14:47", "微淘", "大衣怎么挑", "coat", "11-15", "posted", None, None, None),
        ("11-15 14:49", "微信", "降温提醒：打底裤", "legging", "11-15", "posted", 610, 66, 5),
        ("11-15 14:53", "微淘", "羊羔毛上新预告", "", "11-16", "planned", None, None, None),
    )
    made = []
    for at, channel, title, item, on, state, reads, visitors, orders in posts:
        known = {
            "reads": reads,
            "visitors": visitors,
            "orders": orders,
            "item": outline.item[item].id if item else None,
        }
        values = {name: value for name, value in known.items() if value is not None}
        made.append(
            record(
                at,
                "content",
                "post",
                CONTENT,
                channel=channel,
                title=title,
                on=f"2026-{on}",
                state=state,
                **values,
            )
        )
    return made


def _members() -> list[Entry]:
    return [
        record("11-04 15:40", "members", "wake_up", SERVICE, group=WAKE_UP_DONE, channel="短信", offer="满 200 减 20", on="2026-11-04",
               sent=900, held=100, back=63, held_back=4, cost=1395.0),
        record("11-14 15:41", "members", "wake_up", SERVICE, group=WAKE_UP_OPEN, channel="微信", offer="满 200 减 20", on="2026-11-14",
               sent=1600, cost=80.0),
    ]  # fmt: skip


def _notices() -> list[Entry]:
    return [
        record("11-12 16:42", "notices", "notice", OPERATOR, campaign=OPEN_NOTICE, where="钉钉 女装类目群", deadline="2026-11-19",
               how="商家中心报名，锁定 30 天最低价，交主图", concerns=True, state="preparing", prepares=OPERATOR),
        record("11-13 16:41", "notices", "notice", OPERATOR, campaign=MISSED_NOTICE, where="千牛", deadline="2026-11-17",
               how="每店三款，需白底图", state="new"),
        record("11-13 16:44", "notices", "notice", OPERATOR, campaign=FOREIGN_NOTICE, where="千牛", deadline="2026-11-17",
               concerns=False, state="passed over"),
        record("11-14 16:40", "notices", "notice", OPERATOR, campaign="双12 预热", where="商家中心", deadline="2026-11-18",
               how="主图 3 张，锁定价，库存承诺", concerns=True, state="preparing", prepares=OPERATOR),
    ]  # fmt: skip


def entries(outline: Outline) -> list[Entry]:
    """Return all entries of the afternoons."""
    parts = (_promotion(outline), _design(outline), _content(outline), _members(), _notices())
    return [one for part in parts for one in part]


def finds() -> list[tuple[str, str, str, str]]:
    """Return the planted findings for STORY.md: step, what, figures, conclusion."""
    return [
        (
            "design",
            "英伦风衣 changed its first picture on 11-12, service was not told",
            "promises 拍下送同色腰带",
            "into the scripts today",
        ),
        (
            "design",
            "羽绒服 …124: pictures were due 11-15",
            "listed 11-20",
            "late: the day on the shelf is in danger",
        ),
        ("design", "真丝感衬衫 picture test is in", "428/10,180 against 347/10,210", "new one likely better"),
        (
            "content",
            "yesterday's 微淘 post has no figures; 1 of 3 planned today",
            "",
            "ask for the figures, plan two more",
        ),
        (
            "members",
            "wake-up of 11-04 against those left out",
            "63/900 and 4/100",
            "leans to working; too few left out to be sure",
        ),
        ("notices", "潮流女装日 ends 11-17, nobody decided", "", "decide today"),
        (
            "optimise",
            "羊绒感围巾 …118 and 加绒打底裤 …121 could be the next heroes",
            "search +17 % and +16 % on the shop",
            "push one",
        ),
    ]

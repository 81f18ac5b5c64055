"""The items, traffic sources and service agents of 兰亭女装旗舰店. Everything here is invented."""

from __future__ import annotations

from dataclasses import dataclass

SHOP = "兰亭女装旗舰店"
SHOP_ID = "100200300"
TITLE_LIMIT_BYTES = 60


@dataclass(frozen=True)
class Item:
    """One listing. Prices are in yuan; ``weight`` is its share of units sold through free sources."""

    key: str
    id: str
    code: str
    title: str
    price: int
    cost: int
    weight: float
    views: float
    colours: tuple[str, ...]
    sizes: tuple[str, ...]
    lead_days: int
    supplier: str
    cover_days: float
    listed: bool = True
    season: str = "秋"

    @property
    def skus(self) -> list[tuple[str, str]]:
        """Return the (colour, size) pairs in the order of the listing."""
        return [(colour, size) for colour in self.colours for size in self.sizes]

    @property
    def margin(self) -> float:
        """Return the gross margin before refunds and ads, as a fraction of the price."""
        return round(1 - self.cost / self.price, 3)


# One item per line, so that the list reads like a table.
# fmt: off
# ruff: noqa: E501
S3 = ("S", "M", "L")
S4 = ("S", "M", "L", "XL")
ONE = ("均码",)
J5 = ("25", "26", "27", "28", "29")

ITEMS: tuple[Item, ...] = (
    Item("cardigan", "736500100101", "LT2601", "法式针织开衫女秋季新款外搭短款毛衣外套", 169, 78, .150, .200, ("杏色", "黑色", "雾蓝"), ONE, 12, "桐乡针织厂", 24),
    Item("jeans", "736500100102", "LT2602", "高腰直筒牛仔裤女秋冬显瘦宽松阔腿裤", 159, 72, .130, .130, ("复古蓝", "深灰"), J5, 9, "中山牛仔厂", 4),
    Item("dress", "736500100103", "LT2603", "法式碎花连衣裙女秋季长袖收腰中长裙", 259, 108, .095, .140, ("墨绿花", "酒红花"), S4, 14, "杭州裙装厂", 31),
    Item("trench", "736500100104", "LT2604", "英伦风衣女中长款秋季双排扣薄外套", 369, 165, .055, .075, ("卡其", "黑色"), S3, 15, "常熟外套厂", 27),
    Item("sweater", "736500100105", "LT2605", "慵懒风套头毛衣女秋冬加厚圆领针织衫", 199, 92, .075, .085, ("奶白", "姜黄", "灰色"), ONE, 12, "桐乡针织厂", 26),
    Item("coat", "736500100106", "LT2606", "双面羊毛呢大衣女中长款冬季外套", 699, 330, .032, .060, ("驼色", "黑色"), S3, 18, "常熟外套厂", 38, season="冬"),
    Item("shirt", "736500100107", "LT2607", "真丝感衬衫女职业通勤长袖白衬衣", 129, 52, .065, .045, ("白色", "浅蓝"), S4, 10, "杭州裙装厂", 33),
    Item("skirt", "736500100108", "LT2608", "高腰半身裙女秋冬A字中长款百褶裙", 149, 61, .060, .050, ("黑色", "咖色"), S3, 10, "杭州裙装厂", 29),
    Item("base", "736500100109", "LT2609", "半高领打底衫女秋冬内搭修身莫代尔上衣", 79, 31, .085, .040, ("黑色", "白色", "杏色"), S3, 7, "桐乡针织厂", 35),
    Item("hoodie", "736500100110", "LT2610", "连帽卫衣女秋季宽松慵懒风上衣", 139, 58, .050, .035, ("燕麦", "灰色"), S3, 8, "中山牛仔厂", 30),
    Item("suit", "736500100111", "LT2611", "小西装外套女休闲通勤气质西服", 329, 148, .033, .030, ("黑色", "米色"), S3, 14, "常熟外套厂", 32),
    Item("slacks", "736500100112", "LT2612", "垂感西装裤女高腰直筒休闲阔腿裤", 139, 56, .045, .028, ("黑色", "咖色"), S4, 9, "中山牛仔厂", 27),
    Item("vest", "736500100113", "LT2613", "针织马甲女秋季外穿叠穿毛线背心", 109, 44, .035, .020, ("米白", "藏青"), ONE, 10, "桐乡针织厂", 36),
    Item("velvet", "736500100114", "LT2614", "丝绒连衣裙女秋冬气质长袖礼服裙", 299, 128, .018, .016, ("墨绿", "酒红"), S3, 14, "杭州裙装厂", 34),
    Item("jacket", "736500100115", "LT2615", "短款牛仔外套女秋季复古工装夹克", 229, 101, .026, .018, ("水洗蓝",), S3, 9, "中山牛仔厂", 31),
    Item("cords", "736500100116", "LT2616", "灯芯绒长裤女秋冬高腰直筒裤", 149, 63, .024, .014, ("棕色", "黑色"), S4, 9, "中山牛仔厂", 28),
    Item("knitdress", "736500100117", "LT2617", "针织连衣裙女秋冬打底内搭修身长裙", 219, 96, .030, .020, ("黑色", "燕麦"), ONE, 12, "桐乡针织厂", 25),
    Item("scarf", "736500100118", "LT2618", "羊绒感围巾女冬季百搭披肩加厚", 89, 33, .028, .010, ("驼色", "灰色", "酒红"), ONE, 7, "桐乡针织厂", 45, season="冬"),
    Item("blouse", "736500100119", "LT2619", "雪纺衬衫女夏季短袖薄款上衣", 99, 39, .0010, .006, ("白色", "粉色"), S3, 10, "杭州裙装厂", 0, season="夏"),
    Item("sunwear", "736500100120", "LT2620", "薄款防晒衫女夏季透气空调开衫", 119, 46, .0016, .008, ("白色", "薄荷"), ONE, 10, "杭州裙装厂", 0, season="夏"),
    Item("legging", "736500100121", "LT2621", "加绒打底裤女秋冬外穿紧身小脚裤", 69, 26, .050, .018, ("黑色",), S3, 7, "中山牛仔厂", 30, season="冬"),
    Item("cami", "736500100122", "LT2622", "蕾丝吊带内搭女打底背心", 59, 21, .030, .010, ("黑色", "白色"), ONE, 7, "杭州裙装厂", 40),
    Item("cape", "736500100123", "LT2623", "毛呢斗篷外套女秋冬小个子气质披肩", 399, 182, .010, .010, ("格纹",), ONE, 15, "常熟外套厂", 33, season="冬"),
    Item("down", "736500100124", "LT2624", "轻薄羽绒服女冬季短款白鸭绒外套", 499, 246, 0, 0, ("黑色", "奶白"), S3, 15, "常熟外套厂", 0, listed=False, season="冬"),
    Item("sherpa", "736500100125", "LT2625", "羊羔毛外套女冬季加厚短款棉服", 299, 139, 0, 0, ("米白", "棕色"), S3, 15, "常熟外套厂", 0, listed=False, season="冬"),
)
# fmt: on
ITEM = {item.key: item for item in ITEMS}
STOCK_FIXED = {"blouse": 6, "sunwear": 412, "down": 180, "sherpa": 150}
HEROES = ("cardigan", "jeans", "dress")


@dataclass(frozen=True)
class Source:
    """A traffic source.

    ``share`` is of shop visitors (the shares sum to more than 1, as visitors overlap).
    """

    key: str
    first: str
    second: str
    old_first: str
    old_second: str
    share: float
    rate: float
    thirds: tuple[tuple[str, float], ...] = ()


SOURCES: tuple[Source, ...] = (
    Source("search", "平台流量", "手淘搜索", "淘内免费", "手淘搜索", 0.300, 0.0224),
    Source(
        "recommend",
        "平台流量",
        "手淘推荐",
        "淘内免费",
        "手淘推荐",
        0.180,
        0.0104,
        (("首页推荐-猜你喜欢", 0.7), ("购中推荐", 0.3)),
    ),
    Source("video", "平台流量", "短视频", "淘内免费", "短视频", 0.085, 0.0128),
    Source("guang", "平台流量", "逛逛", "淘内免费", "逛逛", 0.0040, 0.0100),
    Source("keyword", "付费推广", "关键词推广", "付费流量", "关键词推广(原直通车)", 0, 0),
    Source("crowd", "付费推广", "精准人群推广", "付费流量", "精准人群推广(原引力魔方)", 0, 0),
    Source("site", "付费推广", "全站推广", "付费流量", "全站推广", 0, 0),
    Source("taoke", "付费推广", "淘宝客", "付费流量", "淘宝客", 0.030, 0.0280),
    Source("mine", "自主访问", "我的淘宝", "自主访问", "我的淘宝", 0.070, 0.0400),
    Source("cart", "自主访问", "购物车", "自主访问", "购物车", 0.060, 0.0600),
    Source("direct", "自主访问", "直接访问", "自主访问", "直接访问", 0.035, 0.0240),
    Source("live", "私域流量", "店铺直播", "淘内免费", "店铺直播", 0.030, 0.0240),
    Source("member", "私域流量", "会员与订阅", "淘内免费", "会员与订阅", 0.035, 0.0360),
    Source("red", "站外流量", "小红书", "淘外流量", "小红书", 0.0026, 0.0080),
)
PAID = ("keyword", "crowd", "site")


@dataclass(frozen=True)
class Agent:
    """A service agent: inquiries per day, share of them that pay, and seconds to answer."""

    name: str
    load: float
    rate: float
    seconds: float
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    evening: bool = False


AGENTS: tuple[Agent, ...] = (
    Agent("小禾", 60, 0.490, 24, (0, 1, 2, 3, 4, 6)),
    Agent("阿珂", 55, 0.470, 29, (0, 1, 2, 4, 5, 6)),
    Agent("晚晴", 48, 0.450, 33, evening=True),
    Agent("木子", 52, 0.285, 58, (0, 2, 3, 4, 5, 6)),
    Agent("星野", 30, 0.455, 31, (4, 5, 6)),
    Agent("小满", 5, 0.450, 41),
)
NEW_AGENT_DAYS = {11: (5, 2), 12: (4, 1), 13: (6, 2), 14: (4, 1), 15: (5, 1)}

"""The items of 棠里女装旗舰店: the kinds of clothes of ``catalogue``, by their own titles and prices."""

from __future__ import annotations

from dataclasses import replace

from sample.catalogue import ITEM, Item

_GOODS = """
cardigan  219 72  温柔风针织开衫女春秋V领短款毛衣外套
jeans     209 70  直筒牛仔裤女高腰显瘦2026秋冬新款小个子
dress     329 98  法式茶歇碎花连衣裙女收腰显瘦长袖秋冬
trench    459 158 小个子英伦风衣女双排扣中长款秋冬外套
sweater   239 80  软糯圆领套头毛衣女加厚宽松慵懒风
coat      899 318 双面羊毛大衣女中长款零羊绒手工呢子外套
shirt     169 52  垂感醋酸衬衫女通勤长袖气质白衬衣
skirt     199 62  百褶半身裙女秋冬A字高腰显瘦中长裙
base      99  31  德绒打底衫女半高领内搭修身上衣
hoodie    179 57  连帽卫衣女薄绒宽松慵懒风百搭外套
suit      399 138 休闲小西装外套女垫肩通勤韩系西服
slacks    179 55  垂坠感西装裤女高腰直筒拖地阔腿裤
vest      139 43  V领针织马甲女外穿叠穿毛线背心
velvet    399 132 丝绒连衣裙女宴会气质长袖赫本风礼服
jacket    299 101 短款牛仔外套女复古工装夹克上衣
cords     189 62  灯芯绒直筒裤女加绒高腰显瘦长裤
knitdress 279 95  针织连衣裙女秋冬内搭修身毛衣长裙
scarf     109 33  羊绒感围巾女百搭纯色加厚披肩两用
blouse    119 39  雪纺衫女夏季短袖薄款法式上衣
sunwear   139 46  冰丝防晒开衫女夏季薄款空调衫
legging   89  26  加绒鲨鱼裤女外穿收腹提臀打底裤
cami      69  21  美背吊带内搭女蕾丝打底背心
cape      499 182 毛呢斗篷外套女小个子气质披肩秋冬
down      699 258 轻薄羽绒服女短款90白鸭绒冬季外套
sherpa    399 139 羊羔毛外套女颗粒绒加厚短款冬装
"""


COVER = {"jeans": 1.6}
"""Days of paid demand in stock, where half of what is sold comes back: the jeans still run out."""


def _item(line: str) -> Item:
    key, price, cost, title = line.split()
    first = ITEM[key]
    return replace(
        first,
        cover_days=COVER.get(key, first.cover_days),
        id=f"728800642{first.id[-3:]}",
        code=first.code.replace("LT26", "TL26"),
        title=title,
        price=int(price),
        cost=int(cost),
    )


SECOND_ITEMS: tuple[Item, ...] = tuple(map(_item, _GOODS.strip().splitlines()))

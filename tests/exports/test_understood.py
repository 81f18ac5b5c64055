"""What the platforms call their exports and the columns in them, written down: once understood, it stays so.

Under each export first what of it counts as what (which columns make a row one, which figures are added up),
then ``field (kind): headings``. A new heading need not be written here; one that is must be understood,
and what is private must stay so.
"""

from __future__ import annotations

from core.exports.header_keys import key_of
from core.exports.kinds.registry import SHEETS
from core.exports.sheet import Sheet

UNDERSTOOD = """
[shop_day]
patterns = *店铺整体日报* | *自助取数* | *每日流量* | *宏观监控*
key = date
needs = gmv or visitors | buyers or visitors or ordered_amount
wants = visitors | gmv | buyers
must = date
strangers = 商品ID | 主体ID | SKUID | 搜索词 | 一级来源 | 来源 | 来源明细 | 流量来源 | 时段 | 小时 | 旺旺昵称 | 统计时间 | 计划ID | 订单编号 | 货品成长阶段
adds = gmv | ordered_amount | ordered_units | units | suborders | cart_units | pageviews | old_gmv | ads_whole | ads_keyword | ads_crowd | ads_scene | taoke_fee | refund_amount
attributes = platform
days = 480
blends = True
date (date): 统计日期 | 日期
visitors (count): 访客数 | 店铺访客数
pageviews (count): 浏览量 | 店铺浏览量
item_visitors (count): 商品访客数
seconds (seconds): 平均停留时长 | 商品平均停留时长
bounce_rate (rate): 跳失率
cart_buyers (count): 加购人数 | 商品加购人数
cart_units (count): 加购件数 | 商品加购件数
favourite_buyers (count): 商品收藏买家数 | 商品收藏人数
ordered_amount (money): 下单金额
ordered_buyers (count): 下单买家数
ordered_units (count): 下单件数
gmv (money): 支付金额
buyers (count): 支付买家数
units (count): 支付件数
suborders (count): 支付子订单数
old_visitors (count): 老访客数
new_visitors (count): 新访客数
new_buyers (count): 支付新买家数
old_buyers (count): 支付老买家数
old_gmv (money): 老买家支付金额
ads_whole (money): 全站推广花费
ads_keyword (money): 关键词推广花费 | 直通车消耗 | 直通车花费
ads_crowd (money): 精准人群推广花费 | 引力魔方花费 | 钻石展位消耗 | 钻展消耗
ads_scene (money): 智能场景花费 | 万相台花费
taoke_fee (money): 淘宝客佣金
refund_amount (money): 成功退款金额 | 成功退货退款金额
reviews_count (count): 评价数
negative_reviews (count): 负面评价数
members (count): 会员总数
new_members (count): 新增会员数
followers (count): 关注店铺人数
score_item (ratio): 描述相符评分
score_logistics (ratio): 物流服务评分
score_service (ratio): 服务态度评分

[sources]
patterns = *店铺流量来源* | *店铺来源* | *流量来源构成*
key = date | carrier | level1 | level2 | level3 | level4
scope = date | carrier
needs = level1 | visitors
wants = gmv | buyers
must = date
strangers = 跳出本店人数 | 店内跳转人数 | 浏览量占比 | 商品ID | 流量指数 | 搜索词 | 流量指数(本店)
adds = gmv | ordered_amount
attributes = platform
totals = keep
days = 70
date (date): 统计日期 | 日期
carrier (text): 流量载体
level1 (text): 一级来源 | 流量来源 | 来源
level2 (text): 二级来源 | 来源明细
level3 (text): 三级来源
level4 (text): 四级来源
visitors (count): 访客数
new_visitors (count): 新访客 | 新访客数
buyers (count): 支付买家数
gmv (money): 支付金额
ordered_buyers (count): 下单买家数
ordered_amount (money): 下单金额
cart_buyers (count): 加购人数
favourite_buyers (count): 商品收藏人数 | 收藏商品买家数 | 收藏人数
subtotal (flag):

[items]
patterns = *商品_全部_* | *商品排行*
key = date | item
needs = item | visitors or gmv
wants = visitors | gmv | buyers | units | cart_buyers
must = date | item
strangers = 推广消耗 | 主体ID | 计划ID | 订单编号 | 咨询人数 | 货品成长阶段 | 词类型 | 花费
adds = gmv | units | ordered_units | ordered_amount | cart_units | pageviews | refund_amount | old_gmv
attributes = brand | category | code | platform
keyed = item
whole_for = date
weight = gmv | visitors
days = 70
date (date): 统计日期 | 日期
item (id): 商品ID
title (text): 商品名称 | 商品标题
parent (id): 主商品ID
status (text): 商品状态
tag (text): 商品标签
art_no (text): 货号
visitors (count): 商品访客数 | 访客数
pageviews (count): 商品浏览量 | 浏览量
seconds (seconds): 平均停留时长
bounce_rate (rate): 商品详情页跳出率
favourites (count): 商品收藏人数 | 收藏人数
cart_units (count): 商品加购件数 | 加购件数
cart_buyers (count): 商品加购人数 | 加购人数
ordered_buyers (count): 下单买家数
ordered_units (count): 下单件数
ordered_amount (money): 下单金额
buyers (count): 支付买家数
units (count): 支付件数
gmv (money): 支付金额
new_buyers (count): 支付新买家数
old_buyers (count): 支付老买家数
old_gmv (money): 老买家支付金额
refund_amount (money): 成功退款金额
search_visitors (count): 搜索引导访客数
search_buyers (count): 搜索引导支付买家数

[ads]
patterns = *商品报表* | *计划报表* | *宝贝报表* | *主体报表* | *推广商品*
key = date | report | scene | plan_id | item
needs = cost | item or plan or plan_id
wants = impressions | clicks | gmv | orders
must = date
strangers = 词名字/词包名字 | 关键词 | 品牌流量包 | 订单编号
adds = impressions | clicks | cost | direct_gmv | indirect_gmv | gmv | direct_orders | indirect_orders | orders | carts | favourites
add_over = hour | terminal | slot | region | match | unit | scene | 原二级场景ID | 原二级场景名字 | 流量来源
attributes = brand | category | code | platform | order_type
keyed = plan | item
whole_for = date | report | scene
weight = cost
date (date): 日期 | 统计日期 | 时间
report (text):
scene (text): 场景名字 | 场景名称 | 营销场景
plan_id (id): 计划ID
plan (text): 计划名字 | 计划名称 | 推广计划名称 | 推广计划 | 计划基本信息
item (id): 主体ID | 商品ID | 宝贝ID
item_title (text): 主体名称 | 商品名称 | 宝贝名称
subject (text, inner): 主体类型
impressions (count): 展现量 | 展现 | 展现数
clicks (count): 点击量 | 点击 | 点击数
cost (money): 花费 | 消耗 | 推广消耗
direct_gmv (money): 直接成交金额 | 直接引导成交金额
indirect_gmv (money): 间接成交金额
gmv (money): 总成交金额 | 成交订单金额 | 总引导成交金额
direct_orders (count): 直接成交笔数
indirect_orders (count): 间接成交笔数
orders (count): 总成交笔数 | 成交订单量 | 总引导成交笔数
carts (count): 总购物车数 | 添加购物车量
favourites (count): 收藏宝贝数 | 宝贝收藏数 | 收藏宝贝量
new_buyers (count): 成交新客数

[keywords]
patterns = *关键词报表* | *推广关键词* | *关键词*
key = date | scene | plan_id | unit_id | item | word_type | word
needs = word | cost | clicks or impressions
wants = impressions | clicks | gmv | orders | item
must = date | word
strangers = 搜索人气
adds = impressions | clicks | cost | direct_gmv | indirect_gmv | gmv | direct_orders | indirect_orders | orders | carts
weighted = rank by impressions
add_over = hour | terminal | slot | region | match | unit | scene | 原二级场景ID | 原二级场景名字 | 流量来源
attributes = brand | category | code | platform
keyed = word | plan | unit | item
whole_for = date | scene
weight = cost
unread = plan_id | plan | unit_id | unit | word_type | word_id | direct_gmv | direct_orders | indirect_gmv | indirect_orders | carts
coded = True
date (date): 日期 | 统计日期 | 时间
scene (text): 场景名字 | 场景名称 | 营销场景
plan_id (id): 计划ID
plan (text): 计划名字 | 计划名称 | 推广计划名称 | 推广计划 | 计划基本信息
unit_id (id): 单元ID | 推广单元ID
unit (text): 单元名字 | 单元名称 | 推广单元名称
item (id): 宝贝ID | 商品ID | 主体ID
item_title (text): 宝贝名称 | 商品名称 | 主体名称
word_type (text): 词类型
word_id (id): 词ID/词包ID | 词ID | 关键词ID
word (text): 词名字/词包名字 | 词名字 | 关键词 | 关键词名称 | 关键词名字
impressions (count): 展现量 | 展现 | 展现数
clicks (count): 点击量 | 点击 | 点击数
cost (money): 花费 | 消耗 | 推广消耗
direct_gmv (money): 直接成交金额 | 直接引导成交金额
indirect_gmv (money): 间接成交金额
gmv (money): 总成交金额 | 成交订单金额 | 总引导成交金额
direct_orders (count): 直接成交笔数
indirect_orders (count): 间接成交笔数
orders (count): 总成交笔数 | 成交订单量
carts (count): 总购物车数
rank (ratio): 平均展现排名 | 平均排名

[orders]
patterns = ExportOrderList* | *订单* | *order_report*
key = order
needs = order | created or paid | amount or paid_amount
wants = amount | paid_amount | created | paid
must = order | date
strangers = 退款编号 | 子订单编号 | 外部系统编号 | 标题
adds = amount | paid_amount | kinds | units | refund_amount
attributes = *
outliers = amount
days = 90
drifts = 30
gaps = created
order (id): 订单编号 | 主订单编号 | 订单号
date (date):
created (time): 订单创建时间 | 创建时间
paid (time): 订单付款时间 | 付款时间
amount (money): 总金额 | 买家应付货款
paid_amount (money): 买家实际支付金额 | 买家实付金额
status (text): 订单状态
titles (text): 宝贝标题 | 商品标题
kinds (count): 宝贝种类
units (count): 宝贝总数量 | 购买数量
region (text): 收货地址 | 收货省份 | 省份
buyer (text): 买家会员名 | 买家昵称
refund_amount (money): 退款金额
confirmed (time): 确认收货时间
close_reason (text): 订单关闭原因
mobile (text): 是否手机订单
alipay (text, private): 买家支付宝账号
receiver (text, private): 收货人姓名
phone (text, private): 联系电话
mobile_phone (text, private): 联系手机
message (text, private): 买家留言
memo (text, private): 订单备注
new_address (text, private): 修改后的收货地址

[refunds]
patterns = *退款单* | *退款* | *退货*
key = refund
needs = refund | applied or closed | amount
wants = applied | closed | status | reason | item
must = refund | date
adds = amount
attributes = *
days = 120
gaps = none
refund (id): 退款编号
order (id): 订单编号
date (date):
paid (time): 订单付款时间
applied (time): 退款申请时间
closed (time): 退款完结时间
paid_amount (money): 买家实际支付金额
amount (money): 退款总额 | 退给买家金额 | 退款金额
title (text): 宝贝标题
item (id): 商品ID
sku (text): 商品sku信息
full_or_part (text): 部分退款/全额退款
status (text): 退款状态
goods_state (text): 货物状态
reason (text): 买家退款原因 | 退款原因
stage (text): 售中或售后
responsible (text): 责任方
art_no (text): 商家编码
explained (text, private): 买家退款说明
alipay (text, private): 支付宝交易号
address (text, private): 卖家退货地址
phone (text, private): 卖家电话
mobile_phone (text, private): 卖家手机
seller (text, private): 卖家真实姓名

[service]
patterns = *客服绩效* | *售前明细*
key = date | agent
needs = agent | inquiries | converted or amount
wants = converted | amount
must = date | agent
strangers = 商品编号 | 商品ID
adds = amount
attributes = platform
keyed = agent
whole_for = date
weight = amount
totals = keep
days = 70
date (date): 日期 | 统计日期
agent (text): 旺旺昵称 | 客服昵称 | 客服 | 旺旺
benchmark (flag):
inquiries (count): 询单人数
converted (count): 询单最终付款人数 | 询单->最终付款人数 | 最终付款人数
conversion (rate): 询单最终付款转化率 | 询单->最终付款成功率 | 询单转化率
amount (money): 询单最终付款金额 | 最终付款金额 | 销售额
first_response_s (seconds): 首次响应时长(秒) | 首次响应时长 | 首次响应时间
average_response_s (seconds): 平均响应时长(秒) | 平均响应时长 | 平均响应时间
satisfaction (rate): 客户满意率
reply_rate (rate): 旺旺回复率 | 客服回复率
refund_amount (money): 成功退款金额

[stock]
patterns = *发布模板* | *库存*
key = date | item | sku
needs = physical or available | item or sku or art_no or item_code
wants = sku | price
must = date
strangers = 订单编号 | 采购单号 | 支付金额 | 访客数
adds = physical | available | on_hand | reserved | in_transit
constant = price | cost
add_over = warehouse
attributes = item | sku | code | brand | category | platform | order_type
days = 30
snapshot = True
gaps = none
date (date): 日期 | 统计日期
item (id): 商品ID
title (text): 商品标题 | 商品名称
sku (text): skuId | 商品编码
sku_text (text): 属性对 | 规格
price (money): 价格 | 一口价
physical (count): 主仓实际库存数 | 实际库存数 | 数量 | 总数量 | 在库数 | 库存 | 库存数量 | 总库存 | 账面库存
available (count): 可用数 | 可用库存 | 可售库存 | 可销数 | 可配货库存 | 可发库存 | 公有可用数
on_hand (count):
reserved (count): 订单占有数 | 订单占有 | 占用 | 待出
in_transit (count): 采购在途数 | 生产在途 | 待入
cost (money): 单价成本 | 成本价
art_no (text): 商家编码#2 | 商家编码 | 商品编码
item_code (text): 款式编码 | 货品编号 | 货号 | 款号
item_art_no (text, inner): 商家编码

[reviews]
patterns = *评价* | *评论*
key = review
needs = text | at | stars or sentiment or appended
wants = item
must = date
attributes = *
days = 90
gaps = none
review (id): 评价ID | 评论ID
date (date):
at (time): 评价时间 | 日期 | 评论时间 | 时间
item (id): 商品ID | 宝贝ID
title (text): 商品标题 | 商品名称 | 宝贝标题
sku (text): SKU | SKU信息 | 规格
stars (ratio): 评分 | 星级
sentiment (text): 情感 | 评价情感 | 评价类型 | 评价
text (text): 评论内容 | 评价内容 | 初评内容
appended (text): 追加评论 | 追评内容
reply (text): 商家回复 | 回复内容
platform (text): 平台
later_mood (text, inner): 追评情感
nickname (text, private): 用户昵称 | 买家昵称
order (text, private): 订单ID | 订单编号

[search_terms]
patterns = *引流搜索词* | *选词助手*
key = date | place | term
needs = term | visitors
wants = buyers | gmv
must = date | term
strangers = 搜索人气 | 搜索指数 | 商品ID | 花费 | 计划ID
adds = gmv
attributes = category | platform
keyed = word
whole_for = date | place
weight = visitors
days = 30
date (date): 统计日期 | 日期
place (text): 位置 | 引流位置
term (text): 搜索词
visitors (count): 访客数
cart_buyers (count): 加购人数
favourites (count): 商品收藏人数
buyers (count): 支付买家数
gmv (money): 支付金额

[hours]
patterns = *分时* | *小时*
key = date | hour
needs = hour | gmv or visitors or ad_cost
wants = gmv | buyers | ad_cost
must = date | hour
strangers = 商品ID | 搜索词 | 旺旺昵称 | 词名字/词包名字
adds = gmv | ad_cost | ad_clicks
attributes = platform
keyed = hour
days = 35
date (date): 日期 | 统计日期
hour (hour): 时段 | 小时 | 时间段
visitors (count): 访客数
ordered_buyers (count): 下单买家数
buyers (count): 支付买家数
gmv (money): 支付金额
ad_cost (money): 花费 | 消耗
ad_clicks (count): 点击量

[listings]
patterns = *rival* | *竞店* | *竞品* | *listings*
key = date | shop | item
needs = item | shop | price | title
wants = sold | reviews
must = date | item | shop
strangers = 订单编号 | 访客数 | 商品访客数 | 支付金额 | 支付买家数 | 花费 | 计划ID | 搜索词 | skuId | 数量 | 可销数 | 买家会员名
attributes = * | shop | shop_id
days = 30
gaps = none
date (date): update_time | 日期 | 采集日期 | 更新时间
item (id): id | 商品ID | 宝贝ID
title (text): title | 商品标题 | 宝贝标题 | 标题
price (money): price | 价格 | 到手价 | 券后价 | 现价
sold (text): sale_count | 销量 | 月销量 | 付款人数
reviews (text): comment_count | 评论数 | 评价数 | 累计评价
shop (text): 店名 | 店铺 | 店铺名称 | 掌柜名

[catalogue]
patterns = *catalogue* | *编码对照* | *商品资料*
key = code
needs = code | item
must = code | date
strangers = 订单编号 | 内部订单号 | 退款编号 | 库存 | 数量 | 可用数 | 支付金额 | 访客数 | 花费 | 日期 | 统计日期
attributes = *
days = 3650
code (text): 编码 | code | 商品编码 | SKU编码
item (id): 商品ID | item
item_code (text): 款式编码 | item_code | 款号
title (text): 商品名称 | title
sku_text (text): 颜色规格 | 规格
cost (money): 成本价 | cost
"""  # noqa: E501 - a line a column


def parts(sheet: type[Sheet], name: str) -> list[str]:
    """Return what the declaration says of itself, a word or a group of words each."""
    value = getattr(sheet, name)
    if isinstance(value, str | int):
        return [str(value) or "none"]
    if hasattr(value, "items"):
        return [f"{figure} by {weight}" for figure, weight in value.items()]
    return [one if isinstance(one, str) else " or ".join(one) for one in value]


def declared(sheet: type[Sheet], line: str) -> str:
    """Return the line as the declaration has it, as far as it tells of what the line tells."""
    name, equals, value = line.partition(" = ")
    if equals:
        return f"{name} = {' | '.join(one for one in parts(sheet, name) if one in value.split(' | '))}"
    told, _, headings = line.partition(":")
    column = sheet.column(told.partition(" ")[0])
    looks = "".join(f", {look}" for look in ("private", "inner") if getattr(column, look))
    known = {key_of(one) for one in column.headers} | {key_of(f"{one} in fen") for one in column.fen_headers}
    found = [one for one in headings.strip().split(" | ") if key_of(one) in known]
    return f"{column.name} ({column.kind}{looks}): {' | '.join(found)}".strip()


def test_what_was_once_understood_is_understood() -> None:
    sheet, seen = Sheet, set[str]()
    changed = []
    for line in UNDERSTOOD.split("\n"):
        if line.startswith("["):
            sheet = SHEETS[line.strip("[]")]
            seen.add(sheet.id)
        elif line and declared(sheet, line) != line:
            changed.append((sheet.id, line, declared(sheet, line)))
    assert changed == []
    assert len(seen) > 10, "an export that is new need not be written here"

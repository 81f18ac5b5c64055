"""Words that belong to Taobao and Tmall alone."""

from __future__ import annotations

import re
from typing import Final

TAOBAO: Final = re.compile(
    r"淘宝|天猫|直通车|生意参谋|千牛|旺旺|万相台|引力魔方|超级推荐|超推|淘客|淘宝客|阿里妈妈|商家中心"
    r"|taobao|tmall|taoke|wangwang|alimama",
    re.IGNORECASE,
)

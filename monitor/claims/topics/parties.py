"""Who is bought or put money into, and what part of a company results are of: names that no watchlist knows."""

from __future__ import annotations

import re

_VERB = (
    r"(?:收购|收購|并购|併購|买下|買下|拿下|入股|增持|控股|吸收合并|吸收合併|参股|參股|投资|投資|注资|注資|"
    r"洽购|洽購|竞购|競購)"
)
_WITH = r"(?:合并|合併|整合)"
_LATIN = r"(?<![A-Za-z0-9])[A-Z][A-Za-z0-9]+(?:[.&'’\- ][A-Z0-9][A-Za-z0-9]*){0,3}"
_KIND = (
    r"(?:其持有的|旗下|子公司|初创公司|初创企业|创业公司|新創公司|新創企業|公司|企业|企業|厂商|廠商|开发商|開發商|研发商|設計商|设计商|供应商|"
    r"供應商|服务商|设备商|設備商|代理商|生产商|制造商|製造商|平台|巨头|巨頭|厂|廠)"
)
_PART = (
    r"(?:的|所持)?(?:\d+(?:\.\d+)?%)?(?:的)?(?:全部|部分|少数|少數|多数|多數|剩余|剩餘|核心)?"
    r"(?:股权|股權|股份|股票|控制权|控制權|控股权|业务|業務|团队|團隊|资产|資產)"
)
_COMMON = (
    r"[一两兩三多数數几幾这這]|"
    r".{0,2}(?:公司|企业|企業|资产|資產|股|业务|業務|团队|團隊|项目|項目|计划|計畫|交易|案|完成|失败|失敗)"
)
_ENDING = r"[案事购購权權的了]"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:对|對|向|与|與)[^，。；、]{{0,16}}?(?P<name>{_LATIN})(?:的)?(?:进行|進行)?(?:{_VERB}|{_WITH})",
        rf"{_VERB}[^，。；、]{{0,18}}?(?P<name>{_LATIN})",
        rf"{_VERB}(?:[^，。；、]{{0,14}}{_KIND})?(?P<name>[\u4e00-\u9fff]{{2,8}}?){_PART}",
        rf"{_VERB}[^，。；、]{{0,14}}{_KIND}(?P<name>[\u4e00-\u9fff]{{2,6}})(?=[，。；、]|$)",
        rf"(?:收购|收購|并购|併購|买下|買下)(?P<name>(?!{_COMMON})[\u4e00-\u9fff]{{2,4}}(?<!{_ENDING}))(?=[，。；、]|$)",
    )
)
_NO_NAMES = re.compile(
    r"^(?:AI|EDA|GPU|CPU|IP|SSD|HBM|DRAM|RISC|APP|IPO|IT|ASIC|SoC|该|該|其|本|少数|少數|部分|全部|多数|多數|剩余|剩餘|控股|外部|核心|相关|相關|一家|上述|股[权權份票])"
)


_RESULT = r"(?:收入|营收|營收|销售额|銷售額|利润|利潤|净利|淨利|亏损|虧損)"
_BEFORE_IT = r"(?:其中|全年|年内|当季|本季|同期|公司|集团|集團|旗下|自研|\d ?年)?"
_NO_PART = r"(?!年|司|团|團|主营|主營|营业|營業|全部|各项|各項|公司)"
_PART_WORD = r"(?:业务|業務|分部|板块|板塊|部门|部門|产品线|產品線|系列)"
_DIVISION = re.compile(
    rf"{_BEFORE_IT}(?P<name>{_NO_PART}(?:[^\W某的其及和与與在由将將使让讓旗]|[×&+]){{1,12}}?{_PART_WORD})"
    rf"(?=[^，。；]{{0,30}}{_RESULT})"
    rf"|(?P<kind>AI ?(?:芯片|晶片|半导体|半導體|相关|相關|服务器|伺服器)|(?:智能|智慧)?手机|手機|汽车|汽車|服务器|"
    rf"伺服器|存储|記憶體|内存|網路|网络|云智能集团|雲智能集團|云智能|雲智能|广告|廣告|游戏|遊戲|云计算|云|雲端|海外|"
    rf"国内|國內|境外|中国区?|中國區?|在华|在華|数据中心|資料中心)"
    rf"(?:市场|市場)?的?{_RESULT}"
)


def division(statement: str) -> tuple[int, int] | None:
    """Where a statement of results names the part of the company that they are of: 增值服务业务, 广告; None for all."""
    found = _DIVISION.search(statement)
    return None if found is None else found.span("name" if found["name"] else "kind")


def bought(statement: str) -> tuple[int, int] | None:
    """Where a statement puts a name beside its verb of buying or investing; None where none stands there."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(statement):
            if not _NO_NAMES.match(found["name"]):
                return found.span("name")
    return None

"""texts.yearbook — words for the year's figures, for those entered by hand, and for refusals about them."""

from dataclasses import dataclass

WORDS = {
    "no_such_figure": "没有找到该手工填报项，可能已被删除。请刷新页面查看。",
    "no_such_year": "没有 {year} 年的统计：年份有误，或者该年尚未开始。",
    "hand_figure_invalid": "请选择或填写名称（不超过 80 字），并填写数值（不超过 40 字）或者文字表述"
    "（不超过 400 字）。没有保存。",
}


@dataclass(frozen=True)
class Offered:
    """A figure that such summaries often have; {value} in the sentence is where the number goes."""

    label: str
    sentence: str


OFFERED = {
    "detention": Offered("许可对人大代表采取刑事强制措施（名）", "许可对{value}名市人大代表采取刑事强制措施。"),
    "by_election": Offered("增选补选人大代表（名）", "增选补选省、市人大代表{value}名。"),
    "oath_rules": Offered(
        "修订宪法宣誓办法",
        "进一步弘扬宪法精神、彰显宪法权威，及时修订了实施宪法宣誓制度办法，经市人大常委会会议审议通过。",
    ),
    "working_letters": Offered(
        "为工作委员会委员颁发任命书（人）", "召开工作委员会会议，为{value}名新任委员颁发了任命书。"
    ),
    "credentials_letters": Offered(
        "为代表资格审查委员会委员颁发任命书（人）", "召开代表资格审查委员会会议，为{value}名委员颁发了任命书。"
    ),
    "training": Offered("培训人大代表（人次）", "举办人大代表培训班，培训代表{value}人次。"),
    "contacts": Offered("常委会组成人员联系代表（名）", "常委会组成人员联系人大代表{value}名。"),
    "research": Offered("代表小组调研报告（篇）", "代表小组形成调研报告{value}篇。"),
    "attendance": Offered("邀请代表列席会议（人次）", "邀请人大代表{value}人次列席常委会会议。"),
    "proposals": Offered("督办议案和建议（件）", "督办代表议案和建议{value}件。"),
    "visits": Offered("接待来访考察（批）", "接待兄弟市人大来访考察{value}批。"),
}
OWN = "own"

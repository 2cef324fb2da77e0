"""texts.laws — words for refusals about laws and their texts."""

from exam_app.laws.states import Standing

WORDS = {
    "no_such_edition": "没有找到该法律版本。",
    "law_text_unreadable": "“{name}”里没有读到法律条文，没有载入。"
    "请用 .txt、.md 或 .docx 文件（旧版 .doc 请另存为 .docx），第一行写法律全称，条文以“第一条”开头。",
    "law_unknown": "法律目录里没有“{title}”，没有载入。请核对文件第一行的法律全称。",
    "law_undated": "《{title}》的文本里没有通过、修正或公布的日期，无法确定是哪一版，没有载入。"
    "请在标题下补上一行，例如“2018年3月11日第十三届全国人民代表大会第一次会议通过”。",
    "edition_unknown": "目录里没有《{title}》{date} 的版本，没有载入。目录中的版本：{known}。请核对文本的日期。",
    "article_count_differs": "《{title}》{date} 版应有 {expected} 条，文本里读到 {found} 条，没有载入。"
    "请核对文本是否完整、条文是否每条另起一行。",
}

STANDINGS = {
    Standing.IN_FORCE: "现行有效",
    Standing.NOT_YET: "尚未施行",
    Standing.SUPERSEDED: "已被新版取代",
    Standing.REPEALED: "已废止",
}
TONES = {
    Standing.IN_FORCE: "good",
    Standing.NOT_YET: "info",
    Standing.SUPERSEDED: "warn",
    Standing.REPEALED: "bad",
}

"""texts.printing — words for what cannot be printed."""

WORDS = {
    "missing_glyph": "“{text}”中的字“{characters}”字体里没有，印出来会是空框，没有生成文件。"
    "请核对用字，或联系系统管理员补充字体。",
    "font_unusable": "字体文件 {path} 不能使用，没有生成文件。请联系系统管理员更换字体。",
    "file_not_signable": "这份文件不能签名，没有生成。请联系系统管理员查看日志。",
}

"""texts.operations — words for refusals of the machinery."""

WORDS = {
    "too_often": "操作太频繁，请在 {seconds} 秒后再试。",
    "no_such_job": "没有找到该任务。",
    "no_such_file": "没有找到该文件。",
    "backup_unreadable": "“{file}”不是本系统的备份文件，没有恢复。请核对文件名，或换一份备份。",
    "backup_altered": "备份中的 {name} 与校验值不符，文件可能损坏或被改动过，没有恢复。请换一份备份。",
    "passphrase_wrong": "口令不对，或密钥与这份备份不配套，没有恢复。请核对备份时设定的口令。",
    "passphrase_too_short": "口令至少 {minimum} 位，没有备份。口令用来保护密钥，丢失后备份无法恢复，请妥善保管。",
    "instance_not_empty": "本机已有数据，不能恢复到这里，没有改动任何内容。"
    "请用 EXAM_INSTANCE 指定一个空目录（或空数据库）后再恢复。",
    "backup_exists": "{file} 已经存在，没有覆盖。请换一个文件名。",
    "backup_of_other_kind": "这是 {kind} 的备份，当前配置的是另一种数据库，没有恢复。请核对 DATABASE_URL。",
    "database_tool_failed": "{tool} 没有成功：{reason}。没有改动。请确认已安装与服务器同版本的 PostgreSQL 客户端，"
    "或用 EXAM_PG_BIN 指明其目录。",
}

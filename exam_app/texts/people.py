"""texts.people — words for refusals about persons, accounts and roles."""

WORDS = {
    "no_such_account": "没有找到该账号。",
    "no_such_person": "没有找到该人员。",
    "username_taken": "用户名“{username}”已被使用，请换一个。",
    "username_invalid": "“{username}”不能作为用户名。请用 2 至 60 个字母、数字、汉字、点、短横或下划线，不含空格。"
    "没有开通。",
    "account_elsewhere": "账号“{username}”由其他常委会管理，本常委会只能授予或收回其在本会的岗位。"
    "请联系该账号所属单位的系统管理员。",
    "account_protected": "“{username}”是安全管理员或审计管理员，系统管理员不能重置其密码、停用或启用，没有改动。"
    "请先由安全管理员收回其管理员岗位，再办理。",
    "own_account_untouchable": "不能对自己的账号进行这项操作，没有改动。修改自己的密码请用右上角“修改密码”。",
    "password_too_weak": "密码太弱：至少 {minimum} 位，含大写字母、小写字母、数字、符号中的三类，且不含用户名。",
    "password_used_before": "这个密码最近用过。请换一个与最近 {count} 次都不同的密码。",
    "password_wrong": "当前密码不对，密码没有改动。",
    "roles_must_not_meet": "这两个岗位不能由同一人担任，没有授予。请由另一人担任其中之一。",
    "own_roles_untouchable": "不能给自己授予或收回岗位。请由另一位安全管理员办理。",
    "phone_invalid": "“{phone}”不是有效的电话号码。请填 7 至 12 位数字，或留空。",
    "name_invalid": "“{name}”不是有效的姓名。请填 1 至 60 个字，不含数字和尖括号。",
    "list_empty": "没有读到人员：请粘贴名单，或上传含“姓名”列的 Excel、Word 表格。没有保存。",
    "list_too_long": "名单有 {rows} 行，一次最多 {most} 行，没有读取。请分成几份分别导入。",
    "list_unreadable": "文件读不出来，没有保存。请用 Excel 另存为 .xlsx，或用 Word 另存为 .docx（去掉密码），再上传。",
    "list_header_unclear": "表头中“{column}”出现了两次，不知道以哪一列为准。请只留一列后再导入。",
    "listed_name_missing": "没有姓名。请补上姓名，或删去这一行。",
    "listed_too_long": "有一格超过 {most} 个字。请缩短。",
    "listed_twice": "与第 {first} 行重复（{name}）。若是同一人请删去一行；若是同名的两人，请补上各自的单位或电话。",
    "phone_listed_twice": "电话与第 {first} 行相同。请核对电话。",
}

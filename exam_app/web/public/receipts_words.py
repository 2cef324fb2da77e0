"""web.public.receipts_words — how anyone checks a receipt without this house, as the page of the key tells it."""

from exam_app.base.i18n import gettext as _

HOW_TO_CHECK = _("""\
交卷回执公钥（Ed25519，RFC 8032）

十六进制：
{hexadecimal}

PEM（存为 key.pem）：
{pem}
怎样自己核对一张回执

1. 每保存一次作答，系统就签发一张回执。回执签署的是一行文字（UTF-8，末尾不换行）：

     receipt 1|答卷编号|题号|作答|序号|时间

   例如：receipt 1|12|3|AC|5|2026-03-02T01:00:00.000000+00:00
   作答是考生看到的选项字母，清除作答时为空；时间是服务器时间（协调世界时，精确到微秒）。
   考生交卷后在座位上打开“核对交卷回执”，可以看到自己每道题的原文和回执。

2. 回执是对这行文字的 Ed25519 签名，写成 128 位十六进制数。用 OpenSSL 3 核对：

     printf '%s' '回执原文' > receipt.txt
     printf '%s' '回执' | xxd -r -p > receipt.sig
     openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in receipt.txt -sigfile receipt.sig

   显示 Signature Verified Successfully，即原文一字未改。

3. 交卷时封存全部作答：按序号写成一行 JSON，没有空格：

     [答卷编号,[[序号,题号,"作答","时间"],…]]

   封存值是这行文字的 SHA-256；封存签名是对“seal 1|封存值”的 Ed25519 签名，核对方法同上。

4. 回执号由封存值得出：取封存值的前 24 位十六进制数，连续 {length} 次除以字母表的长度，
   每次的余数依次对应字母表中的一个字符。字母表：{alphabet}
""")

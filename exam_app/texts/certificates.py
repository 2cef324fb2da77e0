"""texts.certificates — words for refusals about certificates."""

from exam_app.certificates.states import CertificateState

WORDS = {
    "no_such_certificate": "没有找到该证书。",
    "not_certifiable": "只有已发布且合格的成绩才能发证，没有发证。请先发布成绩。",
    "revocation_reason_missing": "撤销证书必须写明原因（不超过 300 字），没有撤销。",
    "certificates_unprinted": "下列证书中有字体不含的字，没有生成：{numbers}。"
    "其余证书已生成。请联系系统管理员补充字体后再打印。",
}

STATES = {
    CertificateState.VALID: "有效",
    CertificateState.REVOKED: "已撤销",
}

"""texts.readiness — words for what the self-check finds: what was looked at, how it stands, what to do."""

from exam_app.base.i18n import gettext as _
from exam_app.readiness.findings import Finding

WORDS: dict[str, str] = {}

FINDINGS: dict[str, tuple[str, str, str]] = {
    "database": ("数据库", "可以连接（{kind}）。", ""),
    "schema": (
        "数据库结构",
        "与程序版本一致（{head}）。",
        "版本是 {head}，应为 {wanted}。请运行 flask db upgrade。",
    ),
    "keys_readable": (
        "密钥",
        "齐全，可以读取。",
        "有密钥文件缺失或读不了。不要重建，请从备份恢复 keys 文件夹后再启动。",
    ),
    "keys_private": (
        "密钥权限",
        "只有运行本系统的用户可读。",
        "其他用户也能读：{names}。请把权限改为仅本用户可读（chmod 600）。",
    ),
    "fonts": ("打印字体", "齐全，生僻字可以印出。", "缺字：{characters}。请重新安装本系统的字体文件。"),
    "disk": ("磁盘", "剩余 {free} MB。", "只剩 {free} MB，至少要 {least} MB。请清理磁盘或换一块。"),
    "temporary": ("临时文件夹", "可以写入。", "{folder} 不能写入。请检查权限或磁盘。"),
    "certificate": (
        "加密证书",
        "还有 {days} 天到期。",
        "还有 {days} 天到期（负数表示已过期）。请删去 tls 文件夹中本机的证书后重新启动，或换用新证书。",
    ),
    "certificate_none": ("加密证书", "没有由本系统管理的证书（只在本机使用，或由前面的代理负责）。", ""),
    "clock": ("服务器时间", "准确。", "与数据库中的时间相差 {seconds} 秒。请校准服务器时间，再开考。"),
    "scheduler": (
        "调度程序",
        "运行中，到时自动收卷。",
        "没有运行，到时不会自动收卷。请重新启动系统（flask serve）。",
    ),
    "scheduler_rests": ("调度程序", "没有运行，系统启动后会自动运行。", ""),
    "record": ("审计链", "核对 {count} 条，没有问题。", "核对 {count} 条，有 {faults} 处问题。请报告审计管理员核查。"),
    "backup": (
        "备份",
        "最近一次在 {days} 天前。",
        "最近一次已是 {days} 天前，至少每 {most} 天一次。请运行 flask backup 文件名。",
    ),
    "backup_missing": ("备份", "", "还没有备份过。请运行 flask backup 文件名，把文件拷到另一台设备。"),
    "backup_unneeded": ("备份", "还没有正式数据，不需要。", ""),
    "exam_announced": ("发布", "考试已发布。", "考试还没有发布，或已经取消，考生进不来。请在考试页面发布。"),
    "exam_people": ("名册", "{people} 人。", "名册里还没有人。请导入名册。"),
    "exam_plans": ("组卷方案", "", "{organs}的考生没有组卷方案。请在考试页面选定。"),
    "exam_papers": (
        "试卷",
        "名册上 {people} 人都能抽出试卷。",
        "有 {short} 人抽不出试卷（{organs}），除去本人以前考过的题，剩下的不够。请增加试题或调整组卷方案。",
    ),
    "exam_codes": ("准考证", "已打印。", "打印之后名册又加了人。请重新打印准考证。"),
    "exam_codes_unprinted": ("准考证", "名册里还没有人，不用打印。", "还没有打印，考生没有考试码。请打印准考证。"),
    "exam_disk": (
        "磁盘够存答卷",
        "剩余 {free} MB，预计最多用到 {wanted} MB。",
        "剩余 {free} MB，预计要 {wanted} MB。请清理磁盘或换一块。",
    ),
    "exam_backup": (
        "考前备份",
        "{hours} 小时内备份过。",
        "{hours} 小时内没有备份过。开考前请运行 flask backup 文件名。",
    ),
    "exam_rehearsed": (
        "演练",
        "按 {candidates} 人演练过，本机承受得住。",
        "按 {candidates} 人演练过，本机承受不住。请换一台机器或分批考试，再运行 flask rehearse {exam}。",
    ),
    "exam_unrehearsed": ("演练", "", "这场考试还没有在本机演练过。请在服务器上运行 flask rehearse {exam}。"),
}


def title_of(finding: Finding) -> str:
    """Return what was looked at."""
    return _(FINDINGS[finding.check][0])


def words_of(finding: Finding) -> str:
    """Return how it stands, and what to do where it does not stand well."""
    _title, fine, wrong = FINDINGS[finding.check]
    return _(fine if finding.is_fine else wrong, **finding.facts)

// web.static.js.exam.words — every sentence that the exam page says from a script.

const LETTERS = "ABCDEFGHIJ";

export const KINDS = { single: "单选", multiple: "多选", true_false: "判断" };

export const STATUS = { saved: "本题已保存", saving: "本题正在保存…", unsent: "本题尚未上传，已存在本机" };

export const words = {
  opening: { title: "正在打开试卷…", lines: ["请稍候，不要关闭窗口。"] },
  unreachable: { title: "暂时连不上服务器", lines: ["正在自动重试，请不要关闭窗口。", "如一直不能打开，请举手告知监考人员。"] },
  signedOut: {
    title: "请重新进入考试",
    lines: ["登录已失效，或页面停留过久。已保存的作答不会丢失。"],
    button: "返回首页",
  },
  notNow: { title: "现在还不能作答", retry: "再试一次", button: "返回首页" },
  elsewhere: {
    title: "考试已在另一个窗口打开，在此继续？",
    lines: ["在此继续后，原来的窗口将不能再作答；已作的答案都会带过来。", "不在此继续，请关闭本窗口，回到原来的窗口。"],
    button: "在此继续",
  },
  takenHere: {
    title: "考试已在另一个窗口继续",
    lines: ["请到那个窗口作答，本窗口可以关闭。已作的答案都已带过去。"],
    button: "返回首页",
  },
  replaced: {
    title: "本场考试已在另一台电脑继续",
    lines: ["请在那台电脑上作答；监考人员为您改用纸笔的，请在纸质答卷上作答。已保存的答案都在。", "如果不是您本人或监考人员更换的电脑，请马上举手告知监考人员。"],
    button: "返回首页",
  },
  closed: {
    submitted: "您已交卷",
    expired: "考试时间到，试卷已自动交上",
    voided: "本场考试已由考务人员终止",
    unknown: "本场考试已经结束",
    lines: ["已保存的作答都完整保留。", "成绩发布后，可在首页查看；如有疑问，请向监考人员提出。"],
    button: "返回首页",
    late: (count) => `有 ${count} 题在收卷之后才送达，已如实留存，是否计入由考务人员按规定处理。`,
    kept: (count) => `有 ${count} 题没能送达，仍存在这台电脑上，请告知监考人员。`,
  },
  receipt: {
    title: "交卷成功",
    codeLabel: "交卷回执",
    answered: (answered, total, late) => `共 ${total} 题，已作答 ${answered} 题${late ? "" : "，全部保存"}。`,
    check: "核对交卷回执",
    lines: ["请记下回执号，或请监考人员核对后离场。", "成绩由考务人员发布，发布后可在首页查看。"],
    button: "返回首页",
  },
  rehearsed: {
    title: "您已会用",
    answered: (answered, total) => `共 ${total} 题，您作答了 ${answered} 题。`,
    lines: ["正式考试与刚才的界面完全一样：选好就自动保存，最后交卷。", "练习不计成绩，可以随时再来一遍。"],
    button: "返回首页",
  },

  saved: (time) => `${time} 已保存`,
  untouched: "作答会自动保存",
  saving: "正在保存…",
  offline: "网络中断，已存在本机，恢复后自动上传",
  offlineWeak: "网络中断，答案只在本页，请不要关闭窗口",
  unsentCount: (count) => `${count} 题待上传`,
  backOnline: "网络已恢复，答案已全部上传。",
  weak: "这台电脑不能暂存答案（隐私窗口，或存储空间已满）。联网时答案照常保存到服务器；断网时请不要关闭或刷新本页。",
  emergency: {
    button: "保存应急文件",
    away: "网络还没有恢复，可以继续答题。一直不恢复时，请保存应急文件，举手交给监考人员，用 U 盘拷到监考电脑。",
    timeUp: "时间到，还有答案没能上传。请保存应急文件，举手交给监考人员，用 U 盘拷到监考电脑。",
    trouble: "如果网络一直不恢复，请保存应急文件，举手交给监考人员，用 U 盘拷到监考电脑。",
    fileName: ({ admissionNumber, seat }) => `应急文件-${admissionNumber}-${seat}.exam`,
    saved: (name) => `已存到本机“下载”文件夹：${name}。再改答案后请重新保存；不要关闭窗口。`,
  },
  disputed: (slots) => `第 ${slots.join("、")} 题在另一台电脑上改过，现以那次作答为准，已标记“待检查”，请核对。`,
  restored: (count) => `已找回上次未上传的 ${count} 题，正在自动上传。`,

  timeUp: "时间到，正在自动交卷，请稍候…",
  minutesLeft: (minutes) => `离考试结束还有 ${minutes} 分钟。`,
  extraTime: (minutes) => `考试时间已延长 ${minutes} 分钟。`,
  timeWords: (ms) => spokenTime(ms),
  clockLabel: (isLast) => (isLast ? "最后 5 分钟" : "剩余时间"),
  clockUnit: (isLast) => (isLast ? "分 : 秒" : "时 : 分"),

  who: ({ name, admissionNumber, seat }) =>
    [name, admissionNumber && `准考证号 ${admissionNumber}`, seat && `座位 ${seat}`].filter(Boolean).join("　"),
  mode: (bookMode, fullMarks) => [bookMode, fullMarks && `满分 ${fullMarks} 分`].filter(Boolean).join("　"),
  number: (slot) => `第 ${slot} 题`,
  total: (total) => ` / 共 ${total} 题`,
  chooseMany: "可选两项或更多",
  answeredCount: (answered, total) => `已答 ${answered} / ${total}`,
  flag: "待检查",
  flagged: "已标待检查",
  clear: "清除本题作答",
  next: "下一题",
  toHandIn: "检查并交卷",
  mapLabel: (slot, { answered, flagged, unsent }) =>
    [`第 ${slot} 题`, answered ? "已作答" : "未作答", flagged && "待检查", unsent && "待上传"].filter(Boolean).join("，"),

  understood: "知道了",

  handIn: {
    title: "确定交卷吗？",
    counts: (answered, total) => `共 ${total} 题，已作答 ${answered} 题。`,
    complete: "所有题目都已作答。",
    unanswered: (count) => `未作答 ${count} 题，点题号可回去作答：`,
    flagged: (count) => `待检查 ${count} 题，点题号可回去检查：`,
    unsent: (count) => `有 ${count} 题尚未上传，交卷时会一并送出。`,
    goTo: (slot) => `去第 ${slot} 题`,
    final: "交卷后不能再修改。",
    sending: "正在交卷，请稍候…",
    trouble: "网络中断，尚未交上。答案都在，恢复后会自动交卷，请不要关闭窗口。",
    early: (minutes) => `按本场考试规定，还需 ${minutes} 分钟才可以交卷。`,
    refused: "现在还不能交卷，请举手告知监考人员。",
  },
  toy: {
    title: "答题练习",
    candidate: "练习考生",
    section: "练习题",
    note: "三道小题，熟悉操作，不计成绩。",
    questions: [
      { kind: "single", stem: "一年有几个月？", options: ["6 个月", "10 个月", "12 个月", "24 个月"] },
      { kind: "multiple", stem: "下列哪些是一年中的季节？", options: ["春季", "夏季", "雨伞", "冬季"] },
      { kind: "true_false", stem: "一个星期有七天。", options: ["正确", "错误"] },
    ],
    code: "练习",
  },
};

export const letterOf = (index) => LETTERS[index];

const wholeSeconds = (ms) => Math.max(0, Math.ceil(ms / 1000));

export const isLastMinutes = (ms) => wholeSeconds(ms) < 300;

export function clockDigits(ms) {
  const seconds = wholeSeconds(ms);
  const pair = (number) => String(number).padStart(2, "0");
  if (isLastMinutes(ms)) return `${pair(Math.floor(seconds / 60))}:${pair(seconds % 60)}`;
  return `${pair(Math.floor(seconds / 3600))}:${pair(Math.floor(seconds / 60) % 60)}`;
}

// The wall time of the exam room, whatever zone this computer believes it is in.
export function timeOfDay(iso) {
  return new Intl.DateTimeFormat("zh-CN", {
    timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
  }).format(new Date(iso));
}

function spokenTime(ms) {
  const seconds = wholeSeconds(ms);
  if (isLastMinutes(ms)) return `剩余 ${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
  return `剩余 ${Math.floor(seconds / 3600)} 小时 ${Math.floor(seconds / 60) % 60} 分`;
}

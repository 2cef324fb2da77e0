"""texts.incidents — words for refusals around outages."""

WORDS = {
    "no_seat_chosen": "没有选择座位，没有补时。请勾选要补时的座位后再提交。",
}

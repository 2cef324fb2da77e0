#!/bin/sh
# Prints the path of a Chromium that the tests can drive; installs Debian's, with a Chinese font and what the
# driver needs, where something is missing and this user may.
find_it() {
    for name in "$EXAM_CHROMIUM" chromium chromium-browser google-chrome; do
        [ -n "$name" ] && command -v "$name" && return 0
    done
    return 1
}
driver_runs() {
    .venv/lib/python3*/site-packages/playwright/driver/node --version >/dev/null 2>&1
}
install() {
    command -v apt-get >/dev/null || return 1
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    echo "正在安装 $* …" >&2
    $as_root apt-get update -qq >&2
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}
driver_runs || install libatomic1
{ find_it >/dev/null || install chromium fonts-wqy-zenhei; } && driver_runs && find_it || {
    echo "没有可用的 Chromium：浏览器测试会失败。请安装 chromium 和 libatomic1，或用 EXAM_CHROMIUM 指明路径。" >&2
    [ -z "$CI" ]
}

#!/bin/sh
# Prints the path of a Chromium; installs Debian's (with a Chinese font) where there is none and this user may.
find_it() {
    for name in "$EXAM_CHROMIUM" chromium chromium-browser google-chrome; do
        [ -n "$name" ] && command -v "$name" && return 0
    done
    return 1
}
install_it() {
    command -v apt-get >/dev/null || return 1
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    $as_root apt-get update -qq >&2 && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-wqy-zenhei poppler-utils >&2
}
find_it || { echo "没有 Chromium，正在安装 …" >&2; install_it && find_it; } || {
    echo "没有 Chromium：浏览器测试会失败。请安装 chromium，或用 EXAM_CHROMIUM 指明它的路径。" >&2
    [ -z "$CI" ]
}

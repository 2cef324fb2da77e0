# Every command of the house, one line each: `make help`.
PY ?= python3
BIN := .venv/bin
PIP := $(BIN)/python $(firstword $(wildcard vendor/pip-*.whl))/pip install -q --require-hashes --only-binary :all:
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export FLASK_APP := wsgi
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help run serve test test-fast check fix bench chaos failover doctor lock clean

help: ## 显示全部命令 (list the commands)
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: .venv/.runtime ## 演示：装好环境、建库、装入演示数据，在 http://127.0.0.1:8000 打开 (the demo)
	@EXAM_DEMO=1 EXAM_INSTANCE=instance/demo $(BIN)/flask demo --year 2018 --serve

serve: .venv/.runtime ## 正式使用：首次运行引导设置，之后直接启动 (a real office)
	@$(BIN)/flask serve

test: .venv/.dev .venv/.browser ## 全部测试：SQLite、PostgreSQL、真实浏览器 (everything)
	@$(BIN)/python -m pytest -n 2
	@$(BIN)/python -m pytest -n 2 --database=postgresql -m "not browser" tests/audit tests/base tests/bank tests/appointments tests/certificates tests/committees tests/documents tests/exams tests/incidents tests/intake tests/laws tests/meetings tests/operations tests/papers tests/people tests/proceedings tests/requirements tests/results tests/sheets tests/sittings tests/submissions tests/supervision tests/yearbook

test-fast: .venv/.dev ## 只跑不用浏览器的测试，在 SQLite 上 (no browser, SQLite only)
	@$(BIN)/python -m pytest -n 2 -m "not browser"

check: .venv/.dev ## 格式、规范、类型、楼层 (format, lint, types, floors)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: .venv/.dev ## 自动整理格式 (format and fix)
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: .venv/.dev ## 测速：大厅的全部数字，约五分半钟；LONG=1 为长测，含各页面用时 (every figure of the hall; LONG=1 the long form)
	@$(BIN)/python -m benchmarks $(if $(LONG),--long) $(BENCH)

MINUTES ?= 4
CHAOS ?=
chaos: .venv/.dev .venv/.browser ## 混沌试验：边考边杀进程、断网、重放，再逐条核对（MINUTES=4，CHAOS="--candidates 300 --seed 2026"）(nothing is ever lost)
	@$(BIN)/python -m benchmarks.chaos --minutes $(MINUTES) $(CHAOS)

failover: .venv/.dev ## 故障切换：三个节点、nginx、两个调度，逐个杀掉（需要 nginx）(three web nodes, killed in turn)
	@$(BIN)/python -m benchmarks.failover

doctor: .venv/.runtime ## 自检：数据库、字体、密钥、调度 (self-check)
	@$(BIN)/flask doctor

lock: .venv/.dev ## 重新锁定依赖版本，需要 uv (pin dependencies again)
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --extra dev -o requirements-dev.txt

clean: ## 删除环境和缓存，不碰 instance 里的数据 (remove the environment, keep the data)
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@echo "正在建立 Python 环境 …"
	@$(PY) -c 'import sys; sys.exit("需要 Python 3.11 或更新版本") if sys.version_info < (3, 11) else None'
	@$(PY) -m venv --without-pip .venv

.venv/.runtime: $(BIN)/python requirements.txt
	@echo "正在安装运行所需的软件包（逐个核对哈希）…"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.txt
	@echo "正在安装测试所需的软件包 …"
	@$(PIP) -r requirements-dev.txt
	@touch $@

# A real Chromium and a font with Chinese: taken as they are, else installed where this user may; the tests fail loudly without.
.venv/.browser: .venv/.dev
	@sh tests/find_chromium.sh > $@.draft && mv $@.draft $@

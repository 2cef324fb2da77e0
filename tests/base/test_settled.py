"""tests.base.test_settled — a server's garbage collector does not walk over what was built at the start."""

import gc

from flask import Flask

from exam_app.app import settle


def test_what_was_built_at_the_start_is_frozen_and_the_rest_is_not(app: Flask) -> None:
    usual = gc.get_threshold()
    try:
        assert settle(app) is app
        frozen = gc.get_freeze_count()
        later = [[number] for number in range(1000)]
        assert frozen > 100_000
        assert gc.get_freeze_count() == frozen and gc.is_tracked(later[0])
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)

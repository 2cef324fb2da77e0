"""tests.sheets — sittings that go on with pen and paper."""

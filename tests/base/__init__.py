"""tests.base — what every room stands on."""

"""tests.incidents — outages, emergency files, answers on paper."""

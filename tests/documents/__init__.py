"""tests.documents — tests of documents."""

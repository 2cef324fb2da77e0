"""wsgi — what a server runs."""

from exam_app.app import create_app, settle

app = settle(create_app())

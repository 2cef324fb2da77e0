"""wsgi — what a server runs."""

from exam_app.app import create_app

app = create_app()

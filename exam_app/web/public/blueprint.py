"""web.public.blueprint — the blueprint that the pages of this audience hang their routes on."""

from flask import Blueprint

bp = Blueprint("public", __name__, template_folder="templates")

"""web.candidate.blueprint — the blueprint that the pages of this audience hang their routes on."""

from flask import Blueprint

bp = Blueprint("candidate", __name__, template_folder="templates")

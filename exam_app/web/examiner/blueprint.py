"""web.examiner.blueprint — the blueprint that the pages of this audience hang their routes on."""

from flask import Blueprint

bp = Blueprint("examiner", __name__, template_folder="templates")

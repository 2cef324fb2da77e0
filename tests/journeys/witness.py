"""tests.journeys.witness — stands between the exam page and the network and writes down every acknowledgement."""

from typing import Any

from playwright.sync_api import BrowserContext

from tests.journeys.house import House

# The page gets a reply only after it is written down, so nothing it believes to be saved can be missing here.
OVERHEAR = """
const send = window.fetch;
window.fetch = async (address, options) => {
  const reply = await send(address, options);
  const [, sitting, slot] = /sittings\\/(\\d+)\\/(?:answers\\/(\\d+)|hand-in)$/.exec(address) || [];
  if (!sitting || reply.status !== 200) return reply;
  const said = await reply.clone().json().catch(() => null);
  const sent = JSON.parse(options.body);
  if (said && (said.receipt || said.code)) await window.witness(Number(sitting), Number(slot), sent, said);
  return reply;
};
"""


class Witness:
    """What servers acknowledged to browsers: (revision, slot, response) of a sitting, and the receipt where given."""

    def __init__(self) -> None:
        self._heard: dict[int, list[tuple[int, int, str, str]]] = {}

    def watch(self, context: BrowserContext) -> BrowserContext:
        """Overhear every page of the browser from now on."""
        context.expose_binding("witness", lambda _source, *facts: self._note(*facts))
        context.add_init_script(OVERHEAR)
        return context

    def count(self, sitting_id: int) -> int:
        """Return how many answers of the sitting were acknowledged."""
        return len(self._heard.get(sitting_id, []))

    def heard(self, sitting_id: int) -> list[tuple[int, int, str, str]]:
        """Return what was acknowledged of the sitting."""
        return list(self._heard.get(sitting_id, []))

    def lost(self, house: House, sitting_id: int) -> list[tuple[int, int, str, str]]:
        """Return what was acknowledged and is not in the database's journal."""
        kept = house.journal(sitting_id)
        kept_without_receipts = {(*row[:3], "") for row in kept}
        return [heard for heard in self._heard[sitting_id] if heard not in {*kept, *kept_without_receipts}]

    def _note(self, sitting: int, slot: int, sent: dict[str, Any], said: dict[str, Any]) -> None:
        answers = sent.get("answers", [{**sent, "slot": slot}])
        receipt = said.get("receipt", "")
        lines = [(each["revision"], each["slot"], each["response"], receipt) for each in answers]
        self._heard.setdefault(sitting, []).extend(lines)

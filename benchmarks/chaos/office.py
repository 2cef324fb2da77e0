"""benchmarks.chaos.office — the invigilator: signs in and gives seats new codes, as often as it takes."""

import asyncio
import re
from urllib.parse import urlencode

from benchmarks.chaos.candidate import CSRF, FORM
from benchmarks.chaos.fill import INVIGILATOR
from benchmarks.chaos.wire import Line, Message
from tests.factories import PASSWORD

CODE = re.compile("新考试码：([0-9A-Z]{4})-([0-9A-Z]{4})")


class Office:
    """One signed-in invigilator; seats are moved one after another."""

    def __init__(self, host: str, port: int, exam_id: int) -> None:
        self._line = Line(host, port)
        self._exam_id = exam_id
        self._turn = asyncio.Lock()

    async def new_code(self, entry_id: int) -> str:
        """Return the new code of a seat, however long the server is away."""
        seat = f"/exams/{self._exam_id}/board/seats/{entry_id}"
        async with self._turn:
            while True:
                page = await self._line.ask("GET", seat)
                if page.status == 200:
                    answer = await self._post(page, seat + "/new-code", {})
                    shown = await self._line.ask("GET", seat) if answer.status == 302 else answer
                    if found := CODE.search(shown.body.decode(errors="replace")):
                        return found[1] + found[2]
                elif page.status == 302:
                    form = await self._line.ask("GET", "/sign-in")
                    await self._post(form, "/sign-in", {"username": INVIGILATOR, "password": PASSWORD})
                await asyncio.sleep(0.3)

    async def _post(self, page: Message, path: str, values: dict[str, str]) -> Message:
        token = CSRF.search(page.body)
        body = urlencode({**values, "csrf_token": token[1].decode() if token else ""}).encode()
        return await self._line.ask("POST", path, body, FORM)

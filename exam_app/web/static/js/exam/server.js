// web.static.js.exam.server — the exam's five requests; every reply becomes one plain outcome {is: …}.

const PATIENCE_MS = 8000;
const FRESH_MS = 2000; // a reply that travelled longer says nothing sure about the time

export function serverBackend({ startUrl, sittingsUrl }) {
  let base = "";
  let token = "";

  const send = (method, path, body, keepalive = false) =>
    request(base + path, { method, keepalive, body, headers: { "X-Sitting-Token": token } });

  return {
    async start() {
      const headers = { "X-CSRFToken": document.querySelector("meta[name=csrf-token]")?.content ?? "" };
      const { status, body } = await request(startUrl, { method: "POST", body: {}, headers });
      if (status === 200 && body?.token) {
        base = `${sittingsUrl}/${body.sitting}`;
        token = body.token;
        return { is: "started", facts: body };
      }
      if (status === 409 && body) return { is: "not_now", message: body.message };
      if (status === 0 || status === 429 || status >= 500) return { is: "unreachable" };
      return { is: "signed_out" };
    },
    async save({ slot, response, revision, clientAt }, answered, { parting = false } = {}) {
      const reply = await send("PUT", `/answers/${slot}`, { response, revision, clientAt, answered }, parting);
      const { status, body } = reply;
      // A hotel-style login page also answers 200: only a receipt is an acknowledgement.
      if (status === 200 && body?.receipt) return { is: "saved", savedAt: body.savedAt, remainingMs: fresh(reply) };
      if (status === 202 && body?.receipt) return { is: "late", message: body.message };
      return refusal(reply);
    },
    async clock() {
      const reply = await send("GET", "/clock");
      if (reply.status === 200 && Number.isFinite(reply.body?.remainingMs)) return { is: "time", ...reply.body };
      return refusal(reply);
    },
    async handIn(events) {
      const answers = events.map(({ slot, response, revision, clientAt }) => ({ slot, response, revision, clientAt }));
      const reply = await send("POST", "/hand-in", { answers });
      if (reply.status === 200 && reply.body?.code) return { is: "handed", ...reply.body };
      return refusal(reply);
    },
    event(kind) {
      return send("POST", "/events", { kind, clientAt: Date.now() });
    },
  };
}

const fresh = ({ body, travelMs }) => (travelMs < FRESH_MS ? (body.remainingMs ?? NaN) - travelMs / 2 : NaN);

const CONFLICTS = {
  revision_taken: "taken",
  device_replaced: "replaced",
  sitting_closed: "closed",
  too_early: "early",
};

function refusal({ status, body }) {
  const conflict = status === 409 && CONFLICTS[body?.code];
  if (conflict && (conflict !== "taken" || Number.isInteger(body.revision))) {
    return { is: conflict, revision: body.revision, message: body.message };
  }
  const isPassing = status === 0 || status === 429 || status >= 500 || status < 300;
  return { is: isPassing ? "unreachable" : "refused" };
}

async function request(url, { method, body, headers, keepalive }) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), PATIENCE_MS);
  const askedAt = performance.now();
  try {
    const response = await fetch(url, {
      method,
      keepalive,
      cache: "no-store",
      credentials: "same-origin",
      headers: body ? { ...headers, "Content-Type": "application/json" } : headers,
      body: body && JSON.stringify(body),
      signal: controller.signal,
    });
    const travelMs = performance.now() - askedAt;
    return { status: response.status, body: await response.json().catch(() => null), travelMs };
  } catch {
    return { status: 0, body: null };
  } finally {
    clearTimeout(timer);
  }
}

// web.static.js.exam.journal — what this computer remembers of the answers until they are handed in: also what the server
// acknowledged, for a server restored from a backup may lack it. IndexedDB first, localStorage when it fails, memory (with a warning) when both do.

const DATABASE = "exam-journal";
const STORE = "entries";
const PREFIX = "exam-journal:";
const OPEN_PATIENCE_MS = 2000;
const A_DAY_MS = 24 * 3600 * 1000;
const FORGET_AFTER_MS = 7 * A_DAY_MS;

// FNV-1a, 32 bits: finds a torn entry. crypto.subtle does not exist on plain http.
export function checksum(text) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

export async function openJournal(sitting, onWeak) {
  const shelves = [await openDatabaseShelf(), openLocalShelf()].filter(Boolean);
  const journal = new Journal(sitting, shelves, onWeak);
  await journal.load();
  return journal;
}

export const memoryJournal = (sitting) => new Journal(sitting, [], () => {});

class Journal {
  #sitting;
  #shelves;
  #onWeak;
  #entries = new Map();
  #weak = false;

  constructor(sitting, shelves, onWeak) {
    this.#sitting = sitting;
    this.#shelves = shelves;
    this.#onWeak = onWeak;
    if (!shelves.length) this.#weaken();
  }

  get isWeak() {
    return this.#weak;
  }

  async load() {
    for (const shelf of this.#shelves) {
      for (const entry of await shelf.load().catch(() => [])) this.#take(entry, shelf);
    }
  }

  events() {
    const bodies = [...this.#entries.values()].map((entry) => entry.body);
    return bodies.filter((body) => "revision" in body).sort((a, b) => a.revision - b.revision);
  }

  marks() {
    const entry = this.#entries.get(this.#key("marks"));
    return entry ? entry.body : { flags: [], current: null };
  }

  keep(event) {
    this.#put(this.#key(event.slot), event);
  }

  keepMarks(marks) {
    this.#put(this.#key("marks"), marks);
  }

  // `acknowledged`: the server's time; empty where the answer came too late to count. An event that was overtaken by a
  // newer answer to the same question leaves that one in place.
  acknowledge(event, acknowledged) {
    const kept = this.#entries.get(this.#key(event.slot));
    if (!kept || kept.body.revision !== event.revision) return;
    if (acknowledged) this.#put(kept.key, { ...kept.body, acknowledged });
    else this.#remove(kept.key);
  }

  forget(slot) {
    this.#remove(this.#key(slot));
  }

  // Computers of an exam room are shared: after the receipt nothing stays behind.
  wipe() {
    for (const key of [...this.#entries.keys()]) this.#remove(key);
  }

  #key(name) {
    return `${this.#sitting}:${name}`;
  }

  #take(entry, shelf) {
    // Never by its age if it is of this sitting: the clock of this computer may have been set in between.
    const isMine = String(entry.key).startsWith(`${this.#sitting}:`);
    const isOld = !isMine && !(entry.at > Date.now() - (entry.body?.acknowledged ? A_DAY_MS : FORGET_AFTER_MS));
    if (isOld || !isWhole(entry) || entry.checksum !== checksum(JSON.stringify(entry.body))) {
      shelf.remove(entry.key).catch(() => {});
      return;
    }
    if (!isMine) return;
    const known = this.#entries.get(entry.key);
    if (!known || isNewer(entry, known)) this.#entries.set(entry.key, entry);
  }

  #put(key, body) {
    const entry = { key, at: Date.now(), body, checksum: checksum(JSON.stringify(body)) };
    this.#entries.set(key, entry);
    this.#store(entry, 0);
  }

  #store(entry, index) {
    if (index >= this.#shelves.length) {
      this.#weaken();
      return;
    }
    this.#shelves[index].put(entry).catch(() => {
      if (this.#entries.get(entry.key) === entry) this.#store(entry, index + 1);
    });
  }

  #remove(key) {
    this.#entries.delete(key);
    for (const shelf of this.#shelves) shelf.remove(key).catch(() => {});
  }

  #weaken() {
    if (this.#weak) return;
    this.#weak = true;
    this.#onWeak();
  }
}

const isWhole = (entry) => typeof entry?.key === "string" && typeof entry.body === "object" && entry.body !== null;

// Revisions are in order whatever the clock says; marks have none.
function isNewer({ at, body }, known) {
  return "revision" in body && "revision" in known.body ? body.revision > known.body.revision : at > known.at;
}

function openDatabaseShelf() {
  return new Promise((resolve) => {
    // Some private windows leave the request open for ever.
    setTimeout(() => resolve(null), OPEN_PATIENCE_MS);
    try {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
      request.onsuccess = () => resolve(databaseShelf(request.result));
      request.onerror = () => resolve(null);
      request.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

function databaseShelf(database) {
  const within = (mode, act) =>
    new Promise((resolve, reject) => {
      // "strict" survives a power cut; browsers that do not know the option ignore it.
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  return {
    load: () => within("readonly", (store) => store.getAll()),
    put: (entry) => within("readwrite", (store) => store.put(entry)),
    remove: (key) => within("readwrite", (store) => store.delete(key)),
  };
}

function openLocalShelf() {
  try {
    localStorage.setItem(`${PREFIX}probe`, "1");
    localStorage.removeItem(`${PREFIX}probe`);
  } catch {
    return null;
  }
  return {
    load: async () =>
      Object.keys(localStorage)
        .filter((name) => name.startsWith(PREFIX))
        .map((name) => parsed(localStorage.getItem(name)))
        .filter(Boolean),
    put: async (entry) => localStorage.setItem(PREFIX + entry.key, JSON.stringify(entry)),
    remove: async (key) => localStorage.removeItem(PREFIX + key),
  };
}

function parsed(text) {
  try {
    const entry = JSON.parse(text);
    return isWhole(entry) ? entry : null;
  } catch {
    return null;
  }
}

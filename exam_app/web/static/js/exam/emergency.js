// web.static.js.exam.emergency — the bytes of an emergency file: encrypted, then authenticated, by SHA-256 alone.
// crypto.subtle does not exist on plain http; getRandomValues does. incidents/emergency.py reads what is made here.

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;
const NONCE_BYTES = 16;
const DEVICE_DIGITS = 16;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

// FIPS 180-4: fractions of the square roots of the first 8 primes, and of the cube roots of the first 64.
const START = constants("6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19");
const ROUNDS = constants(
  "428a2f9871374491b5c0fbcfe9b5dba53956c25b59f111f1923f82a4ab1c5ed5d807aa9812835b01243185be550c7dc372be5d74" +
    "80deb1fe9bdc06a7c19bf174e49b69c1efbe47860fc19dc6240ca1cc2de92c6f4a7484aa5cb0a9dc76f988da983e5152a831c66d" +
    "b00327c8bf597fc7c6e00bf3d5a7914706ca63511429296727b70a852e1b21384d2c6dfc53380d13650a7354766a0abb81c2c92e" +
    "92722c85a2bfe8a1a81a664bc24b8b70c76c51a3d192e819d6990624f40e3585106aa07019a4c1161e376c082748774c34b0bcb5" +
    "391c0cb34ed8aa4a5b9cca4f682e6ff3748f82ee78a5636f84c878148cc7020890befffaa4506cebbef9a3f7c67178f2",
);

export const textBytes = (text) => new TextEncoder().encode(text);

export const toHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const fromHex = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));

export function sha256(message) {
  const view = new DataView(padded(message).buffer);
  const state = Uint32Array.from(START);
  const schedule = new Uint32Array(ROUNDS.length);
  for (let at = 0; at < view.byteLength; at += BLOCK_BYTES) compress(state, schedule, view, at);
  const hash = new DataView(new ArrayBuffer(HASH_BYTES));
  state.forEach((word, index) => hash.setUint32(index * 4, word));
  return new Uint8Array(hash.buffer);
}

// RFC 2104.
export function hmac(key, message) {
  const short = key.length > BLOCK_BYTES ? sha256(key) : key;
  const block = joined([short, new Uint8Array(BLOCK_BYTES - short.length)]);
  const inner = sha256(joined([block.map((byte) => byte ^ INNER_PAD), message]));
  return sha256(joined([block.map((byte) => byte ^ OUTER_PAD), inner]));
}

// key: the hex digits that the start gave; text: what the file holds. Whose it is stands readable in its first line.
export function emergencyBytes({ sitting, token, key }, text) {
  const secret = fromHex(key);
  const device = toHex(sha256(textBytes(token))).slice(0, DEVICE_DIGITS);
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const masked = mask(hmac(secret, textBytes("encrypt")), nonce, textBytes(text));
  const body = joined([textBytes(`EXAM-EMERGENCY 1 ${sitting} ${device}\n`), nonce, masked]);
  return joined([body, hmac(hmac(secret, textBytes("authenticate")), body)]);
}

// A keystream of HMAC(key, nonce, number of the block).
function mask(key, nonce, plain) {
  const masked = new Uint8Array(plain.length);
  const counter = new DataView(new ArrayBuffer(4));
  for (let at = 0; at < plain.length; at += HASH_BYTES) {
    counter.setUint32(0, at / HASH_BYTES);
    const stream = hmac(key, joined([nonce, new Uint8Array(counter.buffer)]));
    for (let index = at; index < Math.min(at + HASH_BYTES, plain.length); index += 1) {
      masked[index] = plain[index] ^ stream[index - at];
    }
  }
  return masked;
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// A one bit, zeros, and the length in bits as 64 bits, up to whole blocks.
function padded(message) {
  const length = Math.ceil((message.length + 9) / BLOCK_BYTES) * BLOCK_BYTES;
  const whole = new Uint8Array(length);
  whole.set(message);
  whole[message.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(length - 8, Math.floor(message.length / 0x20000000));
  view.setUint32(length - 4, (message.length * 8) >>> 0);
  return whole;
}

function compress(state, schedule, view, at) {
  for (let round = 0; round < ROUNDS.length; round += 1) {
    schedule[round] = round < 16 ? view.getUint32(at + round * 4) : expanded(schedule, round);
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let round = 0; round < ROUNDS.length; round += 1) {
    const sumE = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (h + sumE + ((e & f) ^ (~e & g)) + ROUNDS[round] + schedule[round]) | 0;
    const sumA = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const second = (sumA + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] += word;
  });
}

function expanded(schedule, round) {
  const early = schedule[round - 15];
  const late = schedule[round - 2];
  const small = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
  const large = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
  return (schedule[round - 16] + small + schedule[round - 7] + large) | 0;
}

const turned = (word, by) => (word >>> by) | (word << (32 - by));

function constants(digits) {
  return Uint32Array.from(digits.match(/.{8}/g), (word) => parseInt(word, 16));
}

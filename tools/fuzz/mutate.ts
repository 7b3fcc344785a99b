import type { Chance } from './chance.ts';

export interface Mutable {
  /** What pieces are taken from, too. */
  readonly others: readonly Uint8Array[];
  readonly words: readonly Uint8Array[];
  readonly maxBytes: number;
}

/** One to four changes of `input`, the same for the same chance. */
export function mutated(input: Uint8Array, from: Mutable, chance: Chance): Uint8Array {
  let bytes = input;
  for (let left = chance.size(4); left > 0; left -= 1)
    bytes = chance.pick(changes)(bytes, from, chance).subarray(0, from.maxBytes);
  return Uint8Array.from(bytes);
}

type Change = (bytes: Uint8Array, from: Mutable, chance: Chance) => Uint8Array;

const edges = [0x00, 0x01, 0x20, 0x7f, 0x80, 0xff, 0x0a, 0x0d, 0x22, 0x25, 0x2e, 0x3d, 0x5c];

const changes: readonly Change[] = [
  function flipBit(bytes, _from, chance) {
    const changed = Uint8Array.from(bytes);
    const at = chance.below(bytes.length);
    if (bytes.length > 0) changed[at] = bytes[at]! ^ (1 << chance.below(8));
    return changed;
  },
  function setByte(bytes, _from, chance) {
    const changed = Uint8Array.from(bytes);
    if (bytes.length > 0)
      changed[chance.below(bytes.length)] = chance.oneIn(2)
        ? chance.pick(edges)
        : chance.below(256);
    return changed;
  },
  function remove(bytes, _from, chance) {
    const [start, end] = range(bytes, chance);
    return replaced(bytes, start, end, nothing);
  },
  function insertByte(bytes, _from, chance) {
    const at = chance.below(bytes.length + 1);
    return replaced(bytes, at, at, Uint8Array.of(chance.pick(edges)));
  },
  function insertWord(bytes, { words }, chance) {
    if (words.length === 0) return bytes;
    const at = chance.below(bytes.length + 1);
    return replaced(bytes, at, chance.oneIn(2) ? at : range(bytes, chance)[1], chance.pick(words));
  },
  function cutOff(bytes, _from, chance) {
    return bytes.subarray(0, chance.below(bytes.length));
  },
  function copyWithin(bytes, _from, chance) {
    const at = chance.below(bytes.length + 1);
    const [start, end] = range(bytes, chance);
    return replaced(bytes, at, at, bytes.subarray(start, end));
  },
  function copyFromAnother(bytes, { others }, chance) {
    if (others.length === 0) return bytes;
    const other = chance.pick(others);
    const [start, end] = range(other, chance);
    const at = chance.below(bytes.length + 1);
    return replaced(
      bytes,
      at,
      chance.oneIn(2) ? at : Math.min(bytes.length, at + end - start),
      other.subarray(start, end),
    );
  },
  /** What costs more than its length allows shows when there is much of it. */
  function repeat(bytes, { maxBytes }, chance) {
    const start = chance.below(bytes.length);
    const piece = bytes.subarray(start, start + chance.size(16));
    if (piece.length === 0) return bytes;
    const room = Math.floor((maxBytes - bytes.length) / piece.length);
    const times = room < 1 ? 0 : chance.size(room);
    const run = new Uint8Array(piece.length * times);
    for (let n = 0; n < times; n += 1) run.set(piece, n * piece.length);
    return replaced(bytes, start, start, run);
  },
  function changeNumber(bytes, _from, chance) {
    const width = chance.pick([1, 2, 4]);
    if (bytes.length < width) return bytes;
    const changed = Uint8Array.from(bytes);
    const at = chance.below(bytes.length - width + 1);
    const view = new DataView(changed.buffer, at, width);
    const value = chance.pick([0, 1, bytes.length, bytes.length - at, 0x7fff_ffff, 0xffff_ffff]);
    if (width === 1) view.setUint8(0, value);
    else if (width === 2) view.setUint16(0, value);
    else view.setUint32(0, value);
    return changed;
  },
];

const nothing = new Uint8Array(0);

function range(bytes: Uint8Array, chance: Chance): [start: number, end: number] {
  const start = chance.below(bytes.length);
  return [start, Math.min(bytes.length, start + chance.size(Math.max(1, bytes.length)))];
}

function replaced(bytes: Uint8Array, start: number, end: number, by: Uint8Array): Uint8Array {
  const upTo = Math.max(start, end);
  const result = new Uint8Array(start + by.length + Math.max(0, bytes.length - upTo));
  result.set(bytes.subarray(0, start));
  result.set(by, start);
  result.set(bytes.subarray(upTo), start + by.length);
  return result;
}

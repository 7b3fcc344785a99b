/** One step of a pattern: a literal text, any run of characters, or exactly one character. */
export type Step = string | typeof anyRun | typeof anyOne;

export const anyRun: unique symbol = Symbol('*');
export const anyOne: unique symbol = Symbol('?');

/** Whether the whole of a text fits a pattern. */
export type Matcher = (text: string) => boolean;

/**
 * A pattern that is asked more than once. Between the runs of any characters stand pieces of a known length, which are
 * looked for from left to right: no pattern takes more than |text| × |pattern| / 32 steps, or their time in `indexOf`.
 */
export function matcherOf(steps: readonly Step[]): Matcher {
  const [head, ...rest] = piecesOf(steps) as [Piece, ...Piece[]];
  const tail = rest.pop();
  if (tail === undefined) return (text) => text.length === head.length && head.isAt(text, 0);
  const middle = rest.filter(({ length }) => length > 0);
  const least = [head, tail, ...middle].reduce((sum, { length }) => sum + length, 0);
  return (text) => {
    const end = text.length - tail.length;
    if (text.length < least || !head.isAt(text, 0) || !tail.isAt(text, end)) return false;
    let from = head.length;
    for (const piece of middle) {
      const at = piece.find(text, from);
      if (at === -1 || at + piece.length > end) return false;
      from = at + piece.length;
    }
    return true;
  };
}

/** What stands between two runs: each of its characters is a certain one, or any. */
interface Piece {
  readonly length: number;
  isAt(text: string, index: number): boolean;
  /** The first place at or behind `from`, -1 when there is none. */
  find(text: string, from: number): number;
}

function piecesOf(steps: readonly Step[]): Piece[] {
  const pieces: (string | typeof anyOne)[][] = [[]];
  for (const step of steps)
    if (step === anyRun) pieces.push([]);
    else pieces.at(-1)?.push(step);
  return pieces.map((parts) => (parts.includes(anyOne) ? looseText(parts) : text(parts.join(''))));
}

function text(wanted: string): Piece {
  return {
    length: wanted.length,
    isAt: (whole, index) => whole.startsWith(wanted, index),
    find: (whole, from) => whole.indexOf(wanted, from),
  };
}

function looseText(parts: readonly (string | typeof anyOne)[]): Piece {
  const wanted = parts.flatMap((part) => (typeof part === 'string' ? part.split('') : [undefined]));
  let masks: ReadonlyMap<string | undefined, Uint32Array> | undefined;
  return {
    length: wanted.length,
    isAt: (whole, index) =>
      wanted.every((each, n) => each === undefined || each === whole[index + n]),
    find(whole, from) {
      masks ??= masksOf(wanted);
      return findByMasks(whole, from, masks, wanted.length);
    },
  };
}

/** For each character the places of `wanted` that it may take, a bit for each; under undefined those that any may. */
function masksOf(wanted: readonly (string | undefined)[]): Map<string | undefined, Uint32Array> {
  const words = Math.ceil(wanted.length / 32);
  const any = new Uint32Array(words);
  for (const [n, each] of wanted.entries()) if (each === undefined) any[n >> 5]! |= 1 << (n & 31);
  const masks = new Map<string | undefined, Uint32Array>([[undefined, any]]);
  for (const [n, each] of wanted.entries()) {
    if (each === undefined) continue;
    const mask = masks.get(each) ?? any.slice();
    mask[n >> 5]! |= 1 << (n & 31);
    masks.set(each, mask);
  }
  return masks;
}

/** Shift-And: bit n of `state` says that the first n + 1 characters fit, up to the one just read. @see Baeza-Yates and Gonnet, 1992 */
function findByMasks(
  whole: string,
  from: number,
  masks: ReadonlyMap<string | undefined, Uint32Array>,
  length: number,
): number {
  const any = masks.get(undefined) ?? new Uint32Array(0);
  const state = new Uint32Array(any.length);
  const last = (length - 1) >> 5;
  for (let index = from; index < whole.length; index++) {
    const mask = masks.get(whole[index]) ?? any;
    let carry = 1;
    for (let word = 0; word <= last; word++) {
      const before = state[word]!;
      state[word] = ((before << 1) | carry) & mask[word]!;
      carry = before >>> 31;
    }
    if ((state[last]! >>> ((length - 1) & 31)) & 1) return index - length + 1;
  }
  return -1;
}

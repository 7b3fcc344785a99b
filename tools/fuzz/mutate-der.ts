import { DerError, DerReader, tlv } from '../../src/lib/der.ts';
import type { Chance } from './chance.ts';
import { mutated } from './mutate.ts';

/** An element, as it was or with other content. */
type Tree = { readonly tag: number } & (
  | { readonly content: Uint8Array }
  | { readonly parts: readonly Tree[] }
);

/**
 * Changes an element of DER and writes the lengths around it anew; what is in OCTET STRINGs and BIT STRINGs counts as
 * structure too. Bytes that are no DER are changed like any others.
 */
export function mutatedDer(
  der: Uint8Array,
  chance: Chance,
  isTaken: (path: readonly number[]) => boolean = () => true,
): Uint8Array {
  const roots = read(der, 0);
  if (roots === undefined)
    return mutated(der, { others: [], words: [], maxBytes: der.length + 64 }, chance);
  const places = placesIn(roots).filter(isTaken);
  if (places.length === 0) return der;
  let changed = roots;
  for (let left = chance.size(3); left > 0; left -= 1) {
    const others = places.map((place) => at(changed, place)).filter((each) => each !== undefined);
    changed = replaced(changed, chance.pick(places), (tree) => change(tree, others, chance));
  }
  return Buffer.concat(changed.map(write));
}

function change(tree: Tree, others: readonly Tree[], chance: Chance): readonly Tree[] {
  switch (chance.below(8)) {
    case 0:
      return [];
    case 1:
      return [tree, tree];
    case 2:
      return [{ ...tree, tag: chance.pick(tags) }];
    case 3:
      return others.length === 0 ? [tree] : [chance.pick(others)];
    case 4:
      return others.length === 0 ? [tree] : [tree, chance.pick(others)];
    case 5:
      if ('parts' in tree) return [{ ...tree, parts: tree.parts.toReversed() }];
      return [{ tag: tree.tag, content: chance.pick(contents) }];
    default: {
      const content = 'parts' in tree ? Buffer.concat(tree.parts.map(write)) : tree.content;
      const from = { others: [], words: contents, maxBytes: content.length + 300 };
      return [{ tag: tree.tag, content: mutated(content, from, chance) }];
    }
  }
}

const tags = [1, 2, 3, 4, 5, 6, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1e, 0x30, 0x31, 0xa0];
const contents = [
  '',
  'a.example',
  '*.a.example',
  'xn--a',
  '260230000000Z',
  '20260230000060Z',
  '991231235960Z',
  '\0',
  '\x01',
  '\x7f',
  '\x80',
  '\xff',
  '\0\0',
  '\0\x80',
  '\xc0\xa8\0\x01',
  'http://a/',
  '\x55\x1d\x11',
  '\x55\x1d\x13',
  '\x55\x1d\x0f',
  '\x55\x1d\x25',
  '\x55\x1d\x1e',
  '\x55\x1d\x23',
].map((text) => Buffer.from(text, 'latin1'));

const mostDepth = 12;

/** Undefined for what is no row of elements, or none worth looking into. */
function read(bytes: Uint8Array, depth: number): Tree[] | undefined {
  if (depth > mostDepth || bytes.length === 0) return undefined;
  try {
    const trees: Tree[] = [];
    for (const reader = new DerReader(bytes); reader.peekTag() !== undefined;) {
      const { tag, content } = reader.next();
      const isWrapper = tag === 0x04 || (tag & 0x20) !== 0;
      const parts = isWrapper ? read(content, depth + 1) : undefined;
      trees.push(parts === undefined ? { tag, content } : { tag, parts });
    }
    return trees;
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

function write(tree: Tree): Uint8Array {
  return tlv(tree.tag, 'parts' in tree ? Buffer.concat(tree.parts.map(write)) : tree.content);
}

function placesIn(trees: readonly Tree[], above: readonly number[] = []): (readonly number[])[] {
  return trees.flatMap((tree, index) => {
    const here = [...above, index];
    return 'parts' in tree ? [here, ...placesIn(tree.parts, here)] : [here];
  });
}

function at(trees: readonly Tree[], [index = 0, ...below]: readonly number[]): Tree | undefined {
  const tree = trees[index];
  if (tree === undefined || below.length === 0) return tree;
  return 'parts' in tree ? at(tree.parts, below) : undefined;
}

function replaced(
  trees: readonly Tree[],
  [index = 0, ...below]: readonly number[],
  by: (tree: Tree) => readonly Tree[],
): Tree[] {
  return trees.flatMap((tree, position) => {
    if (position !== index) return [tree];
    if (below.length === 0) return by(tree);
    return 'parts' in tree ? [{ ...tree, parts: replaced(tree.parts, below, by) }] : [tree];
  });
}

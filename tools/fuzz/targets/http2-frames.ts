import fc from 'fast-check';
import {
  block,
  flag,
  frame,
  integer,
  literal,
  number,
  settings,
  type,
  type Field,
} from '../../../src/dataplane/gateway/test-frames.ts';
import type { Chance } from '../chance.ts';
import { mutated } from '../mutate.ts';
import { common } from './bytes.ts';
import { readFrames, type ReadFrame } from './http2-reader.ts';

/** The frames of a client, some of which no client would send. */
export function connections(): fc.Arbitrary<Uint8Array> {
  const piece = fc.oneof(
    { weight: 6, arbitrary: requests() },
    { weight: 2, arbitrary: fc.oneof(...otherFrames()).map((bytes) => () => bytes) },
  );
  return fc
    .array(piece, { minLength: 1, maxLength: 6 })
    .map((all) => Uint8Array.from(Buffer.concat(all.map((each, at) => each(2 * at + 1)))));
}

/** Changes a frame, its place or its number; what is in it has the length that it says. */
export function mutatedFrames(input: Uint8Array, chance: Chance): Uint8Array {
  const frames = readFrames(input);
  if (frames.length === 0)
    return mutated(input, { others: [], words: [], maxBytes: 16 * 1024 }, chance);
  const at = chance.below(frames.length);
  const chosen = frames[at]!;
  const from = { others: [], words: wordsInBlocks, maxBytes: 2_048 };
  const changes: readonly (() => readonly ReadFrame[])[] = [
    () => [],
    () => [chosen, chosen],
    () => [chance.pick(frames), chosen],
    () => [{ ...chosen, flags: chosen.flags ^ (1 << chance.below(8)) }],
    () => [{ ...chosen, kind: chance.below(11) }],
    () => [{ ...chosen, stream: chance.pick([0, 1, 2, 3, chosen.stream + 2, 0x7f_ff_ff_ff]) }],
    () => [{ ...chosen, payload: Buffer.from(mutated(chosen.payload, from, chance)) }],
    () => split(chosen, chance),
  ];
  const changed = frames.toSpliced(at, 1, ...chance.pick(changes)());
  return Uint8Array.from(
    Buffer.concat(changed.map((each) => frame(each.kind, each.flags, each.stream, each.payload))),
  );
}

/** A block of fields in two frames. */
function split(from: ReadFrame, chance: Chance): readonly ReadFrame[] {
  const at = chance.below(from.payload.length + 1);
  const [first, second] = [from.payload.subarray(0, at), from.payload.subarray(at)];
  const flags = from.flags & ~flag.endHeaders;
  return [
    { ...from, flags, payload: first },
    { ...from, kind: type.continuation, flags: flag.endHeaders, payload: second },
  ];
}

const wordsInBlocks = [
  block(['content-length', '5']),
  block(['transfer-encoding', 'chunked']),
  block(['cookie', 'a=b']),
  block(['x', 'a\r\nb: c']),
  block([':path', '/a b']),
  integer(70, 7, 0x80),
  integer(0, 5, 0x20),
  integer(100_000, 5, 0x20),
];

const stream = common(1, 3, 5, 7, 2, 0);

/** HEADERS, perhaps in pieces, and DATA; told which stream is next. */
function requests(): fc.Arbitrary<(next: number) => Buffer> {
  return fc
    .record({
      stream: common(undefined, 1, 2, 0, 9),
      fields: fieldBlocks(),
      isEnded: common(true, false),
      body: fc.array(fc.constantFrom('', 'Z', '0\r\n\r\n', 'GET /smuggled HTTP/1.1\r\n\r\n'), {
        maxLength: 3,
      }),
      padding: common(0, 1, 255),
      trailers: common<Buffer | undefined>(undefined, block(['x-t', '1']), block(['host', 'a'])),
      cut: common(Infinity, 0, 5),
    })
    .map(({ stream: other, fields, isEnded, body, padding, trailers, cut }) => (next: number) => {
      const id = other ?? next;
      const isAlone = body.length === 0 && trailers === undefined;
      const end = isAlone && isEnded ? flag.endStream : 0;
      const [first, second] = [fields.subarray(0, cut), fields.subarray(cut)];
      const head =
        second.length === 0
          ? [frame(type.headers, flag.endHeaders | end, id, first)]
          : [
              frame(type.headers, end, id, first),
              frame(type.continuation, flag.endHeaders, id, second),
            ];
      const data = body.map((text, at) => {
        const isLast = at === body.length - 1 && trailers === undefined && isEnded;
        return dataFrame(id, text, isLast ? flag.endStream : 0, padding);
      });
      const last =
        trailers === undefined
          ? []
          : [frame(type.headers, flag.endHeaders | flag.endStream, id, trailers)];
      return Buffer.concat([...head, ...data, ...last]);
    });
}

function dataFrame(id: number, text: string, flags: number, padding: number): Buffer {
  const content = Buffer.from(text, 'latin1');
  if (padding === 0) return frame(type.data, flags, id, content);
  const padded = Buffer.concat([Buffer.from([padding]), content, Buffer.alloc(padding)]);
  return frame(type.data, flags | flag.padded, id, padded);
}

function fieldBlocks(): fc.Arbitrary<Buffer> {
  const pseudo = fc.tuple(
    common('POST', 'GET', 'HEAD', 'CONNECT', 'TRACE', 'G T', 'GET / HTTP/1.1\r\nX: '),
    common('https', 'http', ''),
    common('shop.test', 'b.shop.test', 'other.test', 'shop.test\r\nX: 1', 'a@shop.test', ''),
    common(
      '/',
      '/a?b=c',
      '*',
      '/ HTTP/1.1\r\nX: 1',
      '',
      'a',
      '/\xe4',
      '/a#b',
      'https://shop.test/',
    ),
  );
  const name = common('x-a', ...oddNames);
  const value = common('a', ...oddValues);
  const odd = fc.oneof(
    fc.constant(integer(2, 7, 0x80)),
    fc.constant(integer(62, 7, 0x80)),
    fc.constant(integer(0, 5, 0x20)),
    fc.constant(Buffer.concat([Buffer.from([0x40]), literal('x-kept'), literal('1')])),
    fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  );
  return fc
    .record({
      pseudo,
      order: common('first', 'last', 'twice'),
      fields: fc.array(fc.tuple(name, value), { maxLength: 3 }),
      cookies: common<readonly Field[]>(
        [],
        [
          ['cookie', 'a=b'],
          ['cookie', 'c=d'],
        ],
      ),
      odd: fc.oneof(
        { weight: 4, arbitrary: fc.constant(Buffer.alloc(0)) },
        { arbitrary: odd, weight: 1 },
      ),
    })
    .map(({ pseudo: [method, scheme, authority, path], order, fields, cookies, odd: bytes }) => {
      const begin: Field[] = [
        [':method', method],
        [':scheme', scheme],
        [':authority', authority],
        [':path', path],
      ];
      const [first, second] = order === 'last' ? [fields, begin] : [begin, fields];
      const third = order === 'twice' ? begin : cookies;
      return Buffer.concat([bytes, block(...first, ...second, ...third)]);
    });
}

const oddNames = [
  'cookie',
  'content-length',
  'transfer-encoding',
  'connection',
  'host',
  'expect',
  'te',
  'upgrade',
  'x-forwarded-for',
  'content_length',
  'X-A',
  'x a',
  'x:',
  'x\r\nhost',
  '',
  '__proto__',
  'constructor',
  ':path',
  ':protocol',
];
const oddValues = [
  '1',
  '5',
  '0',
  'chunked',
  'close',
  'shop.test',
  '100-continue',
  'trailers',
  'websocket',
  'a\r\nx: b',
  'a\nb',
  'a\0',
  ' a ',
  '\xff',
  '',
];

function otherFrames(): fc.Arbitrary<Buffer>[] {
  const size = common(4, 0, 3, 5, 8);
  const value = common(1, 0, 0x7f_ff_ff_ff, 0xff_ff_ff_ff, 65_535);
  const flags = common(0, 1, 4, 8, 0x20, 0xff);
  const pair = fc.tuple(fc.nat({ max: 9 }), value);
  return [
    fc.tuple(stream, value).map(([id, code]) => frame(type.rstStream, 0, id, number(code))),
    fc.tuple(stream, value).map(([id, by]) => frame(type.windowUpdate, 0, id, number(by))),
    fc.array(pair, { maxLength: 4 }).map((pairs) => settings(...pairs)),
    flags.map((each) => frame(type.ping, each & 1, 0, Buffer.alloc(8))),
    fc
      .tuple(value, value)
      .map((pairOf) => frame(type.goaway, 0, 0, Buffer.concat(pairOf.map(number)))),
    fc
      .tuple(fc.nat({ max: 11 }), flags, stream, size)
      .map(([kind, bits, id, length]) => frame(kind, bits, id, Buffer.alloc(length))),
    fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
  ];
}

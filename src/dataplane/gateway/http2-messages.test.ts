import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  block,
  code,
  flag,
  frame,
  get,
  post,
  preface,
  settings,
  type,
  whole,
} from './test-frames.ts';
import type { Field } from './test-frames.ts';
import { RawClient, outcomeOf } from './test-raw-client.ts';
import type { Outcome } from './test-raw-client.ts';
import { RecordingTarget, worldBefore } from './test-recording-target.ts';
import { judgeStreams, streamError } from './test-stream-cases.ts';
import type { StreamCases } from './test-stream-cases.ts';

const method: Field = [':method', 'GET'];
const scheme: Field = [':scheme', 'https'];
const authority: Field = [':authority', 'shop.test'];
const path: Field = [':path', '/'];

/** RFC 9113 §8.1.1: a stream error; an answer may come before it. */
const malformed: readonly Outcome[] = [
  ...streamError(code.protocol, code.internal),
  { status: 400 },
];
const bare = (...fields: readonly Field[]): readonly [Buffer[], readonly Outcome[]] => [
  [frame(type.headers, whole, 1, block(...fields))],
  malformed,
];
const withFields = (...fields: readonly Field[]): readonly [Buffer[], readonly Outcome[]] => [
  [get(1, ...fields)],
  malformed,
];
const withBody = (
  fields: readonly Field[],
  ...frames: readonly Buffer[]
): readonly [Buffer[], readonly Outcome[]] => [[post(1, ...fields), ...frames], malformed];
const data = (text: string, flags = 0): Buffer => frame(type.data, flags, 1, Buffer.from(text));

/** What no target may see as HTTP/1.1, where it would mean another thing or two. */
const cases: StreamCases = {
  '§8.1, framing of messages': {
    'a length that is more than the body': withBody(
      [['content-length', '2']],
      data('Z', flag.endStream),
    ),
    'a length that is less than the body': withBody(
      [['content-length', '1']],
      data('ZZ', flag.endStream),
    ),
    'a length of 0 and a body, which is not passed on': [
      [post(1, ['content-length', '0']), data('Z', flag.endStream)],
      [...malformed, { status: 200 }],
    ],
    'a length and no body': withFields(['content-length', '1']),
    'two lengths that differ': withBody(
      [
        ['content-length', '1'],
        ['content-length', '2'],
      ],
      data('Z', flag.endStream),
    ),
    'two lengths that do not': withBody(
      [
        ['content-length', '1'],
        ['content-length', '1'],
      ],
      data('Z', flag.endStream),
    ),
    'a length with a sign': withBody([['content-length', '+1']], data('Z', flag.endStream)),
    'a list of lengths': withBody([['content-length', '1, 1']], data('Z', flag.endStream)),
    'a length that is none': withBody([['content-length', '']], data('Z', flag.endStream)),
    'a second head that does not end the stream': withBody(
      [],
      frame(type.headers, flag.endHeaders, 1, block(['x', '1'])),
      data('Z', flag.endStream),
    ),
    'pseudo-headers in trailers': withBody([], frame(type.headers, whole, 1, block(path))),
    'a length in trailers': withBody(
      [],
      frame(type.headers, whole, 1, block(['content-length', '60'])),
    ),
    'upper case in trailers': withBody([], frame(type.headers, whole, 1, block(['X', '1']))),
  },
  '§8.2.1, validity of fields': {
    'upper case in a name': withFields(['X', '1']),
    'CR LF in the path': bare(method, scheme, authority, [':path', '/ HTTP/1.1\r\nx: 1']),
    'a space in the path': bare(method, scheme, authority, [':path', '/ HTTP/1.1']),
    'CR LF in the method': bare([':method', 'GET / HTTP/1.1\r\nx:'], scheme, authority, path),
    'a space in the method': bare([':method', 'GET /a'], scheme, authority, path),
    'CR LF in the authority': bare(method, scheme, [':authority', 'shop.test\r\nx: 1'], path),
  },
  '§8.2.2, fields of a connection': {
    'transfer-encoding': withBody(
      [['transfer-encoding', 'chunked']],
      data('0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n', flag.endStream),
    ),
    connection: withFields(['connection', 'keep-alive']),
    'keep-alive': withFields(['keep-alive', '5']),
    'proxy-connection': withFields(['proxy-connection', 'keep-alive']),
    upgrade: withFields(['upgrade', 'h2c']),
    'te of anything but trailers': withFields(['te', 'trailers, gzip']),
  },
  '§8.3, control data': {
    'one that nobody knows': bare(method, scheme, authority, path, [':x', '1']),
    'one of answers': bare(method, scheme, authority, path, [':status', '200']),
    'one after a field': bare(method, scheme, authority, ['x', '1'], path),
    'no method': bare(scheme, authority, path),
    'no scheme': bare(method, authority, path),
    'no path': bare(method, scheme, authority),
    'no authority': bare(method, scheme, path),
    'two methods': bare(method, method, scheme, authority, path),
    'two schemes': bare(method, scheme, scheme, authority, path),
    'two paths': bare(method, scheme, authority, path, path),
    'two authorities': bare(method, scheme, authority, authority, path),
    'an empty path': bare(method, scheme, authority, [':path', '']),
    'a path in absolute form': bare(method, scheme, authority, [':path', 'https://b.test/']),
    'a path without a slash': bare(method, scheme, authority, [':path', 'a']),
    'a star that is no target': bare(method, scheme, authority, [':path', '*']),
    'a fragment': bare(method, scheme, authority, [':path', '/#a']),
    'another scheme': bare(method, [':scheme', 'http'], authority, path),
    'a scheme with a request in it': bare(
      method,
      [':scheme', 'https://b.test/ HTTP/1.1'],
      authority,
      path,
    ),
    'an authority with a user': bare(method, scheme, [':authority', 'a@shop.test'], path),
    'an authority with a path': bare(method, scheme, [':authority', 'shop.test/a'], path),
    'an empty authority': bare(method, scheme, [':authority', ''], path),
    'a host that differs': withFields(['host', 'b.shop.test']),
    'two hosts': withFields(['host', 'shop.test'], ['host', 'shop.test']),
  },
  'what the gateway does not do': {
    TRACE: [
      [frame(type.headers, whole, 1, block([':method', 'TRACE'], scheme, authority, path))],
      [{ status: 405 }],
    ],
    'an expectation that nobody knows': [[get(1, ['expect', 'wonders'])], [{ status: 417 }]],
  },
  '§8.5 and RFC 8441, CONNECT': {
    'of a host': [
      [frame(type.headers, flag.endHeaders, 1, block([':method', 'CONNECT'], authority))],
      [...malformed, { status: 405 }],
    ],
    'of a WebSocket, which was not offered': bare(
      [':method', 'CONNECT'],
      [':protocol', 'websocket'],
      scheme,
      authority,
      path,
    ),
  },
};

test('HTTP/2: a request that HTTP/1.1 could not carry, or could carry in two ways, is refused, and no target sees it', (t) =>
  judgeStreams(t, cases));

/** As a target sees it. */
const passed: Readonly<Record<string, readonly [sent: readonly Buffer[], seen: string]>> = {
  'a request': [[get(1)], 'GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n'],
  'a host in the place of the authority': [
    [frame(type.headers, whole, 1, block(method, scheme, path, ['host', 'shop.test']))],
    'GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n',
  ],
  'a host that is the authority': [
    [get(1, ['host', 'SHOP.test'])],
    'GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n',
  ],
  'te of trailers': [[get(1, ['te', 'trailers'])], 'GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n'],
  'a cookie in crumbs': [
    [get(1, ['cookie', 'a=1'], ['x', '1'], ['cookie', 'b=2'])],
    'GET / HTTP/1.1\r\nHost: shop.test\r\nx: 1\r\ncookie: a=1; b=2\r\n\r\n',
  ],
  'what a client says of others': [
    [get(1, ['x-forwarded-for', '1'], ['x_forwarded_for', '1'], ['forwarded', '1'])],
    'GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n',
  ],
  'a body with its length': [
    [post(1, ['content-length', '2']), data('Z'), data('Z', flag.endStream)],
    'GET / HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 2\r\n\r\nZZ',
  ],
  'a body that looks like chunks': [
    [post(1), data('0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n', flag.endStream)],
    'GET / HTTP/1.1\r\nHost: shop.test\r\nTransfer-Encoding: chunked\r\n\r\n' +
      '1f\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n\r\n0\r\n\r\n',
  ],
  'a body that is empty': [
    [post(1), data('', flag.endStream)],
    'GET / HTTP/1.1\r\nHost: shop.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  'trailers, and those that come too late': [
    [
      post(1, ['trailer', 'x']),
      data('Z'),
      frame(
        type.headers,
        whole,
        1,
        block(['x', '1'], ['authorization', 'a'], ['x-forwarded-for', '1']),
      ),
    ],
    'GET / HTTP/1.1\r\nHost: shop.test\r\ntrailer: x\r\nTransfer-Encoding: chunked\r\n\r\n' +
      '1\r\nZ\r\n0\r\nx: 1\r\n\r\n',
  ],
};

test('HTTP/2: a request reaches the target as the one of HTTP/1.1 that means the same', async (t) => {
  using target = await RecordingTarget.start();
  await using world = await worldBefore(target);
  for (const [what, [sent, seen]] of Object.entries(passed))
    await t.test(what, async () => {
      target.clear();
      using client = await RawClient.connect(world.port);
      client.send(...sent);
      assert.deepEqual(await outcomeOf(client, 1), { status: 200 });
      assert.deepEqual([target.requests, target.rest], [[seen], '']);
    });
});

/** RFC 9113 §8.2.1: none of them may be passed on. nghttp2 leaves such a field out, and the request goes its way. */
const leftOut: Readonly<Record<string, Field>> = {
  'an empty name': ['', '1'],
  'a space in a name': ['x y', '1'],
  'a colon in a name': ['x:y', '1'],
  'CR LF in a name': ['x: 1\r\ny', '1'],
  'a byte above 0x7e in a name': ['x\xe4', '1'],
  'LF in a value': ['x', '1\ncontent-length: 60'],
  'CR in a value': ['x', '1\rcontent-length: 60'],
  'CR LF in a value': ['x', '1\r\ntransfer-encoding: chunked'],
  'a request in a value': ['x', '1\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a'],
  'a null byte in a value': ['x', '\0'],
  'a control character in a value': ['x', '\x01'],
  'a space before a value': ['x', ' 1'],
  'a tab after a value': ['x', '1\t'],
};

test('HTTP/2: a field that HTTP/1.1 could not carry reaches no target, neither in a head nor in trailers', async (t) => {
  using target = await RecordingTarget.start();
  await using world = await worldBefore(target);
  for (const [what, field] of Object.entries(leftOut))
    await t.test(what, async () => {
      target.clear();
      using client = await RawClient.connect(world.port);
      client.send(post(1, field, ['y', '2']), data('Z'));
      client.send(frame(type.headers, whole, 1, block(field, ['z', '3'])));
      assert.deepEqual(await outcomeOf(client, 1), { status: 200 });
      const seen =
        'GET / HTTP/1.1\r\nHost: shop.test\r\ny: 2\r\nTransfer-Encoding: chunked\r\n\r\n' +
        '1\r\nZ\r\n0\r\nz: 3\r\n\r\n';
      assert.deepEqual([target.requests, target.rest], [[seen], '']);
    });
});

const openings: Readonly<Record<string, Buffer>> = {
  'HTTP/1.1': Buffer.from('GET /smuggled HTTP/1.1\r\nHost: shop.test\r\n\r\n'),
  'a preface of another version': Buffer.concat([
    Buffer.from('PRI * HTTP/3.0\r\n\r\nSM\r\n\r\n'),
    settings(),
    get(1),
  ]),
  'no settings after the preface': Buffer.concat([preface, get(1)]),
  'an acknowledgement in the place of settings': Buffer.concat([
    preface,
    frame(type.settings, flag.ack, 0),
    get(1),
  ]),
};

test('HTTP/2: who does not begin as RFC 9113 §3.4 says is sent away', async (t) => {
  using target = await RecordingTarget.start();
  await using world = await worldBefore(target);
  for (const [what, opening] of Object.entries(openings))
    await t.test(what, async () => {
      using client = await RawClient.connect(world.port, opening);
      await client.closed;
      assert.deepEqual(target.requests, []);
    });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MalformedResponse } from './response-head.ts';
import { ResponseParser } from './response-parser.ts';

const ok = 'HTTP/1.1 200 OK\r\n';
const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`;

/** What has been said when `bytes` have come, in these pieces, and the target has closed its side. */
function read(
  pieces: readonly Buffer[],
  { method = 'GET', mayUpgrade = false } = {},
): readonly unknown[] {
  const said: unknown[] = [];
  let body = '';
  const parser = new ResponseParser();
  parser.expect(
    {
      onInform: (status) => said.push(status),
      onHead: ({ status, headers, isKept }) => said.push(status, headers.join('|'), isKept),
      onBody: (part) => (body += part.toString('latin1')),
      onEnd: (trailers, isClean) => said.push(body, trailers.join('|'), isClean),
      onUpgrade: (_head, rest) => said.push('upgrade', rest.toString('latin1')),
    },
    method,
    mayUpgrade,
  );
  try {
    for (const piece of pieces) parser.read(piece);
    parser.close();
  } catch (error) {
    if (!(error instanceof MalformedResponse)) throw error;
    said.push('malformed');
  }
  return said;
}

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

/** RFC 9112, RFC 9110 §15: each could be taken for another answer, or for two. */
const malformed: Readonly<Record<string, string>> = {
  nothing: '',
  'half a head': `${ok}Content-Length: 1\r\n`,
  'no HTTP': 'SSH-2.0-OpenSSH\r\n\r\n',
  'another version': 'HTTP/2.0 200 OK\r\n\r\n',
  'a version in lower case': 'http/1.1 200 OK\r\n\r\n',
  'a status of two digits': 'HTTP/1.1 20 OK\r\n\r\n',
  'a status of four digits': 'HTTP/1.1 2000 OK\r\n\r\n',
  'a status below 100': 'HTTP/1.1 099 OK\r\n\r\n',
  'a status above 599': 'HTTP/1.1 600 OK\r\n\r\n',
  'an empty line before': `\r\n${ok}\r\n`,
  'a control character in the phrase': 'HTTP/1.1 200 O\x00K\r\n\r\n',
  'a bare LF after the status line': 'HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n',
  'a bare LF after a field': `${ok}Content-Length: 0\nX: 1\r\n\r\n`,
  'a bare CR in a value': `${ok}X: 1\rY\r\n\r\n`,
  'a folded line': `${ok}X: 1\r\n 2\r\n\r\n`,
  'a space before a colon': `${ok}Content-Length : 0\r\n\r\n`,
  'a line without a colon': `${ok}Content-Length\r\n\r\n`,
  'an empty name': `${ok}: 1\r\n\r\n`,
  'a length and chunks': `${ok}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  'chunks of HTTP/1.0': 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'another coding': `${ok}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
  identity: `${ok}Transfer-Encoding: identity\r\n\r\n`,
  'two lengths': `${ok}Content-Length: 0\r\nContent-Length: 0\r\n\r\n`,
  'a list of lengths': `${ok}Content-Length: 0, 0\r\n\r\n`,
  'a length with a sign': `${ok}Content-Length: +0\r\n\r\n`,
  'a length of more than 53 bits': `${ok}Content-Length: 9007199254740993\r\n\r\n`,
  'an upgrade nobody asked for': 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n',
  'interim answers without end': 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(33),
  'a head of more than 64 KB': `${ok}X: ${'y'.repeat(65_536)}\r\n\r\n`,
};

test('an answer that could be read in two ways is not one, and nothing of it is passed on', () => {
  for (const [what, text] of Object.entries(malformed)) {
    const said = read([bytesOf(text)]).filter((each) => each !== 103);
    assert.deepEqual(said, ['malformed'], what);
  }
});

const brokenOff: Readonly<Record<string, string>> = {
  'a body that ends early': `${ok}Content-Length: 5\r\n\r\nhalf`,
  'chunks without an end': `${chunked}4\r\nhalf\r\n`,
  'a chunk that ends early': `${chunked}5\r\nhalf`,
  'a size with a sign': `${chunked}+4\r\nhalf\r\n0\r\n\r\n`,
  'a size with 0x': `${chunked}0x4\r\nhalf\r\n0\r\n\r\n`,
  'a size with a space before': `${chunked} 4\r\nhalf\r\n0\r\n\r\n`,
  'no size': `${chunked};a\r\nhalf\r\n0\r\n\r\n`,
  'a size of 64 bits': `${chunked}ffffffffffffffff\r\nhalf`,
  'a size that ends with LF': `${chunked}4\nhalf\r\n0\r\n\r\n`,
  'a chunk that ends with LF': `${chunked}4\r\nhalf\n0\r\n\r\n`,
  'a chunk that is longer': `${chunked}3\r\nhalf\r\n0\r\n\r\n`,
  'an extension with LF': `${chunked}4;a\nb\r\nhalf\r\n0\r\n\r\n`,
  'an extension without end': `${chunked}4;${'a'.repeat(2_000)}`,
  'a trailer that is none': `${chunked}4\r\nhalf\r\n0\r\nX\r\n\r\n`,
  'a trailer that is folded': `${chunked}4\r\nhalf\r\n0\r\nX: 1\r\n 2\r\n\r\n`,
};

test('an answer that breaks off, or whose chunks are none, is never whole', () => {
  for (const [what, text] of Object.entries(brokenOff)) {
    const said = read([bytesOf(text)]);
    assert.deepEqual([said[0], said.at(-1), said.length], [200, 'malformed', 4], what);
  }
});

/** What has one meaning; `said` as `read` gives it. */
const whole: readonly (readonly [text: string, said: readonly unknown[], options?: object])[] = [
  [`${ok}Content-Length: 4\r\n\r\nbody`, [200, 'Content-Length|4', true, 'body', '', true]],
  [
    `${ok}Content-Length:4\t \r\nX:\r\n\r\nbody`,
    [200, 'X||Content-Length|4', true, 'body', '', true],
  ],
  [`HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n`, [200, 'Content-Length|0', true, '', '', true]],
  [
    `${ok}Connection: close, X\r\nX: 1\r\nContent-Length: 0\r\n\r\n`,
    [200, 'Content-Length|0', false, '', '', true],
  ],
  [`HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n`, [200, 'Content-Length|0', false, '', '', true]],
  [`${ok}\r\nuntil it closes`, [200, '', false, 'until it closes', '', true]],
  [
    `${chunked}2;a="b"\r\nbo\r\n02\r\ndy\r\n0\r\nX: 1\r\nContent-Length: 9\r\n\r\n`,
    [200, '', true, 'body', 'X|1', true],
  ],
  [
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\n',
    [100, 103, 204, '', true, '', '', true],
  ],
  [
    'HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\n',
    [304, 'Content-Length|4', true, '', '', true],
  ],
  [
    `${ok}Content-Length: 4\r\n\r\n`,
    [200, 'Content-Length|4', true, '', '', true],
    { method: 'HEAD' },
  ],
  [
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nrest',
    ['upgrade', 'rest'],
    { mayUpgrade: true },
  ],
];

test('an answer is the same in whatever pieces it comes', () => {
  for (const [text, said, options] of whole) {
    const bytes = bytesOf(text);
    assert.deepEqual(read([bytes], options), said, text);
    if (said[0] === 'upgrade') continue;
    assert.deepEqual(
      read(
        [...bytes].map((byte) => Buffer.from([byte])),
        options,
      ),
      said,
      text,
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length }), (at) => {
        const pieces = [bytes.subarray(0, at), bytes.subarray(at)];
        assert.deepEqual(read(pieces, options), said);
      }),
      { numRuns: 50 },
    );
  }
});

test('bytes behind an answer that nobody asked for are never the next answer', () => {
  const poison = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil';
  for (const text of [
    `${ok}Content-Length: 4\r\n\r\nbody${poison}`,
    `${chunked}4\r\nbody\r\n0\r\n\r\n${poison}`,
  ]) {
    const said = read([bytesOf(text)]);
    assert.deepEqual(said.slice(3), ['body', '', false, 'malformed'], text);
  }
});

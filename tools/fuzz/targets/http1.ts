import fc from 'fast-check';
import { closed } from '../../../src/dataplane/gateway/test-world.ts';
import { must, type Subject, type Target } from '../target.ts';
import { anyBytes, common } from './bytes.ts';
import { readRequests } from './http1-reader.ts';
import { mustBeSent, patiently, WatchedGateway } from './watched-gateway.ts';

export const http1Target: Target = {
  about: 'HTTP/1 at the gateway, over TLS: its target gets what was sent, or nothing',
  inputs: fc.oneof({ weight: 6, arbitrary: connections() }, { weight: 1, arbitrary: anyBytes }),
  maxBytes: 40 * 1024,
  words: [
    '\r\n',
    '\n',
    '\r',
    '\r\n\r\n',
    '\0',
    ' ',
    '\t',
    'Content-Length: 1\r\n',
    'Content-Length: 60\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Connection: close\r\n',
    'Expect: 100-continue\r\n',
    'Host: shop.test\r\n',
    '0\r\n\r\n',
    '1\r\nZ\r\n',
    'ffffffffffffffff\r\n',
    ';a=b',
    'GET /smuggled HTTP/1.1\r\nHost: shop.test\r\n\r\n',
    ' HTTP/1.1',
    ' HTTP/1.0',
    '\x0b',
    '\xa0',
  ],
  start,
};

async function start(): Promise<Subject> {
  const gateway = await WatchedGateway.start();
  return {
    async take(bytes) {
      const socket = await gateway.connect();
      let answers = '';
      socket.on('data', (data: Buffer) => (answers += data.toString('latin1')));
      // A connection that was refused may end with a reset.
      const hasClosed = closed(socket);
      socket.end(bytes);
      await patiently('a connection ends when its client has said all', () => socket.destroyed);
      await hasClosed;
      const sent = readRequests(Buffer.from(bytes).toString('latin1'));
      const { whole, rest } = await gateway.settle();
      mustBeSent(whole, sent.whole);
      const { begun } = readRequests(rest);
      must(
        begun === undefined ||
          [...sent.whole, sent.begun].some((each) => each?.target === begun.target),
        'a target gets the beginning of what was sent only',
      );
      for (const [, status = ''] of answers.matchAll(/^HTTP\/1\.1 (\d\d\d) /gm))
        must(!/^50[0234]$/.test(status), `no answer is ${status}`);
    },
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

/** Requests on one connection: most as they should be, with one or two things that are not. */
function connections(): fc.Arbitrary<Uint8Array> {
  return fc
    .array(requests(), { minLength: 1, maxLength: 4 })
    .map((all) => Uint8Array.from(Buffer.from(all.join(''), 'latin1')));
}

function requests(): fc.Arbitrary<string> {
  const method = common('POST', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'TRACE', 'CONNECT', 'PRI', 'get');
  const target = common(
    '/',
    '/a?b=c',
    '/%0d%0aX:1',
    '*',
    'http://shop.test/',
    '//a',
    '/\xe4',
    '/a#b',
  );
  const version = common(
    'HTTP/1.1',
    'HTTP/1.0',
    'HTTP/1.2',
    'HTTP/0.9',
    'HTTP/2.0',
    'http/1.1',
    '',
  );
  const host = common(
    'shop.test',
    'SHOP.test:443',
    'b.shop.test',
    'other.test',
    '',
    'a b',
    'shop.test,a',
  );
  return fc
    .record({
      method,
      target,
      version,
      host,
      fields: fc.array(fields(), { maxLength: 4 }),
      content: contents(),
      end: common('\r\n', '\n', '\r\r\n', '\r'),
    })
    .map(
      ({ method: verb, end, content, ...head }) =>
        `${verb} ${head.target} ${head.version}${end}Host: ${head.host}${end}` +
        `${head.fields.join('')}${content[0]}\r\n${content[1]}`,
    );
}

function fields(): fc.Arbitrary<string> {
  const name = common(
    'X-A',
    'Connection',
    'Content-Length',
    'Transfer-Encoding',
    'Content_Length',
    'Expect',
    'Upgrade',
    'X-Forwarded-For',
    'Cookie',
    'Trailer',
    'TE',
    'Content-Length ',
    ' Content-Length',
    '\tX',
    'X\0',
    '',
  );
  const value = common(
    'a',
    '1',
    'close',
    'keep-alive, X-A',
    'chunked',
    'identity',
    ' chunked ',
    'gzip, chunked',
    '100-continue',
    'websocket',
    'Upgrade',
    '\x0b1',
    'a\rb',
    'a\r\n b',
    '\xff',
    '+1',
  );
  return fc
    .tuple(name, common(': ', ':', ' : ', ''), value, common('\r\n', '\n', '\r'))
    .map((parts) => parts.join(''));
}

/** Fields that say where a body ends, and the body. */
function contents(): fc.Arbitrary<readonly [fields: string, body: string]> {
  const body = fc.oneof(
    fc.constantFrom('', 'Z', '0\r\n\r\n', 'GET /smuggled HTTP/1.1\r\nHost: shop.test\r\n\r\n'),
    fc.string({ unit: 'grapheme-ascii', size: 'medium' }),
  );
  const sized = fc
    .tuple(body, common(0, 1, -1, 60))
    .map(([text, off]) => [`Content-Length: ${text.length + off}\r\n`, text] as const);
  const size = fc.tuple(
    common('', '0', '0x', '+', ' '),
    common(0, 1, 16),
    common('', ';a=b', ' ;a="b"', ' ', ';\n', '\t'),
    common('\r\n', '\n', '\r'),
  );
  const chunk = fc
    .tuple(body, size, common('\r\n', '', '\n', '\r\n\r\n'))
    .map(
      ([text, [before, off, after, end], close]) =>
        `${before}${(text.length + off).toString(16)}${after}${end}${text}${close}`,
    );
  const trailers = common(
    '',
    'X-T: 1\r\n',
    'Content-Length: 5\r\n',
    'Host: a\r\n',
    'X\r\n',
    ' X: 1\r\n',
  );
  const chunked = fc
    .tuple(fc.array(chunk, { maxLength: 3 }), common('0\r\n', '0\n', '', '00;a\r\n'), trailers)
    .map(
      ([chunks, last, end]) =>
        ['Transfer-Encoding: chunked\r\n', `${chunks.join('')}${last}${end}\r\n`] as const,
    );
  return fc.oneof(fc.constant(['', ''] as const), sized, chunked);
}

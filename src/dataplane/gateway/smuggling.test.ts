import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordingTarget, worldBefore } from './test-recording-target.ts';
import { closed, connectTls } from './test-world.ts';

/**
 * Sent at once behind each case, on the same connection: who takes the end of the first for another than we do makes
 * it a request, or a part of one.
 */
const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n';

const get = (fields: string): string => `GET / HTTP/1.1\r\nHost: shop.test\r\n${fields}\r\n`;
const post = (fields: string, body: string): string =>
  `POST / HTTP/1.1\r\nHost: shop.test\r\n${fields}\r\n${body}`;
const chunked = (body: string): string => post('Transfer-Encoding: chunked\r\n', body);
const coded = (fields: string): string => post(fields, '1\r\nZ\r\n0\r\n\r\n');

/** RFC 9112, by section: what it calls an error, or leaves to a recipient that wants to be sure. */
const refused: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '§2.2, lines end with CR LF': {
    'a bare LF after the request line': 'GET / HTTP/1.1\nHost: shop.test\r\n\r\n',
    'a bare LF after a field': 'GET / HTTP/1.1\r\nHost: shop.test\nX: 1\r\n\r\n',
    'a bare LF for the empty line': 'GET / HTTP/1.1\r\nHost: shop.test\r\n\n',
    'a bare CR after the request line': 'GET / HTTP/1.1\rHost: shop.test\r\n\r\n',
    'a bare CR in a value': get('X: 1\rContent-Length: 60\r\n'),
    'a bare CR before a name': get('\rContent-Length: 60\r\n'),
    'a bare CR for the empty line': 'GET / HTTP/1.1\r\nHost: shop.test\r\n\r',
    'CR CR LF': 'GET / HTTP/1.1\r\nHost: shop.test\r\r\n\r\n',
    'a space before the first field': 'GET / HTTP/1.1\r\n Host: shop.test\r\n\r\n',
    'a null byte in a value': get('X: \0\r\n'),
    'a null byte in a name': get('X\0: 1\r\n'),
    'a null byte in the target': 'GET /\0 HTTP/1.1\r\nHost: shop.test\r\n\r\n',
  },
  '§3, the request line': {
    'HTTP/0.9': 'GET /\r\n',
    'a line of HTTP/0.9': 'GET / HTTP/0.9\r\nHost: shop.test\r\n\r\n',
    'HTTP/2.0': 'GET / HTTP/2.0\r\nHost: shop.test\r\n\r\n',
    'HTTP/1.2': 'GET / HTTP/1.2\r\nHost: shop.test\r\n\r\n',
    'the start of HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'a version in lower case': 'GET / http/1.1\r\nHost: shop.test\r\n\r\n',
    'a version with a space': 'GET / HTTP/1.1 \r\nHost: shop.test\r\n\r\n',
    'a tab': 'GET\t/\tHTTP/1.1\r\nHost: shop.test\r\n\r\n',
    'a method in lower case': 'get / HTTP/1.1\r\nHost: shop.test\r\n\r\n',
    'a method that nobody knows': 'GETS / HTTP/1.1\r\nHost: shop.test\r\n\r\n',
    'a request line in the target': 'GET /a HTTP/1.1 HTTP/1.1\r\nHost: shop.test\r\n\r\n',
    'a target in absolute form': 'GET http://shop.test/ HTTP/1.1\r\nHost: shop.test\r\n\r\n',
    'a target of another host': 'GET https://b.test/ HTTP/1.1\r\nHost: shop.test\r\n\r\n',
    'a target in authority form': 'GET shop.test:443 HTTP/1.1\r\nHost: shop.test\r\n\r\n',
    'a target without a slash': 'GET ../a HTTP/1.1\r\nHost: shop.test\r\n\r\n',
    'a star that is no target': 'GET * HTTP/1.1\r\nHost: shop.test\r\n\r\n',
    'a fragment': 'GET /#a HTTP/1.1\r\nHost: shop.test\r\n\r\n',
    'a byte of 0x7f in the target': 'GET /\x7f HTTP/1.1\r\nHost: shop.test\r\n\r\n',
    CONNECT: 'CONNECT shop.test:443 HTTP/1.1\r\nHost: shop.test\r\n\r\n',
    TRACE: 'TRACE / HTTP/1.1\r\nHost: shop.test\r\n\r\n',
  },
  '§3.2, the host': {
    none: 'GET / HTTP/1.1\r\n\r\n',
    two: get('Host: shop.test\r\n'),
    'two that differ': get('host: b.shop.test\r\n'),
    'a list': 'GET / HTTP/1.1\r\nHost: shop.test, b.shop.test\r\n\r\n',
    'a user': 'GET / HTTP/1.1\r\nHost: a@shop.test\r\n\r\n',
    'a path': 'GET / HTTP/1.1\r\nHost: shop.test/a\r\n\r\n',
    'a port that is no number': 'GET / HTTP/1.1\r\nHost: shop.test:443x\r\n\r\n',
  },
  '§5, fields': {
    'a space before the colon': get('Content-Length : 60\r\n'),
    'a tab before the colon': get('Content-Length\t: 60\r\n'),
    'a line without a colon': get('Content-Length\r\n'),
    'a line that starts with a colon': get(':Content-Length: 60\r\n'),
    'a folded line': get('X: 1\r\n Content-Length: 60\r\n'),
    'a folded line of a tab': get('X: 1\r\n\tContent-Length: 60\r\n'),
    'a folded coding': coded('Transfer-Encoding:\r\n chunked\r\n'),
    'a slash in a name': get('Content/Length: 60\r\n'),
    'a parenthesis in a name': get('Content(Length: 60\r\n'),
    'a letter with an umlaut in a name': get('Content-L\xe4nge: 60\r\n'),
    'a control character in a value': get('X: \x0b\r\n'),
    'an expectation that is none': post('Expect: wonders\r\nContent-Length: 1\r\n', 'Z'),
  },
  '§6.1, Transfer-Encoding': {
    'a length before it': coded('Content-Length: 4\r\nTransfer-Encoding: chunked\r\n'),
    'a length after it': coded('Transfer-Encoding: chunked\r\nContent-Length: 4\r\n'),
    'a length of 0': coded('Transfer-Encoding: chunked\r\nContent-Length: 0\r\n'),
    'a length and another coding': coded('Transfer-Encoding: identity\r\nContent-Length: 60\r\n'),
    'in HTTP/1.0':
      'POST / HTTP/1.0\r\nHost: shop.test\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nZ\r\n0\r\n\r\n',
    'twice chunked, in two fields': coded(
      'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n',
    ),
    'twice chunked, in one': coded('Transfer-Encoding: chunked, chunked\r\n'),
    'identity beside chunked': coded(
      'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n',
    ),
    'chunked, identity': coded('Transfer-Encoding: chunked, identity\r\n'),
    'identity, chunked': coded('Transfer-Encoding: identity, chunked\r\n'),
    'identity alone': coded('Transfer-Encoding: identity\r\n'),
    'gzip, chunked': coded('Transfer-Encoding: gzip, chunked\r\n'),
    'gzip alone': coded('Transfer-Encoding: gzip\r\n'),
    xchunked: coded('Transfer-Encoding: xchunked\r\n'),
    chunkedx: coded('Transfer-Encoding: chunkedx\r\n'),
    'in quotes': coded('Transfer-Encoding: "chunked"\r\n'),
    'with a parameter': coded('Transfer-Encoding: chunked;a=b\r\n'),
    'with a comma before': coded('Transfer-Encoding: , chunked\r\n'),
    'with a comma after': coded('Transfer-Encoding: chunked,\r\n'),
    'with a vertical tab': coded('Transfer-Encoding: \x0bchunked\r\n'),
    'with a form feed after': coded('Transfer-Encoding: chunked\x0c\r\n'),
    'with a no-break space': coded('Transfer-Encoding: chunked\xa0\r\n'),
    'with nothing': coded('Transfer-Encoding:\r\n'),
    'in another letter': coded('Transfer-Encoding: chun\u212aed\r\n'.replace('\u212a', '\xe2')),
  },
  '§6.2, Content-Length': {
    'two that differ': post('Content-Length: 1\r\nContent-Length: 2\r\n', 'ZZ'),
    'two that do not': post('Content-Length: 1\r\nContent-Length: 1\r\n', 'Z'),
    'a list': post('Content-Length: 1, 1\r\n', 'Z'),
    'a plus': post('Content-Length: +1\r\n', 'Z'),
    'a minus': post('Content-Length: -1\r\n', 'Z'),
    'a minus and 0': post('Content-Length: -0\r\n', ''),
    'a hexadecimal number': post('Content-Length: 0x1\r\n', 'Z'),
    'an exponent': post('Content-Length: 1e0\r\n', 'Z'),
    'a fraction': post('Content-Length: 1.0\r\n', 'Z'),
    'a space within': post('Content-Length: 1 1\r\n', 'Z'),
    'an underscore within': post('Content-Length: 1_1\r\n', 'Z'),
    'in quotes': post('Content-Length: "1"\r\n', 'Z'),
    nothing: post('Content-Length:\r\n', ''),
    'more than 64 bits': post('Content-Length: 18446744073709551617\r\n', 'Z'),
    'more than 53 bits': post('Content-Length: 9007199254740993\r\n', 'Z'),
    'a vertical tab before': post('Content-Length: \x0b1\r\n', 'Z'),
  },
};

/** RFC 9112 §7.1: the head is good, and passed on; the body is found not to be. */
const brokenOff: Readonly<Record<string, string>> = {
  'a coding with a tab after it': coded('Transfer-Encoding:\tchunked\t\r\n'),
  'a size with a plus': chunked('+1\r\nZ\r\n0\r\n\r\n'),
  'a size with a minus': chunked('-1\r\nZ\r\n0\r\n\r\n'),
  'a size with 0x': chunked('0x1\r\nZ\r\n0\r\n\r\n'),
  'a size with a space before': chunked(' 1\r\nZ\r\n0\r\n\r\n'),
  'a size with a space after': chunked('1 \r\nZ\r\n0\r\n\r\n'),
  'no size': chunked('\r\nZ\r\n0\r\n\r\n'),
  'an extension and no size': chunked(';a=b\r\nZ\r\n0\r\n\r\n'),
  'a size that is no number': chunked('g\r\nZ\r\n0\r\n\r\n'),
  'a size of 64 bits and more': chunked('10000000000000001\r\nZ\r\n0\r\n\r\n'),
  'a size that ends with LF': chunked('1\nZ\r\n0\r\n\r\n'),
  'a size that ends with CR': chunked('1\rZ\r\n0\r\n\r\n'),
  'a chunk that ends with LF': chunked('1\r\nZ\n0\r\n\r\n'),
  'a chunk that does not end': chunked('1\r\nZ0\r\n\r\n'),
  'a chunk that is longer': chunked('1\r\nZZ\r\n0\r\n\r\n'),
  'a last chunk that ends with LF': chunked('1\r\nZ\r\n0\n\r\n'),
  'an extension with LF': chunked('1;a\nb\r\nZ\r\n0\r\n\r\n'),
  'an extension with CR': chunked('1;a\rb\r\nZ\r\n0\r\n\r\n'),
  'an extension with a null byte': chunked('1;a\0\r\nZ\r\n0\r\n\r\n'),
  'a trailer with a space before the colon': chunked('1\r\nZ\r\n0\r\nX : 1\r\n\r\n'),
  'a trailer that is folded': chunked('1\r\nZ\r\n0\r\nX: 1\r\n 2\r\n\r\n'),
  'a trailer that ends with LF': chunked('1\r\nZ\r\n0\r\nX: 1\n\r\n'),
  'a trailer that is a length': chunked('1\r\nZ\r\n0\r\nContent-Length: 60\r\n\r\n'),
  'a trailer that is a coding': chunked('1\r\nZ\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n'),
  'trailers that end with LF': chunked('1\r\nZ\r\n0\r\n\n'),
};

/** What is odd and has one meaning: the target gets that, and then the next request. */
const passed: Readonly<Record<string, readonly [sent: string, seen: string]>> = {
  'an empty line before': [`\r\n${get('')}`, 'GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n'],
  'two spaces before the target': [
    'GET  / HTTP/1.1\r\nHost: shop.test\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n',
  ],
  'spaces around a value': [
    post('Content-Length:\t 1 \t\r\n', 'Z'),
    'POST / HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 1\r\n\r\nZ',
  ],
  'a length with zeros before': [
    post('Content-Length: 001\r\n', 'Z'),
    'POST / HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 001\r\n\r\nZ',
  ],
  'chunked in capitals': [
    coded('TRANSFER-ENCODING: CHUNKED\r\n'),
    'POST / HTTP/1.1\r\nHost: shop.test\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nZ\r\n0\r\n\r\n',
  ],
  'an extension of a chunk': [
    chunked('0001;a=b;c="d"\r\nZ\r\n000;e\r\n\r\n'),
    'POST / HTTP/1.1\r\nHost: shop.test\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nZ\r\n0\r\n\r\n',
  ],
  'a trailer, and one that would come too late': [
    chunked('1\r\nZ\r\n0\r\nX: 1\r\nHost: b.test\r\nX_Forwarded_For: 1\r\n\r\n'),
    'POST / HTTP/1.1\r\nHost: shop.test\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nZ\r\n0\r\nX: 1\r\n\r\n',
  ],
  'a body of GET': [
    get('Content-Length: 1\r\n') + 'Z',
    'GET / HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 1\r\n\r\nZ',
  ],
  'Connection that names what decides': [
    post('Connection: keep-alive, Content-Length, Host, X\r\nX: 1\r\nContent-Length: 1\r\n', 'Z'),
    'POST / HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 1\r\n\r\nZ',
  ],
  'fields of a connection': [
    get(
      'Keep-Alive: 5\r\nProxy-Connection: a\r\nTE: gzip\r\nUpgrade: h2c\r\nHTTP2-Settings: a\r\n',
    ),
    'GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n',
  ],
  'what a client says of others': [
    get('X-Forwarded-For: 1\r\nX-FORWARDED-Host: 2\r\nx-forwarded-anything: 3\r\nForwarded: 4\r\n'),
    'GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n',
  ],
  'an underscore in the place of a hyphen': [
    get('Content_Length: 60\r\nTransfer_Encoding: chunked\r\nX_Forwarded_For: 1\r\nX_a: 1\r\n'),
    'GET / HTTP/1.1\r\nHost: shop.test\r\nX_a: 1\r\n\r\n',
  ],
  'a path that climbs': [
    'GET /a/../%2e%2e/b?c=%0d%0a HTTP/1.1\r\nHost: shop.test\r\n\r\n',
    'GET /a/../%2e%2e/b?c=%0d%0a HTTP/1.1\r\nHost: shop.test\r\n\r\n',
  ],
};

test('a request that could be read in two ways is refused with its connection, and no target sees a byte', async (t) => {
  using target = await RecordingTarget.start();
  await using world = await worldBefore(target);
  for (const [section, cases] of Object.entries(refused))
    for (const [what, bytes] of Object.entries(cases))
      await t.test(`${section}: ${what}`, async () => {
        target.clear();
        const answer = await exchange(world.port, bytes + smuggled);
        assert.match(answer, /^(?:HTTP\/1\.1 (?:4\d\d|50[15]) .*\r\n(?:.+\r\n)*\r\n[^]*)?$/);
        assert.equal(answer.match(/HTTP\/1\.1 /g)?.length ?? 0, answer === '' ? 0 : 1);
        await settle(world.port, target);
        assert.deepEqual([target.requests, target.rest], [[], '']);
      });
});

test('a request whose chunks are not what they say is never whole for a target, and nothing follows it', async (t) => {
  using target = await RecordingTarget.start();
  await using world = await worldBefore(target);
  for (const [what, bytes] of Object.entries(brokenOff))
    await t.test(what, async () => {
      target.clear();
      const answer = await exchange(world.port, bytes + smuggled);
      assert.doesNotMatch(answer, /^HTTP\/1\.1 2/m);
      await settle(world.port, target);
      assert.deepEqual(target.requests, []);
      assert.doesNotMatch(target.rest, /smuggled/);
    });
});

test('a request that is odd and has one meaning reaches the target with that, and the next one with its own', async (t) => {
  using target = await RecordingTarget.start();
  await using world = await worldBefore(target);
  for (const [what, [sent, seen]] of Object.entries(passed))
    await t.test(what, async () => {
      target.clear();
      const answer = await exchange(world.port, sent + smuggled);
      assert.equal(answer.match(/^HTTP\/1\.1 200 /gm)?.length, 2, answer);
      await settle(world.port, target);
      const next = 'GET /smuggled HTTP/1.1\r\nHost: shop.test\r\n\r\n';
      assert.deepEqual([target.requests, target.rest], [[seen, next], '']);
    });
});

/** Sends bytes over TLS, and gives back all that comes until the gateway closes the connection. */
async function exchange(port: number, bytes: string): Promise<string> {
  const { socket } = await connectTls(port, 'TLSv1.3', { ALPNProtocols: ['http/1.1'] });
  let got = '';
  socket.on('data', (data: Buffer) => (got += data.toString('latin1')));
  socket.write(bytes, 'latin1');
  await closed(socket);
  return got;
}

/** What was on its way to the target has come when a later request has been answered. */
async function settle(port: number, target: RecordingTarget): Promise<void> {
  const later = 'GET /later HTTP/1.1\r\nHost: shop.test\r\n';
  assert.match(await exchange(port, `${later}Connection: close\r\n\r\n`), /^HTTP\/1\.1 200 /);
  assert.equal(target.requests.pop(), `${later}\r\n`);
}

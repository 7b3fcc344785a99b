import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { GatewayListener } from '../../aws/gateway-feed.ts';
import { redirectLocation } from './answers.ts';
import { TestWorld, closed, forwardAction, targetGroup, until } from './test-world.ts';

test('a target sees the host as it was asked for, and who asked, whatever the client claims', async () => {
  const seen: IncomingMessage[] = [];
  await using world = await plainWorld((request, response) => {
    seen.push(request);
    response.end();
  });
  await exchange(
    world.port,
    'GET /a?b=%2F HTTP/1.1\r\nHost: Shop.test:8443\r\nX-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: gopher\r\nX-Forwarded-Host: evil.test\r\nForwarded: for=203.0.113.7\r\nX-Odd-CASE: 1\r\n' +
      'Connection: close, X-Hop, Host\r\nX-Hop: 1\r\nTE: trailers\r\nProxy-Authorization: x\r\nKeep-Alive: 5\r\n\r\n',
  );
  const { url, headers, rawHeaders } = seen[0] ?? assert.fail('nothing came');
  assert.equal(url, '/a?b=%2F');
  assert.equal(headers.host, 'Shop.test:8443');
  assert.equal(headers['x-forwarded-for'], '127.0.0.1');
  assert.equal(headers['x-forwarded-proto'], 'http');
  assert.equal(headers['x-forwarded-port'], String(world.port));
  assert.ok(rawHeaders.includes('X-Odd-CASE'));
  for (const name of [
    'x-hop',
    'te',
    'proxy-authorization',
    'keep-alive',
    'x-forwarded-host',
    'forwarded',
  ])
    assert.equal(headers[name], undefined, name);
});

test('the attributes of X-Forwarded-For are obeyed', async () => {
  const seen: (string | string[] | undefined)[] = [];
  await using world = await plainWorld((request, response) => {
    seen.push(request.headers['x-forwarded-for']);
    response.end();
  });
  const mode = 'routing.http.xff_header_processing.mode';
  for (const attributes of [
    { [mode]: 'preserve' },
    { [mode]: 'remove' },
    { [mode]: 'append', 'routing.http.xff_client_port.enabled': 'true' },
  ]) {
    world.controlPlane.put({ ...plainState(world), Attributes: attributes });
    await world.controlPlane.heard();
    await exchange(
      world.port,
      'GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.7\r\nConnection: close\r\n\r\n',
    );
  }
  assert.deepEqual(seen.slice(0, 2), ['203.0.113.7', undefined]);
  assert.match(String(seen[2]), /^203\.0\.113\.7, 127\.0\.0\.1:\d+$/);
});

const refusals: readonly (readonly [what: string, head: string, status: number])[] = [
  [
    'two lengths',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx',
    400,
  ],
  [
    'a length and chunks',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  [
    'another coding',
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
    501,
  ],
  [
    'a coding that is no coding',
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
    501,
  ],
  [
    'chunks in HTTP/1.0',
    'POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  ['two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 400],
  ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['a host that is none', 'GET / HTTP/1.1\r\nHost: a/b\r\n\r\n', 400],
  ['a bare line feed', 'GET / HTTP/1.1\nHost: a\n\n', 400],
  ['a folded line', 'GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n', 400],
  ['a space before the colon', 'GET / HTTP/1.1\r\nHost : a\r\n\r\n', 400],
  ['a null byte', 'GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n', 400],
  ['an absolute target', 'GET http://other/ HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ['a fragment', 'GET /#x HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ['TRACE', 'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n', 405],
  ['a long target', `GET /${'a'.repeat(17_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 414],
  ['a long header', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(17_000)}\r\n\r\n`, 400],
  [
    'long headers',
    `GET / HTTP/1.1\r\nHost: a\r\n${`X: ${'a'.repeat(9_000)}\r\n`.repeat(9)}\r\n`,
    431,
  ],
];

test('what could be read in two ways is refused, and no target sees it', async () => {
  let asked = 0;
  await using world = await plainWorld((_request, response) => {
    asked += 1;
    response.end();
  });
  for (const [what, head, status] of refusals) {
    const answer = await exchange(world.port, head);
    assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), what);
  }
  assert.equal(asked, 0);
});

test('whatever bytes come, the gateway lives, and a target gets well-formed requests only', async () => {
  const bad: string[] = [];
  await using world = await plainWorld((request, response) => {
    if ((request.headersDistinct['host'] ?? []).length > 1) bad.push('hosts');
    if (/[\0-\x20\x7f]/.test(request.url ?? '')) bad.push('url');
    request.resume().on('end', () => response.end('ok'));
  });
  const odd = fc.constantFrom(
    '\r\n',
    '\n',
    '\r',
    '\0',
    ' ',
    '\t',
    ':',
    ',',
    ';',
    '\x0b',
    '\x7f',
    'é',
    '\xff',
    '0',
    'chunked',
    'Host',
    'Content-Length',
    'Transfer-Encoding',
    'Upgrade',
    'Connection',
    'close',
    'websocket',
    'h2c',
    'GET',
    '/',
    '?',
    '#',
    '%',
    '..',
    'HTTP/1.1',
    'HTTP/1.0',
    '1',
    'a',
  );
  const line = fc.array(odd, { maxLength: 6 }).map((parts) => parts.join(''));
  const head = fc
    .tuple(
      fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'CONNECT', 'G\tT', 'PRI'),
      fc.oneof(fc.constant('/'), line),
      fc.array(
        fc.tuple(
          fc.oneof(
            fc.constantFrom(
              'Host',
              'Content-Length',
              'Transfer-Encoding',
              'Connection',
              'Upgrade',
              'Expect',
              'X',
            ),
            line,
          ),
          line,
        ),
        { maxLength: 5 },
      ),
      line,
    )
    .map(
      ([method, target, headers, body]) =>
        `${method} ${target} HTTP/1.1\r\nHost: a\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
    );
  await fc.assert(
    fc.asyncProperty(head, async (bytes) => {
      await exchange(world.port, bytes, 200);
    }),
    { numRuns: 300 },
  );
  assert.deepEqual(bad, []);
  assert.match(
    await exchange(world.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'),
    /200 OK/,
  );
});

const badAnswers: readonly (readonly [what: string, answer: string])[] = [
  ['nothing', ''],
  ['half a head', 'HTTP/1.1 200 OK\r\nContent-'],
  ['no HTTP', 'SSH-2.0-OpenSSH\r\n'],
  [
    'a length and chunks',
    'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  [
    'an upgrade nobody asked for',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
  ],
  ['a status that is none', 'HTTP/1.1 042 No\r\nContent-Length: 0\r\n\r\n'],
  ['a control character', 'HTTP/1.1 200 OK\r\nX: \x01\r\nContent-Length: 0\r\n\r\n'],
];

test('a target that answers with nonsense, or not at all, is a 502 with the load balancer’s page', async () => {
  let answer = '';
  const target = createTcpServer((socket) => {
    socket.on('error', () => {}).once('data', () => socket.end(answer, 'latin1'));
  }).listen(0, '127.0.0.1');
  await once(target, 'listening');
  await using world = await plainWorld(undefined, (target.address() as AddressInfo).port);
  for (const [what, bytes] of badAnswers) {
    answer = bytes;
    const got = await exchange(
      world.port,
      'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    );
    assert.match(got, /^HTTP\/1.1 502 Bad Gateway\r\n[^]*<h1>502 Bad Gateway<\/h1>/, what);
  }
  target.close();
  const refused = await exchange(
    world.port,
    'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  );
  assert.match(refused, /^HTTP\/1.1 502 /);
});

test('a target that breaks off half way breaks off for the client', async () => {
  await using world = await plainWorld((_request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half');
    setTimeout(() => response.destroy(), 20);
  });
  const got = await exchange(world.port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  assert.match(got, /half$/);
});

test('a target that says nothing for the idle time is a 504', async () => {
  await using world = await plainWorld(() => {});
  world.controlPlane.put({
    ...plainState(world),
    Attributes: { 'idle_timeout.timeout_seconds': '1' },
  });
  await world.controlPlane.heard();
  const got = await exchange(world.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  assert.match(got, /^HTTP\/1.1 504 Gateway Time-out\r\n/);
});

test('nobody to ask is a 503', async () => {
  await using world = await plainWorld();
  world.controlPlane.put({ ...plainState(world), TargetGroups: [targetGroup([])] });
  await world.controlPlane.heard();
  const got = await exchange(world.port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  assert.match(got, /^HTTP\/1.1 503 Service Temporarily Unavailable\r\n/);
});

test('a request on a pooled connection that the target just closed is repeated only when that is safe', async () => {
  const asked: string[] = [];
  const target = createTcpServer((socket) => {
    let count = 0;
    socket.on('error', () => {});
    socket.on('data', (data) => {
      count += 1;
      asked.push(String(data).split(' ')[0] ?? '');
      if (count > 1) socket.destroy();
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
  }).listen(0, '127.0.0.1');
  await once(target, 'listening');
  await using world = await plainWorld(undefined, (target.address() as AddressInfo).port);
  const ask = (method: string) =>
    exchange(world.port, `${method} / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  assert.match(await ask('GET'), /^HTTP\/1.1 200/);
  assert.match(await ask('GET'), /^HTTP\/1.1 200/, 'repeated on a new connection');
  assert.match(await ask('POST'), /^HTTP\/1.1 502/);
  assert.deepEqual(asked, ['GET', 'GET', 'GET', 'POST']);
  target.close();
});

test('bodies of any framing pass both ways, and are not gathered on the way', async () => {
  await using world = await plainWorld((request, response) => {
    response.setHeader(
      'x-framing',
      request.headers['transfer-encoding'] ?? request.headers['content-length'] ?? 'none',
    );
    request.pipe(response);
  });
  const chunked = await exchange(
    world.port,
    'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n',
  );
  assert.match(chunked, /x-framing: chunked\r\n[^]*abc[^]*de/);
  const counted = await exchange(
    world.port,
    'PUT / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 5\r\n\r\nabcde',
  );
  assert.match(counted, /x-framing: 5\r\n/);
  const none = await exchange(
    world.port,
    'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  );
  assert.match(none, /x-framing: 0\r\n/);
});

test('a client that reads slowly holds the target back', async () => {
  const total = 64 * 1024 * 1024;
  let written = 0;
  await using world = await plainWorld((_request, response) => {
    const chunk = Buffer.alloc(64 * 1024);
    const write = (): void => {
      while (written < total) {
        written += chunk.length;
        if (!response.write(chunk)) return void response.once('drain', write);
      }
      response.end();
    };
    write();
  });
  const client = connect(world.port, '127.0.0.1').on('error', () => {});
  client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  client.pause();
  await sleep(500);
  assert.ok(written < total / 2, `${written} bytes were taken from the target`);
  client.destroy();
});

test('a WebSocket passes, and another upgrade is served as a request', async () => {
  const upgrades: string[] = [];
  await using world = await plainWorld((request, response) => {
    upgrades.push(String(request.headers.upgrade));
    response.end('plain');
  });
  world.target.server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
    upgrades.push(String(request.headers.upgrade));
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\nhello',
    );
    socket.on('data', (data) => socket.write(`echo ${String(data)}`));
    socket.on('error', () => {});
  });
  const client = connect(world.port, '127.0.0.1');
  let got = '';
  client.on('data', (data) => (got += String(data)));
  client.write(
    'GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nearly',
  );
  await until(() => got.includes('echo early'));
  assert.match(got, /^HTTP\/1.1 101 [^]*Sec-WebSocket-Accept: x[^]*hello/);
  client.write('late');
  await until(() => got.includes('echo late'));
  client.destroy();
  const h2c = await exchange(
    world.port,
    'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n',
  );
  assert.match(h2c, /^HTTP\/1.1 200 OK/);
  assert.deepEqual(upgrades, ['websocket', 'undefined']);
});

test('a target that refuses a WebSocket is heard', async () => {
  await using world = await plainWorld();
  world.target.server.on('upgrade', (_request, socket: Socket) => {
    socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nno');
  });
  const got = await exchange(
    world.port,
    'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  );
  assert.match(got, /^HTTP\/1.1 403 Forbidden\r\n[^]*Connection: close\r\n\r\nno$/);
});

test('fixed responses and redirects are answered without a target', async () => {
  await using world = await plainWorld();
  const ask = async (action: GatewayListener['DefaultActions'][0]) => {
    world.controlPlane.put(plainState(world, { DefaultActions: [action] }));
    await world.controlPlane.heard();
    return exchange(
      world.port,
      'GET /a?b HTTP/1.1\r\nHost: shop.test:1\r\nConnection: close\r\n\r\n',
    );
  };
  assert.match(
    await ask({
      Type: 'fixed-response',
      FixedResponseConfig: { StatusCode: '418', MessageBody: 'tea' },
    }),
    /^HTTP\/1.1 418 [^]*Content-Type: text\/plain; charset=utf-8\r\n[^]*\r\n\r\ntea$/,
  );
  assert.match(
    await ask({
      Type: 'redirect',
      RedirectConfig: { StatusCode: 'HTTP_301', Protocol: 'HTTPS', Port: '443' },
    }),
    /^HTTP\/1.1 301 [^]*Location: https:\/\/shop.test\/a\?b\r\n/,
  );
});

test('a WebSocket on a listener that redirects is redirected', async () => {
  await using world = await plainWorld();
  const action = {
    Type: 'redirect',
    RedirectConfig: { StatusCode: 'HTTP_301', Protocol: 'HTTPS', Port: '443' },
  } as const;
  world.controlPlane.put(plainState(world, { DefaultActions: [action] }));
  await world.controlPlane.heard();
  const got = await exchange(
    world.port,
    'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n',
  );
  assert.match(got, /^HTTP\/1.1 301 /);
});

test('a redirect fills in the parts of the request', () => {
  const config = {
    StatusCode: 'HTTP_302',
    Host: 'new.#{host}',
    Path: '/v2/#{path}',
    Query: '#{query}&n=1',
  } as const;
  const front = { protocol: 'HTTP', port: 8080 } as const;
  assert.equal(
    redirectLocation(config, front, 'a:8080', '/x/y?z'),
    'http://new.a:8080/v2/x/y?z&n=1',
  );
});

test('weights share out the requests', async () => {
  const other = createServer((_request, response) => response.end('other')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  await using world = await plainWorld();
  const second = {
    ...targetGroup([{ Id: '127.0.0.1', Port: (other.address() as AddressInfo).port }]),
    TargetGroupArn: 'second',
  };
  const first = targetGroup([{ Id: '127.0.0.1', Port: world.target.port }]);
  const TargetGroups = [
    { TargetGroupArn: first.TargetGroupArn, Weight: 1 },
    { TargetGroupArn: 'second', Weight: 3 },
  ];
  const action = { Type: 'forward', ForwardConfig: { TargetGroups } } as const;
  world.controlPlane.put({
    ...plainState(world, { DefaultActions: [action] }),
    TargetGroups: [first, second],
  });
  await world.controlPlane.heard();
  let others = 0;
  for (let n = 0; n < 200; n += 1) {
    const got = await exchange(
      world.port,
      'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    );
    if (got.endsWith('other')) others += 1;
  }
  assert.ok(others > 110 && others < 185, `${others} of 200`);
  other.close();
});

/** A world whose listener speaks plain HTTP. */
async function plainWorld(handle?: RequestListener, targetPort?: number): Promise<TestWorld> {
  return TestWorld.start(handle, {
    state: (world) => ({
      ...plainState(world),
      ...(targetPort === undefined
        ? {}
        : { TargetGroups: [targetGroup([{ Id: '127.0.0.1', Port: targetPort }])] }),
    }),
  });
}

function plainState(world: TestWorld, listener: Partial<GatewayListener> = {}) {
  return world.state([], { Protocol: 'HTTP', DefaultActions: [forwardAction], ...listener });
}

/** Sends bytes, and gives back all that came until the end, or until `patience` ms after them. */
async function exchange(port: number, bytes: string, patience = 60_000): Promise<string> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  let got = '';
  socket.on('data', (data: Buffer) => (got += data.toString('latin1')));
  socket.write(bytes, 'latin1');
  socket.setTimeout(patience, () => socket.destroy());
  await closed(socket);
  return got;
}

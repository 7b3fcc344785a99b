import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { setDefaultCACertificates } from 'node:tls';
import { testCertificate } from './test-certificates.ts';
import { TestWorld, closed, loadBalancerArn, until } from './test-world.ts';

test('a WebSocket of Node’s client over TLS carries text and bytes of any size both ways, and is closed with its code', async () => {
  await using world = await worldWithEcho();
  const client = new WebSocket(`wss://127.0.0.1:${world.port}/chat?room=1`, ['echo']);
  client.binaryType = 'arraybuffer';
  await once(client, 'open');
  assert.equal(client.protocol, 'echo');
  for (const message of ['hello', 'ü'.repeat(50_000)]) {
    client.send(message);
    const [{ data }] = (await once(client, 'message')) as [MessageEvent];
    assert.equal(data, message);
  }
  const bytes = Buffer.alloc(3_000_000, 'abc');
  client.send(bytes);
  const [{ data }] = (await once(client, 'message')) as [MessageEvent];
  assert.ok(bytes.equals(Buffer.from(data as ArrayBuffer)));
  client.close(3_456, 'enough');
  const [{ code, reason }] = (await once(client, 'close')) as [CloseEvent];
  assert.deepEqual([code, reason], [3_456, 'enough']);
});

test('a WebSocket whose target goes away is closed for the client, and one whose client goes away for the target', async () => {
  const targets: Socket[] = [];
  await using world = await worldWithEcho({ onUpgrade: (socket) => targets.push(socket) });
  const first = new WebSocket(`wss://127.0.0.1:${world.port}/`, ['echo']);
  await once(first, 'open');
  const ended = once(first, 'close') as Promise<[CloseEvent]>;
  targets[0]?.destroy();
  assert.equal((await ended)[0].code, 1_006);
  const second = new WebSocket(`wss://127.0.0.1:${world.port}/`, ['echo']);
  await once(second, 'open');
  const gone = closed(targets[1] ?? assert.fail());
  second.close();
  await gone;
});

test('a WebSocket in which nobody says anything is closed after the idle time', async () => {
  await using world = await worldWithEcho({ idleSeconds: '1' });
  const client = new WebSocket(`wss://127.0.0.1:${world.port}/`, ['echo']);
  await once(client, 'open');
  await once(client, 'close');
});

test('a WebSocket that no target wants is an error for the client', async () => {
  await using world = await worldWithEcho();
  world.target.server.removeAllListeners('upgrade');
  const client = new WebSocket(`wss://127.0.0.1:${world.port}/`, ['echo']);
  await once(client, 'error');
  assert.equal(client.readyState, WebSocket.CLOSED);
});

/** A world whose target echoes, before a certificate that Node's clients trust. */
async function worldWithEcho({
  onUpgrade,
  idleSeconds = '60',
}: {
  readonly onUpgrade?: (socket: Socket) => void;
  readonly idleSeconds?: string;
} = {}): Promise<TestWorld> {
  const certificate = testCertificate(['127.0.0.1']);
  setDefaultCACertificates([certificate.pem]);
  const world = await TestWorld.start((_request, response) => response.end(), {
    state: (all) => ({
      ...all.state([all.controlPlane.associate(certificate, loadBalancerArn)]),
      Attributes: { 'idle_timeout.timeout_seconds': idleSeconds },
    }),
  });
  world.target.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    onUpgrade?.(socket);
    accept(request, socket);
    echo(socket, head);
  });
  await until(() => world.controlPlane.decryptions > 0);
  return world;
}

/** RFC 6455 §4.2.2. */
function accept({ headers }: IncomingMessage, socket: Socket): void {
  const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${createHash('sha1').update(key).digest('base64')}\r\n` +
      `Sec-WebSocket-Protocol: ${headers['sec-websocket-protocol']}\r\n\r\n`,
  );
}

/** Sends each frame back as it came, but unmasked (RFC 6455 §5.2). */
function echo(socket: Socket, head: Buffer): void {
  let unread = head;
  const read = (bytes: Buffer): void => {
    unread = Buffer.concat([unread, bytes]);
    for (let frame = firstFrame(unread); frame !== undefined; frame = firstFrame(unread)) {
      socket.write(frame.unmasked);
      unread = unread.subarray(frame.length);
      if (((frame.unmasked[0] ?? 0) & 15) === 8) socket.end();
    }
  };
  socket.on('error', () => {}).on('data', read);
  read(Buffer.alloc(0));
}

function firstFrame(
  bytes: Buffer,
): { readonly unmasked: Buffer; readonly length: number } | undefined {
  if (bytes.length < 14 && bytes.length < 6 + ((bytes[1] ?? 0) & 127)) return undefined;
  const short = (bytes[1] ?? 0) & 127;
  const sizeBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const size =
    short === 126
      ? bytes.readUInt16BE(2)
      : short === 127
        ? Number(bytes.readBigUInt64BE(2))
        : short;
  const begin = 2 + sizeBytes + 4;
  if (bytes.length < begin + size) return undefined;
  const mask = bytes.subarray(begin - 4, begin);
  const payload = bytes.subarray(begin, begin + size).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  const start = Buffer.from(bytes.subarray(0, 2 + sizeBytes));
  start[1] = short;
  return { unmasked: Buffer.concat([start, payload]), length: begin + size };
}

import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { TestWorld, until } from './test-world.ts';

const has = (program: string, argument: string): boolean =>
  spawnSync(program, [argument]).status === 0;
const skip = has('openssl', 'version') ? false : 'openssl is not installed';

for (const [flag, version] of [
  ['-tls1_2', 'TLSv1.2'],
  ['-tls1_3', 'TLSv1.3'],
] as const) {
  test(
    `openssl: ${version} sessions are resumed until the grant is revoked`,
    { skip },
    async () => {
      await using world = await TestWorld.start();
      using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-gateway-'));
      const session = join(folder.path, 'session');
      const first = await openssl(world.port, flag, '-sess_out', session);
      assert.match(first, new RegExp(`New, ${version}`));
      assert.match(await openssl(world.port, flag, '-sess_in', session), /Reused, TLSv1/);
      world.controlPlane.revoke(world.associated.GrantId);
      await until(
        async () =>
          !/New|Reused/.test(
            (await openssl(world.port, flag)).match(/^(New|Reused), TLS/m)?.[0] ?? '',
          ),
      );
      for (const more of [[], ['-sess_in', session], ['-noservername']]) {
        const after = await openssl(world.port, flag, ...more);
        assert.match(after, /alert handshake failure/, more.join(' '));
        assert.doesNotMatch(after, /Reused, TLS/);
      }
    },
  );
}

test(
  'openssl: TLS 1.1, and a client of no protocol that is spoken here, are refused with an alert',
  { skip },
  async () => {
    await using world = await TestWorld.start();
    assert.match(
      await openssl(world.port, '-tls1_1', '-cipher', 'DEFAULT:@SECLEVEL=0'),
      /alert protocol version/,
    );
    assert.match(await openssl(world.port, '-alpn', 'spdy/3'), /alert no application protocol/);
    assert.match(await openssl(world.port, '-alpn', 'http/1.1,h2'), /ALPN protocol: h2/);
    const Attributes = { 'routing.http2.enabled': 'false' };
    world.controlPlane.put({ ...world.state(), Attributes });
    await world.controlPlane.heard();
    assert.match(await openssl(world.port, '-alpn', 'h2'), /alert no application protocol/);
    assert.match(await openssl(world.port, '-alpn', 'h2,http/1.1'), /ALPN protocol: http\/1.1/);
  },
);

test('openssl: a renegotiation is refused', { skip }, async () => {
  await using world = await TestWorld.start();
  assert.match(
    await run('openssl', clientArguments(world.port, '-tls1_2', '-legacy_renegotiation'), 'R\n'),
    /no renegotiation|wrong version|unexpected/i,
  );
});

test(
  'curl: the certificate and the name are verified, the body is the target’s',
  { skip: has('curl', '--version') ? false : 'curl is not installed' },
  async () => {
    await using world = await TestWorld.start();
    using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-gateway-'));
    const authority = join(folder.path, 'ca.pem');
    writeFileSync(authority, world.certificate.pem);
    const name = `shop.test:${world.port}`;
    const options = ['-sS', '--cacert', authority, '--resolve', `${name}:127.0.0.1`];
    assert.equal(await run('curl', [...options, `https://${name}/`]), 'from the target');
    const wrong = `other.example:${world.port}`;
    assert.match(
      await run('curl', [
        '-sS',
        '--cacert',
        authority,
        '--resolve',
        `${wrong}:127.0.0.1`,
        `https://${wrong}/`,
      ]),
      /no alternative certificate subject name|does not match/,
    );
  },
);

function openssl(port: number, ...more: string[]): Promise<string> {
  // Tickets of TLS 1.3 come with the first answer.
  const request = 'GET / HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n';
  return run('openssl', clientArguments(port, ...more), request);
}

function clientArguments(port: number, ...more: string[]): string[] {
  const name = more.includes('-noservername') ? [] : ['-servername', 'shop.test'];
  return ['s_client', '-connect', `127.0.0.1:${port}`, ...name, ...more];
}

/** What the program says on both its outputs. Its input does not end before it does. */
function run(program: string, args: string[], input = ''): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { timeout: 60_000 }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
    child.stdin?.on('error', () => {});
    child.stdin?.write(input);
  });
}

import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { TestWorld } from '../../src/dataplane/gateway/test-world.ts';

const run = promisify(execFile);
const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

/** Says how much came, and its digest; with trailers. */
const handle: RequestListener = (request, response) => {
  const hash = createHash('sha256');
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    hash.update(chunk);
  });
  request.on('end', () => {
    response.writeHead(200, { trailer: 'x-length' });
    response.write(`${length} ${hash.digest('hex')}`);
    response.addTrailers({ 'x-length': String(length) });
    response.end();
  });
};

const curl = { skip: !has('curl'), timeout: 900_000 };

for (const [option, version] of [
  ['--http1.1', '1.1'],
  ['--http2', '2'],
] as const) {
  test(
    `curl ${option}: a body of 20 MB with its length, in chunks, and after a 100`,
    curl,
    async () => {
      await using world = await TestWorld.start(handle);
      const body = Buffer.alloc(20_000_000, 'holdfast ');
      const wanted = `${body.length} ${createHash('sha256').update(body).digest('hex')}`;
      const folder = mkdtempSync(join(tmpdir(), 'holdfast-curl-'));
      const file = join(folder, 'body');
      writeFileSync(file, body);
      for (const extra of [
        [],
        ['-H', 'Transfer-Encoding: chunked'],
        ['-H', 'Expect: 100-continue'],
      ])
        assert.equal(
          await ask(world, option, ...extra, '--data-binary', `@${file}`),
          `${wanted} ${version} 200`,
        );
      rmSync(folder, { recursive: true });
    },
  );

  test(`curl ${option}: many at once, on few connections`, curl, async () => {
    await using world = await TestWorld.start(handle);
    const { stdout } = await run('curl', [
      ...argumentsFor(world),
      option,
      '--parallel',
      '--parallel-max',
      '50',
      '-o',
      '/dev/null',
      '-w',
      '%{http_version} %{response_code}\\n',
      `https://shop.test:${world.port}/[1-500]`,
    ]);
    assert.deepEqual([...new Set(stdout.trim().split('\n'))], [`${version} 200`]);
  });

  test(
    `curl ${option}: a name that no certificate has is served, and TRACE is not`,
    curl,
    async () => {
      await using world = await TestWorld.start(handle);
      assert.match(await ask(world, option, '-H', 'Host: other.test'), / 200$/);
      assert.match(await ask(world, option, '-X', 'TRACE'), / 405$/);
    },
  );
}

test(
  'h2load: 10,000 requests on 20 connections of 100 streams, and none fails',
  {
    skip: !has('h2load'),
    timeout: 900_000,
  },
  async () => {
    await using world = await TestWorld.start(handle);
    const { stdout } = await run('h2load', [
      '-n10000',
      '-c20',
      '-m100',
      '--header=:authority: shop.test',
      `https://127.0.0.1:${world.port}/`,
    ]);
    assert.match(stdout, /Application protocol: h2\n/);
    assert.match(stdout, /10000 total, 10000 started, 10000 done, 10000 succeeded, 0 failed/);
  },
);

test('nghttp: trailers both ways', { skip: !has('nghttp'), timeout: 900_000 }, async () => {
  let seen: unknown;
  await using world = await TestWorld.start((request, response) => {
    request.on('end', () => (seen = request.trailers));
    handle(request, response);
  });
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-nghttp-'));
  const file = join(folder, 'body');
  writeFileSync(file, 'body');
  const { stdout } = await run('nghttp', [
    '--verbose',
    '--no-verify-peer',
    '--no-content-length',
    '--header=:authority: shop.test',
    `--data=${file}`,
    '--trailer=x-sum: 1',
    `https://127.0.0.1:${world.port}/`,
  ]);
  rmSync(folder, { recursive: true });
  assert.deepEqual(seen, { 'x-sum': '1' });
  assert.match(stdout, /x-length: 4/);
});

function argumentsFor({ port }: TestWorld): string[] {
  return ['-sS', '--insecure', '--resolve', `shop.test:${port}:127.0.0.1`];
}

/** The answer's body, version and status. */
async function ask(world: TestWorld, ...options: readonly string[]): Promise<string> {
  const { stdout } = await run('curl', [
    ...argumentsFor(world),
    ...options,
    '-w',
    ' %{http_version} %{response_code}',
    `https://shop.test:${world.port}/`,
  ]);
  return stdout;
}

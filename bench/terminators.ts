import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { defaultSslPolicy, sslPolicies } from '../src/aws/ssl-policies.ts';
import { policyOptions } from '../src/dataplane/gateway/secure-contexts.ts';
import { testCertificate } from '../src/dataplane/gateway/test-certificates.ts';
import { targetGroup, TestWorld } from '../src/dataplane/gateway/test-world.ts';
import { freePort } from '../test/loopback.ts';

/** A server that ends TLS with a P-256 certificate for `shop.test` and asks one target, in a process of its own. */
export interface Terminator extends Disposable {
  readonly port: number;
  readonly pids: readonly number[];
}

export type TerminatorKind = 'gateway' | 'bare' | 'proxy';

/**
 * `gateway` is ours on a feed that does not change, `bare` is node:https that answers by itself, `proxy` is
 * node:https with undici.
 */
export async function startTerminator(
  kind: TerminatorKind,
  targetPort: number,
): Promise<Terminator> {
  const child = fork(import.meta.filename, [kind, String(targetPort)]);
  const [port] = (await once(child, 'message')) as [number];
  return { port, pids: [child.pid ?? 0], [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

export const nginxVersion = (): string | undefined =>
  /nginx\/(\S+)/.exec(spawnSync('nginx', ['-v'], { encoding: 'utf8' }).stderr ?? '')?.[1];

/** nginx with one worker. Its key is made for the occasion, and its folder is removed. */
export async function startNginx(targetPort: number): Promise<Terminator> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-nginx-'));
  const { pem, privateKey } = testCertificate(['shop.test']);
  writeFileSync(join(folder, 'certificate.pem'), pem);
  writeFileSync(join(folder, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
  });
  const port = await freePort();
  writeFileSync(join(folder, 'nginx.conf'), nginxSettings(folder, port, targetPort));
  const master = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: 'ignore',
  });
  await listening(port);
  return {
    port,
    pids: childrenOf(master),
    [Symbol.dispose]() {
      master.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function nginxSettings(folder: string, port: number, targetPort: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(' ');
  return `daemon off; worker_processes 1; pid ${folder}/pid; error_log /dev/null;
events { worker_connections 4096; }
http {
  access_log off; ${temporary} keepalive_requests 1000000;
  upstream target { server 127.0.0.1:${targetPort}; keepalive 128; keepalive_requests 1000000; }
  server {
    listen 127.0.0.1:${port} ssl backlog=1024;
    ssl_certificate certificate.pem; ssl_certificate_key key.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    location / { proxy_pass http://target; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
`;
}

async function listening(port: number): Promise<void> {
  for (let patience = 200; patience > 0; patience--) {
    const socket = connect({ host: '127.0.0.1', port });
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await wait(20);
  }
  throw new Error('nginx does not listen');
}

function childrenOf({ pid }: ChildProcess): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((each) => Number.isInteger(each) && parentOf(each) === pid);
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

async function serveGateway(targetPort: number): Promise<number> {
  const world = await TestWorld.start(undefined, {
    state: (all) => ({
      ...all.state(),
      TargetGroups: [targetGroup([{ Id: '127.0.0.1', Port: targetPort }])],
    }),
  });
  return world.port;
}

function serveBare(): Promise<number> {
  return listen(createServer(tlsOptions(), (_request, response) => response.end('ok')));
}

function serveProxy(targetPort: number): Promise<number> {
  const target = new Pool(`http://127.0.0.1:${targetPort}`, { connections: 128 });
  return listen(
    createServer(tlsOptions(), (request, response) => {
      const { method = 'GET', url = '/', headers } = request;
      const body = method === 'GET' ? null : request;
      target.stream(
        { method: method as 'GET', path: url, headers: { host: headers.host ?? '' }, body },
        ({ statusCode, headers: answered }) => response.writeHead(statusCode, answered as {}),
        (error) => error && response.destroy(error),
      );
    }),
  );
}

function tlsOptions() {
  const { pem: cert, privateKey } = testCertificate(['shop.test']);
  const policy = sslPolicies.get(defaultSslPolicy);
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
  return { ...(policy === undefined ? {} : policyOptions(policy)), cert, key };
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

if (import.meta.main) {
  const [, , kind, targetPort] = process.argv;
  const start = { gateway: serveGateway, bare: serveBare, proxy: serveProxy }[
    kind as TerminatorKind
  ];
  process.once('disconnect', () => process.exit());
  process.send?.(await start(Number(targetPort)));
}

/**
 * 10,000 certificates on one listener of the gateway: how long the first configuration takes, what each holds while
 * nobody asks for it, and what stays after every one was asked for. The gateway is a process as it runs under the
 * supervisor, and its control plane one in memory, over HTTPS. Linux only.
 *
 *   node bench/gateway-certificates.ts [certificates]
 */
import { connect } from 'node:tls';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { GatewayCertificate } from '../src/aws/gateway-feed.ts';
import { testCertificate } from '../src/dataplane/gateway/test-certificates.ts';
import {
  forwardAction,
  loadBalancerArn,
  targetGroup,
} from '../src/dataplane/gateway/test-world.ts';
import { systemClock } from '../src/lib/clock.ts';
import { silentLog } from '../src/lib/log.ts';
import { SupervisedGateway } from '../src/processes/supervised-gateway.ts';
import { TestGatewayApi } from '../src/processes/test-gateway-api.ts';
import { freePort } from '../test/loopback.ts';
import { cpuMilliseconds } from './cpu-time.ts';
import { row, rowText, type Row, type RowOptions } from './row.ts';

const many = 10_000;
const clients = 16;
/** For the garbage of what came before to go. */
const settlingMilliseconds = 5_000;

interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly idle: number;
  readonly swept: number;
  readonly sweptAgain: number;
}

export async function gatewayCertificates(_options?: RowOptions, count = many): Promise<Row[]> {
  const one = await measure(1);
  const all = await measure(count);
  const certificates = `${count.toLocaleString('en')} certificates`;
  const memory = { unit: 'MB', baselineName: 'the same with one', raw: { one, all } };
  return [
    row({
      name: `Gateway, ready with ${certificates}`,
      unit: 'CPU seconds',
      figure: all.cpuSeconds,
      baselineName: 'the same with one',
      baselineFigure: one.cpuSeconds,
      raw: { one, all },
    }),
    row({
      ...memory,
      name: `PSS, ${certificates}, idle`,
      figure: all.idle,
      baselineFigure: one.idle,
    }),
    row({
      ...memory,
      name: `PSS, ${certificates}, each used once`,
      figure: all.swept,
      baselineFigure: one.swept,
    }),
    row({
      ...memory,
      name: `PSS, ${certificates}, each used twice`,
      baselineName: 'each used once',
      figure: all.sweptAgain,
      baselineFigure: all.swept,
    }),
  ];
}

async function measure(count: number): Promise<Measured> {
  await using api = await TestGatewayApi.start();
  const port = await freePort();
  const names = Array.from({ length: count }, (_, at) => `host-${at}.test`);
  const certificates = names.map((name, at) =>
    api.controlPlane.associate(testCertificate([name]), loadBalancerArn, { isDefault: at === 0 }),
  );
  api.controlPlane.put(loadBalancer(port, certificates));
  const ready = Promise.withResolvers<void>();
  const gateway: SupervisedGateway = new SupervisedGateway({
    vault: {
      enrolHolder: async (holder) => api.controlPlane.enrol(holder),
      removeHolder: () => {},
    },
    configuration: async () => ({ ...api.place, offlineLimitSeconds: undefined }),
    askForCredentials: (id) => gateway.giveCredentials(id, credentials()),
    onReady: ready.resolve,
    onEnd: () => {},
    log: silentLog,
    monotonic: () => systemClock.monotonic(),
  });
  const begin = performance.now();
  gateway.process.start();
  await ready.promise;
  await served(port, names);
  const seconds = (performance.now() - begin) / 1_000;
  const pid = gateway.process.child?.pid ?? 0;
  const cpuSeconds = cpuMilliseconds(pid) / 1_000;
  const size = async (): Promise<number> => {
    await wait(settlingMilliseconds);
    return proportionalSetSize(pid);
  };
  try {
    const idle = await size();
    await sweep(port, names);
    const swept = await size();
    await sweep(port, names);
    return { seconds, cpuSeconds, idle, swept, sweptAgain: await size() };
  } finally {
    await gateway.process.stop(1_000);
  }
}

/** Resolves when the last one is served, as keys come in their order. */
async function served(port: number, names: readonly string[]): Promise<void> {
  const last = names.at(-1) ?? '';
  while (!(await shownNames(port, last)).includes(last)) await wait(50);
}

/** A full handshake under each certificate, each on a connection of its own. */
async function sweep(port: number, names: readonly string[]): Promise<void> {
  const rest = names.values();
  const client = async (): Promise<void> => {
    for (const name of rest)
      if (!(await shownNames(port, name)).includes(name)) throw new Error(`${name} is not served`);
  };
  await Promise.all(Array.from({ length: clients }, client));
}

async function shownNames(port: number, servername: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, servername, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const names = socket.getPeerCertificate().subjectaltname ?? '';
  socket.destroy();
  return names;
}

function loadBalancer(port: number, certificates: readonly GatewayCertificate[]) {
  return {
    LoadBalancerArn: loadBalancerArn,
    Account: '111122223333',
    Region: 'eu-north-1',
    DNSName: 'many.test',
    Address: '127.0.0.1',
    Listeners: [
      {
        ListenerArn: 'listener',
        Protocol: 'HTTPS' as const,
        Port: port,
        Certificates: certificates,
        DefaultActions: [forwardAction],
      },
    ],
    TargetGroups: [targetGroup([])],
  };
}

function credentials() {
  const expiresAt = systemClock.now().epochMilliseconds + 3_600_000;
  return {
    accessKeyId: 'ASIAEXAMPLE',
    secretAccessKey: 'secret',
    sessionToken: 'token',
    expiresAt,
  };
}

/** MB (10⁶ bytes). @see proc_pid_smaps(5) */
function proportionalSetSize(pid: number): number {
  const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  return (Number(kibibytes?.[1] ?? 0) * 1_024) / 1_000_000;
}

if (import.meta.main) {
  const [count = many] = process.argv.slice(2).map(Number);
  for (const each of await gatewayCertificates(undefined, count))
    process.stdout.write(`${rowText(each)}\n`);
}

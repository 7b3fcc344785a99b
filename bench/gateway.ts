/**
 * What the gateway costs: full handshakes and proxied requests, against a bare node:https server, against node:https
 * with undici, and against nginx with one worker, all on the same core, in turns. The gateway runs on a feed that does
 * not change. The figures are per second of the server's CPU time, as the clients need more than their core.
 *
 *   node bench/gateway.ts [seconds [clients]]
 */
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { SecureVersion } from 'node:tls';
import { cores, pin } from './cores.ts';
import { cpuMilliseconds } from './cpu-time.ts';
import { shakeHands, startHandshaker } from './handshakes.ts';
import { run, startGenerator } from './load.ts';
import { median, row, rowText, type Goal, type Row, type RowOptions } from './row.ts';
import { nginxVersion, startNginx, startTerminator, type Terminator } from './terminators.ts';

const rounds = 3;

interface Sample {
  readonly count: number;
  readonly perSecond: number;
  /** Microseconds of the server's CPU time for each. */
  readonly cpu: number;
  /** Milliseconds; of requests only. */
  readonly p99?: number;
}

type Measure = (server: Terminator) => Promise<Sample>;

export async function gateway({ seconds, clients }: RowOptions): Promise<Row[]> {
  const target = createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1');
  await once(target, 'listening');
  const { port } = target.address() as AddressInfo;
  using servers = new DisposableStack();
  servers.defer(() => void (target.closeAllConnections(), target.close()));
  const started = async (starting: Promise<Terminator>): Promise<Terminator> => {
    const server = servers.use(await starting);
    pin(server.pids, cores()?.measured);
    return server;
  };
  const ours = await started(startTerminator('gateway', port));
  const bare = await started(startTerminator('bare', port));
  const proxy = await started(startTerminator('proxy', port));
  const version = nginxVersion();
  const nginx = version === undefined ? undefined : await started(startNginx(port));
  const nginxName = `nginx ${version}, one worker`;
  const client = (child: ChildProcess): ChildProcess => {
    servers.defer(() => void child.kill('SIGKILL'));
    pin([child.pid ?? 0], cores()?.clients);
    return child;
  };
  const shaker = client(startHandshaker());
  const generator = client(startGenerator());
  pin([process.pid], cores()?.clients);

  const rows: Row[] = [];
  for (const protocol of ['TLSv1.3', 'TLSv1.2'] as const) {
    const measure = handshakes(shaker, protocol, seconds);
    const name = `Full ECDSA handshakes, ${protocol.replace('v', ' ')}`;
    const [own = [], other = [], third = []] = await inTurns(measure, [
      ours,
      bare,
      ...(nginx ? [nginx] : []),
    ]);
    const goals = protocol === 'TLSv1.3' ? [0.95, 0.85] : [undefined, undefined];
    rows.push(perCpuSecond(name, own, 'bare node:https', other, atLeast(goals[0])));
    if (nginx) rows.push(perCpuSecond(name, own, nginxName, third, atLeast(goals[1])));
  }
  const measure = requests(generator, { seconds, clients });
  const [own = [], other = [], third = []] = await inTurns(measure, [
    ours,
    proxy,
    ...(nginx ? [nginx] : []),
  ]);
  const name = `Proxied requests, ${clients} clients`;
  for (const [baseline, samples, goal] of [
    ['node:https with undici', other, 0.9],
    ...(nginx ? ([[nginxName, third, undefined]] as const) : []),
  ] as const) {
    rows.push(perCpuSecond(name, own, baseline, samples, atLeast(goal)));
    rows.push(
      row({
        name: `${name}, p99`,
        unit: 'ms',
        baselineName: baseline,
        figure: median(own, (each) => each.p99 ?? 0),
        baselineFigure: median(samples, (each) => each.p99 ?? 0),
        raw: { ours: own, baseline: samples },
      }),
    );
  }
  return rows;
}

/** One after the other, again and again, so that what drifts drifts for all. */
async function inTurns(measure: Measure, servers: readonly Terminator[]): Promise<Sample[][]> {
  const samples: Sample[][] = servers.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, server] of servers.entries()) {
      const sample = await measure(server);
      // The first round is for warming up.
      if (round > 0) samples[index]?.push(sample);
    }
  }
  return samples;
}

function handshakes(shaker: ChildProcess, version: SecureVersion, seconds: number): Measure {
  return (server) =>
    withCpuTime(server, async () => {
      const count = await shakeHands(shaker, { port: server.port, version, clients: 16, seconds });
      return { count, perSecond: count / seconds };
    });
}

function requests(generator: ChildProcess, options: RowOptions): Measure {
  return (server) =>
    withCpuTime(server, async () => {
      const { answers, perSecond, p99 } = await run(generator, {
        port: server.port,
        servername: 'shop.test',
        requests: ['GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n'],
        ...options,
      });
      return { count: answers, perSecond, p99 };
    });
}

async function withCpuTime(
  { pids }: Terminator,
  work: () => Promise<Omit<Sample, 'cpu'>>,
): Promise<Sample> {
  const spent = (): number => pids.reduce((sum, pid) => sum + cpuMilliseconds(pid), 0);
  const before = spent();
  const sample = await work();
  return { ...sample, cpu: ((spent() - before) * 1_000) / sample.count };
}

function perCpuSecond(
  name: string,
  ours: readonly Sample[],
  baselineName: string,
  baseline: readonly Sample[],
  goal: Goal | undefined,
): Row {
  const rate = ({ cpu }: Sample): number => 1_000_000 / cpu;
  return row({
    name,
    unit: 'per CPU second',
    baselineName,
    figure: median(ours, rate),
    baselineFigure: median(baseline, rate),
    ...(goal === undefined ? {} : { goal }),
    raw: { ours, baseline },
  });
}

function atLeast(ratio: number | undefined): Goal | undefined {
  return ratio === undefined ? undefined : { of: 'ratio', atLeast: ratio };
}

if (import.meta.main) {
  const [seconds = 2, clients = 64] = process.argv.slice(2).map(Number);
  for (const each of await gateway({ seconds, clients }))
    process.stdout.write(`${rowText(each)}\n`);
}

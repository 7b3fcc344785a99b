import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:tls';

/** What the generator is to send, and for how long. */
export interface Load {
  readonly port: number;
  /** Absent where the certificate is not looked at. */
  readonly caPem?: string;
  readonly servername?: string;
  readonly clients: number;
  readonly seconds: number;
  /** Whole requests as they go over the wire; sent in turn. */
  readonly requests: readonly string[];
}

export interface LoadResult {
  readonly answers: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p99: number;
}

/** The clients, in a process of their own: what they cost is in no figure of the servers. */
export function startGenerator(): ChildProcess {
  return fork(import.meta.filename);
}

export async function run(generator: ChildProcess, load: Load): Promise<LoadResult> {
  generator.send(load);
  const [result] = (await once(generator, 'message')) as [LoadResult];
  return result;
}

/** Answers every `Load` that arrives from the parent process with a `LoadResult`. */
async function generateLoad(): Promise<void> {
  for (;;) {
    const [load] = (await once(process, 'message')) as [Load];
    process.send?.(await send(load));
  }
}

async function send({ clients, seconds, requests, ...server }: Load): Promise<LoadResult> {
  const times: number[] = [];
  let next = 0;
  const startedAt = performance.now();
  const end = startedAt + seconds * 1000;
  const client = async (): Promise<void> => {
    const socket = connectTo(server);
    socket.setNoDelay();
    await once(socket, 'secureConnect');
    const answers = answersOf(socket);
    for (let now = performance.now(); now < end; now = performance.now()) {
      socket.write(requests[next++ % requests.length] ?? '');
      const { value: status } = await answers.next();
      if (status !== 200) throw new Error(`answered ${status}`);
      times.push(performance.now() - now);
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: clients }, client));
  const elapsed = (performance.now() - startedAt) / 1000;
  times.sort((one, other) => one - other);
  const at = (part: number): number => times[Math.floor(times.length * part)] ?? 0;
  return {
    answers: times.length,
    perSecond: times.length / elapsed,
    median: at(0.5),
    p99: at(0.99),
  };
}

function connectTo({ port, caPem, servername }: Pick<Load, 'port' | 'caPem' | 'servername'>) {
  return connect({
    host: '127.0.0.1',
    port,
    ...(servername === undefined ? {} : { servername }),
    ...(caPem === undefined ? { rejectUnauthorized: false } : { ca: caPem }),
  });
}

/** The statuses of the answers on a connection. Knows only as much HTTP as the servers here speak. */
async function* answersOf(socket: AsyncIterable<Buffer>): AsyncGenerator<number, number> {
  let text = '';
  for await (const chunk of socket) {
    text += chunk.toString('latin1');
    for (;;) {
      const headEnd = text.indexOf('\r\n\r\n');
      if (headEnd === -1) break;
      const head = text.slice(0, headEnd);
      const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
      if (text.length < headEnd + 4 + length) break;
      text = text.slice(headEnd + 4 + length);
      yield Number(head.slice(9, 12));
    }
  }
  return 0;
}

if (import.meta.main) await generateLoad();

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
    using connection = await connectClient(server);
    for (let now = performance.now(); now < end; now = performance.now()) {
      await connection.ask(requests[next++ % requests.length] ?? '');
      times.push(performance.now() - now);
    }
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

type Server = Pick<Load, 'port' | 'caPem' | 'servername'>;

/** One client, which keeps its connection for as long as the server does, and the bodies of the answers. */
export async function connectClient(server: Server) {
  let connection = await openConnection(server);
  return {
    async ask(request: string): Promise<string> {
      connection.socket.write(request);
      const { body, isLast } = await nextAnswer(connection.answers);
      if (isLast) {
        connection.socket.destroy();
        connection = await openConnection(server);
      }
      return body;
    },
    [Symbol.dispose]: () => void connection.socket.destroy(),
  };
}

async function openConnection(server: Server) {
  const socket = connectTo(server);
  socket.setNoDelay();
  await once(socket, 'secureConnect');
  return { socket, answers: answersOf(socket) };
}

function connectTo({ port, caPem, servername }: Server) {
  return connect({
    host: '127.0.0.1',
    port,
    ...(servername === undefined ? {} : { servername }),
    ...(caPem === undefined ? { rejectUnauthorized: false } : { ca: caPem }),
  });
}

interface Answer {
  readonly status: number;
  readonly body: string;
  /** The server closes the connection after it. */
  readonly isLast: boolean;
}

/** @throws when it is another one than 200 */
async function nextAnswer(answers: AsyncGenerator<Answer, undefined>): Promise<Answer> {
  const { value } = await answers.next();
  if (value?.status !== 200) throw new Error(`answered ${value?.status}: ${value?.body}`);
  return value;
}

/** The answers on a connection. Knows only as much HTTP as the servers here speak. */
async function* answersOf(socket: AsyncIterable<Buffer>): AsyncGenerator<Answer, undefined> {
  let text = '';
  for await (const chunk of socket) {
    text += chunk.toString('latin1');
    for (;;) {
      const headEnd = text.indexOf('\r\n\r\n');
      if (headEnd === -1) break;
      const head = text.slice(0, headEnd);
      const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
      if (text.length < headEnd + 4 + length) break;
      const body = text.slice(headEnd + 4, headEnd + 4 + length);
      text = text.slice(headEnd + 4 + length);
      const isLast = /^connection: close$/im.test(head);
      yield { status: Number(head.slice(9, 12)), body, isLast };
    }
  }
  return undefined;
}

if (import.meta.main) await generateLoad();

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import * as dns from 'dns-packet';
import { freePort } from '../loopback.ts';

/** Values by `name TYPE`, as dns-packet takes them. */
export type Script = Map<string, readonly unknown[]>;

export interface FakeNameServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** What it knows; may be changed while it runs. */
  readonly script: Script;
  /** Codes with which it answers for a name instead: 2 is SERVFAIL. Not when the question has CD, if so said. */
  readonly failures: Map<string, { rcode: number; onlyIfChecked?: boolean }>;
  /** It says nothing. */
  isSilent: boolean;
  /** `name TYPE` of all questions. */
  readonly asked: string[];
}

/** A name server, over UDP, that answers what its script says: as a resolver (AD where `authentic`) or authoritative. */
export async function startNameServer({
  host = '127.0.0.1',
  port,
  isAuthoritative = false,
  isAuthentic = false,
  script = new Map() as Script,
}: {
  host?: string;
  port?: number;
  isAuthoritative?: boolean;
  isAuthentic?: boolean;
  script?: Script;
} = {}): Promise<FakeNameServer> {
  const socket = createSocket('udp4');
  const server: FakeNameServer = {
    host,
    port: port ?? (await freePort()),
    script,
    failures: new Map(),
    isSilent: false,
    asked: [],
    async [Symbol.asyncDispose]() {
      socket.close();
      await once(socket, 'close');
    },
  };
  const flags =
    (isAuthoritative ? dns.AUTHORITATIVE_ANSWER : 0) | (isAuthentic ? dns.AUTHENTIC_DATA : 0);
  socket.on('message', (packet, client) => {
    const query = dns.decode(packet);
    const [question] = query.questions ?? [];
    if (question === undefined || server.isSilent) return;
    server.asked.push(`${question.name} ${question.type}`);
    const reply = dns.encode({
      type: 'response',
      id: query.id ?? 0,
      questions: [question],
      ...answerOf(server, question, query.flag_cd),
      flags: flags | rcodeOf(server, question, query.flag_cd),
    });
    socket.send(reply, client.port, client.address);
  });
  socket.bind(server.port, host);
  await once(socket, 'listening');
  return server;
}

function rcodeOf(server: FakeNameServer, { name }: dns.Question, isUnchecked: boolean): number {
  const failure = server.failures.get(name);
  if (failure !== undefined && !(isUnchecked && failure.onlyIfChecked === true))
    return failure.rcode;
  return [...server.script.keys()].some((key) => key.startsWith(`${name} `)) ? 0 : 3;
}

function answerOf(
  server: FakeNameServer,
  question: dns.Question,
  isUnchecked: boolean,
): { answers: dns.Answer[] } {
  if (rcodeOf(server, question, isUnchecked) !== 0) return { answers: [] };
  const answers: dns.Answer[] = [];
  const add = (name: string, type: string): void => {
    for (const data of server.script.get(`${name} ${type}`) ?? [])
      answers.push({ name, type, class: 'IN', ttl: 1, data } as dns.Answer);
  };
  let at = question.name;
  for (let hops = 0; hops < 8 && question.type !== 'CNAME'; hops++) {
    const [target] = server.script.get(`${at} CNAME`) ?? [];
    if (typeof target !== 'string') break;
    add(at, 'CNAME');
    at = target;
  }
  add(at, question.type);
  return { answers };
}

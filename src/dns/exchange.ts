import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import * as dns from 'dns-packet';
import { plainName } from '../lib/domain-name.ts';
import type { Random } from '../lib/random.ts';
import { frames, inFrame } from './frames.ts';
import { maxUdpPayload } from './message.ts';

export interface NameServer {
  /** An IP address. */
  readonly host: string;
  readonly port: number;
}

export interface Exchange {
  readonly question: { readonly name: string; readonly type: dns.RecordType };
  /** Asks the server to recurse. */
  readonly isRecursive?: boolean;
  /** Asks whether the server found the answer authentic (RFC 6840 §5.7), or for what it has without a check (RFC 4035 §3.2.2). */
  readonly dnssec?: 'verdict' | 'unchecked';
  /** Tells the server that a zone has changed, and asks nothing. @see RFC 1996 */
  readonly isNotify?: boolean;
  /** IP address from which it is asked; any of this machine when absent. */
  readonly localAddress?: string;
  /** For the whole exchange, TCP included. */
  readonly timeoutMilliseconds: number;
  readonly random: Random;
}

/** The server did not answer in time, or not with an answer to the question. */
export class NoAnswer extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NoAnswer';
  }
}

/**
 * Asks one server once: over UDP, and again over TCP when the answer is cut. What is not an answer to this
 * very question is passed over, so that a forger must guess the id and the port.
 * @see RFC 5452 §9
 * @throws NoAnswer
 */
export async function exchange(server: NameServer, asked: Exchange): Promise<dns.DecodedPacket> {
  const { timeoutMilliseconds, random } = asked;
  const timeout = AbortSignal.timeout(timeoutMilliseconds);
  const [high = 0, low = 0] = random.bytes(2);
  const query: dns.Packet = {
    type: 'query',
    id: high * 256 + low,
    flags: flagsOf(asked),
    questions: [{ ...asked.question, class: 'IN' }],
    additionals: [ednsRecord],
  };
  const packet = dns.encode(query);
  const accept = (answer: Buffer): dns.DecodedPacket | undefined => answerTo(query, answer);
  const answer = await overUdp(server, packet, accept, { timeout, from: asked.localAddress });
  return answer.flag_tc ? await overTcp(server, packet, accept, timeout) : answer;
}

const opcodeNotify = 0x20_00;

function flagsOf({ isRecursive = false, isNotify = false, dnssec }: Exchange): number {
  // RFC 1996 §4.5: a primary that tells has AA set.
  if (isNotify) return opcodeNotify | dns.AUTHORITATIVE_ANSWER;
  return (isRecursive ? dns.RECURSION_DESIRED : 0) | dnssecFlags[dnssec ?? 'none'];
}

/**
 * No chain of CNAMEs is longer. Names of an answer may point to names that point to names: what a longer one costs to
 * read grows with its square.
 */
const maxAnswerBytes = 8 * 1024;

const dnssecFlags = { none: 0, verdict: dns.AUTHENTIC_DATA, unchecked: dns.CHECKING_DISABLED };

type Accept = (answer: Buffer) => dns.DecodedPacket | undefined;

const ednsRecord: dns.Answer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: maxUdpPayload,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};

function answerTo(query: dns.Packet, packet: Buffer): dns.DecodedPacket | undefined {
  // Who does not know the id costs nothing more.
  if (packet.length < 12 || packet.readUInt16BE(0) !== query.id) return undefined;
  if (packet.length > maxAnswerBytes) return undefined;
  try {
    const answer = dns.decode(packet);
    const [asked] = query.questions ?? [];
    const [repeated, ...more] = answer.questions ?? [];
    const isAnswer =
      answer.flag_qr &&
      answer.id === query.id &&
      more.length === 0 &&
      repeated?.type === asked?.type &&
      repeated?.class === 'IN' &&
      plainName(repeated.name) === plainName(asked?.name ?? '');
    return isAnswer ? answer : undefined;
  } catch {
    return undefined;
  }
}

function overUdp(
  server: NameServer,
  packet: Buffer,
  accept: Accept,
  { timeout, from }: { readonly timeout: AbortSignal; readonly from: string | undefined },
): Promise<dns.DecodedPacket> {
  // A socket for each query: the system gives it a random port, and connected it takes from this server only.
  const socket = createSocket(isIPv6(server.host) ? 'udp6' : 'udp4');
  return new Promise<dns.DecodedPacket>((resolve, reject) => {
    const fail = (cause?: unknown): void =>
      reject(new NoAnswer(`${server.host} port ${server.port} does not answer`, { cause }));
    timeout.addEventListener('abort', () => fail(), { once: true });
    socket.on('error', fail);
    socket.on('message', (received) => {
      const answer = accept(received);
      if (answer !== undefined) resolve(answer);
    });
    socket.once('connect', () => socket.send(packet));
    const connect = (): void => socket.connect(server.port, server.host);
    if (from === undefined) connect();
    else socket.bind({ address: from }, connect);
  }).finally(() => socket.close());
}

async function overTcp(
  server: NameServer,
  packet: Buffer,
  accept: Accept,
  timeout: AbortSignal,
): Promise<dns.DecodedPacket> {
  const socket = connect({ host: server.host, port: server.port, signal: timeout });
  try {
    socket.write(inFrame(packet));
    for await (const received of frames(socket, maxAnswerBytes)) {
      const answer = accept(received);
      if (answer !== undefined && !answer.flag_tc) return answer;
    }
  } catch (cause) {
    throw new NoAnswer(`${server.host} port ${server.port} does not answer over TCP`, { cause });
  } finally {
    socket.destroy();
  }
  throw new NoAnswer(`${server.host} port ${server.port} does not answer over TCP`);
}

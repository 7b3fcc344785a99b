import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../lib/clock.ts';
import { faultPoint } from '../lib/fault-points.ts';
import { describeError, type Log } from '../lib/log.ts';
import { AnswerRate } from './answer-rate.ts';
import { answer, rcodes } from './answer.ts';
import { formatAnswer, formatRefusal, formatTruncation, parseQuery } from './message.ts';
import type { DnsSource } from './source.ts';
import { createTcpServer } from './tcp.ts';
import { isTransfer, transferResponder, type Transfers } from './transfer.ts';

export interface DnsServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly source: DnsSource;
  readonly log: Log;
  /** Milliseconds in which a TCP client must send its next query whole. */
  readonly idleMilliseconds?: number;
  /** TCP connections at a time; more are closed at once. */
  readonly maxConnections?: number;
  /** Who is answered in full over UDP. */
  readonly rate?: Pick<AnswerRate, 'take'>;
  /** To whom zones are given whole; to nobody when absent. */
  readonly transfers?: Transfers;
}

export interface DnsServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
}

/** The address cannot be bound: one line for the operator. */
export class DnsBindError extends Error {
  constructor(host: string, port: number, cause: unknown) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'an unknown error';
    const reason = code === 'EADDRINUSE' ? 'the port is in use' : code;
    super(`cannot serve DNS on ${host} port ${port}: ${reason}`, { cause });
    this.name = 'DnsBindError';
  }
}

/** UDP queries in work at a time; beyond them packets are dropped, as the network itself may do. */
const maxPendingQueries = 1000;

/**
 * An authoritative server on one address, UDP and TCP; it never recurses. Disposal ends it.
 * @throws DnsBindError
 */
export async function createDnsServer(options: DnsServerOptions): Promise<DnsServer> {
  const respond = responder(options);
  const { udp, tcp, address } = await bind(options, () =>
    createTcpServer((packet, client) => respond(packet, 'tcp', client), {
      idleMilliseconds: options.idleMilliseconds ?? 10_000,
      maxConnections: options.maxConnections ?? 128,
    }),
  );
  const rate = options.rate ?? new AnswerRate(() => systemClock.monotonic());
  const respondTo: RespondTo = async (packet, client) => {
    const way = rate.take(client) ? 'udp' : 'truncated';
    const [response] = (await respond(packet, way, client)) ?? [];
    return response;
  };
  serveDatagrams(udp, respondTo, options.log);
  tcp.server.on('error', (error) => {
    options.log.error('DNS over TCP failed', { code: errorCode(error) });
  });
  return {
    host: address.address,
    port: address.port,
    async [Symbol.asyncDispose]() {
      await Promise.all([new Promise<void>((resolve) => udp.close(resolve)), tcp.close()]);
    },
  };
}

/** `truncated` is over UDP, for a client that has had enough answers. */
type Way = 'udp' | 'tcp' | 'truncated';
type Respond = (packet: Buffer, way: Way, client: string) => Promise<Iterable<Buffer> | undefined>;
type RespondTo = (packet: Buffer, address: string) => Promise<Buffer | undefined>;

/** Never rejects: a source that fails is SERVFAIL. */
function responder({ source, log, transfers }: DnsServerOptions): Respond {
  const respondToTransfer = transferResponder(transfers);
  return async (packet, way, address) => {
    const query = parseQuery(packet);
    if (query === undefined) return undefined;
    if (query.refusal !== undefined) return [formatRefusal(query, query.refusal)];
    if (query.question === undefined) return [formatRefusal(query, rcodes.formatError)];
    if (way === 'truncated') return [formatTruncation(query)];
    try {
      if (isTransfer(query)) {
        const isTcp = way === 'tcp';
        const messages = await respondToTransfer(query, { address, isTcp });
        return isTcp ? messages : [...messages];
      }
      return [formatAnswer(query, await answer(source, query.question), way)];
    } catch (error) {
      log.error('a DNS query could not be answered', { error: describeError(error) });
      return [formatRefusal(query, rcodes.serverFailure)];
    }
  };
}

function serveDatagrams(udp: UdpSocket, respond: RespondTo, log: Log): void {
  let pending = 0;
  const serve = async (packet: Buffer, client: RemoteInfo): Promise<void> => {
    pending += 1;
    const response = await respond(packet, client.address);
    pending -= 1;
    // A client that cannot be reached, or a socket closed meanwhile, is nobody's error.
    if (response !== undefined) {
      try {
        faultPoint('dns.answering');
        udp.send(response, client.port, client.address, () => undefined);
      } catch {
        // Not running: the server ends.
      }
    }
  };
  udp.on('message', (packet, client) => {
    if (pending < maxPendingQueries && client.port !== 0) void serve(packet, client);
  });
  udp.on('error', (error) => log.error('DNS over UDP failed', { code: errorCode(error) }));
}

type TcpServer = ReturnType<typeof createTcpServer>;

/** Binds both transports to one port. */
async function bind(
  { host, port }: DnsServerOptions,
  openTcp: () => TcpServer,
): Promise<{ udp: UdpSocket; tcp: TcpServer; address: AddressInfo }> {
  // A free TCP port can be taken on UDP: then another one is tried.
  for (let attempt = 1; ; attempt++) {
    const tcp = openTcp();
    const udp = await openUdp(host, port);
    try {
      tcp.server.listen({ host, port, exclusive: true });
      await once(tcp.server, 'listening');
      const address = tcp.server.address() as AddressInfo;
      udp.bind({ address: host, port: address.port, exclusive: true });
      await once(udp, 'listening');
      return { udp, tcp, address };
    } catch (error) {
      udp.close();
      await tcp.close();
      if (port !== 0 || attempt === 5) throw new DnsBindError(host, port, error);
    }
  }
}

async function openUdp(host: string, port: number): Promise<UdpSocket> {
  try {
    const { family } = await lookup(host);
    return createSocket({ type: family === 6 ? 'udp6' : 'udp4' });
  } catch (error) {
    throw new DnsBindError(host, port, error);
  }
}

function errorCode(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? error.name;
}

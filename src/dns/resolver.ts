import { Resolver as SystemResolver } from 'node:dns/promises';
import { plainName } from '../lib/domain-name.ts';
import type { Random } from '../lib/random.ts';
import { answer, rcodes } from './answer.ts';
import { exchange, NoAnswer, type NameServer } from './exchange.ts';
import type { DnsSource } from './source.ts';

export interface ResolverOptions {
  /** The zones that our own server answers from: what it would say is asked of them, not of the server. */
  readonly own: DnsSource;
  /** Recursive servers for the other names; the system's when there are none. */
  readonly upstream: readonly NameServer[];
  readonly random: Random;
  /** For one try at one server; each question gets two tries. */
  readonly timeoutMilliseconds?: number;
  /** No try begins later than this after the first. */
  readonly totalMilliseconds?: number;
}

export interface Resolver {
  /**
   * The CNAMEs that start at `name`, followed as far as five: the target of `name`, the target of that, and
   * so on, as plain names. Empty when there is none.
   * @throws NoAnswer when the servers are silent or answer with an error
   */
  resolveCname(name: string): Promise<string[]>;
}

/** As many as ACM follows. */
const maxChain = 5;
const tries = 2;

export function createResolver(options: ResolverOptions): Resolver {
  const { timeoutMilliseconds = 2_000, totalMilliseconds = 5_000, random } = options;
  const ask = async (name: string, end: AbortSignal): Promise<string | undefined> => {
    const how = { timeoutMilliseconds, random, end };
    if ((await options.own.zoneFor(name)) !== undefined) return ownCname(options.own, name);
    return options.upstream.length === 0
      ? systemCname(name, how)
      : cnameFrom(options.upstream, name, how);
  };
  return {
    async resolveCname(name) {
      const chain: string[] = [];
      const end = AbortSignal.timeout(totalMilliseconds);
      for (let at = plainName(name); chain.length < maxChain;) {
        if (end.aborted) throw new NoAnswer(`the servers are too slow for ${name}`);
        const target = await ask(at, end);
        if (target === undefined) break;
        chain.push(target);
        at = target;
      }
      return chain;
    },
  };
}

interface How {
  readonly timeoutMilliseconds: number;
  readonly random: Random;
  /** Of all tries. */
  readonly end: AbortSignal;
}

async function cnameFrom(
  servers: readonly NameServer[],
  name: string,
  how: How,
): Promise<string | undefined> {
  let failure: unknown;
  for (let attempt = 0; attempt < tries * servers.length && !how.end.aborted; attempt++) {
    const server = servers[attempt % servers.length];
    if (server === undefined) break;
    try {
      return await cname(server, name, how);
    } catch (error) {
      failure = error;
    }
  }
  throw new NoAnswer(`no server answers for ${name}`, { cause: failure });
}

async function cname(server: NameServer, name: string, how: How): Promise<string | undefined> {
  const question = { name, type: 'CNAME' } as const;
  const { flags = 0, answers = [] } = await exchange(server, {
    question,
    isRecursive: true,
    ...how,
  });
  const records = answers.flatMap((record) =>
    record.type === 'CNAME' && record.class === 'IN' ? [record] : [],
  );
  return cnameAmong(records, { name, rcode: flags & 0x0f, server: server.host });
}

async function ownCname(own: DnsSource, name: string): Promise<string | undefined> {
  const { rcode, answers } = await answer(own, { name, type: 'CNAME' });
  const records = answers.flatMap(({ type, name: owner, data }) =>
    type === 'CNAME' ? [{ name: owner, data: String(data) }] : [],
  );
  return cnameAmong(records, { name, rcode, server: 'our own server' });
}

function cnameAmong(
  records: readonly { readonly name: string; readonly data: string }[],
  {
    name,
    rcode,
    server,
  }: { readonly name: string; readonly rcode: number; readonly server: string },
): string | undefined {
  if (rcode === rcodes.nameError) return undefined;
  if (rcode !== rcodes.noError) throw new NoAnswer(`${server} answers with code ${rcode}`);
  const own = records.filter((record) => plainName(record.name) === name);
  const targets = new Set(own.map(({ data }) => plainName(data)));
  // RFC 2181 §10.1: a name has one canonical name; a server that says otherwise is not to be believed.
  if (targets.size > 1) throw new NoAnswer(`${server} gives ${name} more than one CNAME`);
  return [...targets][0];
}

async function systemCname(
  name: string,
  { timeoutMilliseconds, end }: Pick<How, 'timeoutMilliseconds' | 'end'>,
): Promise<string | undefined> {
  const resolver = new SystemResolver({ timeout: timeoutMilliseconds, tries });
  const cancel = (): void => resolver.cancel();
  end.addEventListener('abort', cancel, { once: true });
  try {
    const [target] = await resolver.resolveCname(name);
    return target === undefined ? undefined : plainName(target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTFOUND' || code === 'ENODATA') return undefined;
    throw new NoAnswer(`the system's resolver does not answer for ${name}`, { cause: error });
  } finally {
    end.removeEventListener('abort', cancel);
  }
}

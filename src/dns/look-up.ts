import type { RecordType } from 'dns-packet';
import { plainName } from '../lib/domain-name.ts';
import type { Random } from '../lib/random.ts';
import { answer, rcodes } from './answer.ts';
import { exchange, NoAnswer, type Exchange, type NameServer } from './exchange.ts';
import type { DnsSource } from './source.ts';

/** A record as a server gave it; names are plain. */
interface FoundRecord {
  readonly name: string;
  readonly type: string;
  /** As dns-packet reads it for this type. */
  readonly data: unknown;
}

/** What one server said to one question. */
export interface LookUp {
  /** The server's name and address, as people are told of it. */
  readonly server: string;
  /** `error` is an answer with another code than NOERROR and NXDOMAIN: it says nothing about the name. */
  readonly outcome: 'found' | 'no-record' | 'no-such-name' | 'error' | 'silent';
  /** Undefined when the server is silent. */
  readonly rcode?: number;
  /** Those of the type that was asked for, and CNAMEs on the way. */
  readonly records: readonly FoundRecord[];
  readonly isAuthoritative: boolean;
  /** A validating resolver found the answer authentic (AD). */
  readonly isAuthenticated: boolean;
}

export interface Question {
  /** Plain. */
  readonly name: string;
  readonly type: RecordType;
}

export interface LookUpOptions {
  readonly random: Random;
  readonly timeoutMilliseconds: number;
}

/** Asks one server, once. Its silence is an answer, too. */
export async function lookUp(
  server: NameServer & { readonly name?: string },
  question: Question,
  how: LookUpOptions & Pick<Exchange, 'isRecursive' | 'dnssec'>,
): Promise<LookUp> {
  const address = server.port === 53 ? server.host : `${server.host} port ${server.port}`;
  const label = server.name === undefined ? address : `${server.name} (${address})`;
  try {
    const packet = await exchange(server, { question, ...how });
    const records = (packet.answers ?? []).flatMap((record) =>
      'class' in record && record.class === 'IN' && 'data' in record
        ? [{ name: record.name, type: record.type, data: record.data }]
        : [],
    );
    return {
      server: label,
      ...judged((packet.flags ?? 0) & 0x0f, records, question.type),
      isAuthoritative: packet.flag_aa,
      isAuthenticated: packet.flag_ad,
    };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return {
      server: label,
      outcome: 'silent',
      records: [],
      isAuthoritative: false,
      isAuthenticated: false,
    };
  }
}

/** What our own server says about a name of its zones. */
export async function ownLookUp(own: DnsSource, question: Question): Promise<LookUp> {
  const { rcode, answers, isAuthoritative } = await answer(own, question);
  return {
    server: 'our own server',
    ...judged(rcode, answers, question.type),
    // A referral is not.
    isAuthoritative,
    isAuthenticated: false,
  };
}

function judged(
  rcode: number,
  all: readonly FoundRecord[],
  type: string,
): Pick<LookUp, 'outcome' | 'rcode' | 'records'> {
  const records = all
    .filter((record) => record.type === type || record.type === 'CNAME')
    .map((record) => ({
      name: plainName(record.name),
      type: record.type,
      data: record.data,
    }));
  if (rcode === rcodes.noError) {
    const isFound = records.some((record) => record.type === type);
    return { outcome: isFound ? 'found' : 'no-record', rcode, records };
  }
  return { outcome: rcode === rcodes.nameError ? 'no-such-name' : 'error', rcode, records };
}

/** Where the CNAMEs of an answer lead from `name`; `name` itself when there are none. */
export function endOfChain(name: string, { records }: Pick<LookUp, 'records'>): string {
  let end = name;
  // Not more than there are records: a loop ends, too.
  for (let hops = 0; hops < records.length; hops++) {
    const next = records.find((record) => record.type === 'CNAME' && record.name === end);
    if (next === undefined) break;
    end = plainName(String(next.data));
  }
  return end;
}

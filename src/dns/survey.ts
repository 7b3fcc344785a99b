import { getServers } from 'node:dns';
import { plainName } from '../lib/domain-name.ts';
import type { Random } from '../lib/random.ts';
import { isElsewhere, zoneServers } from './authoritative.ts';
import { relevantCaa, type CaaRecord, type RelevantCaa } from './caa.ts';
import { dnssecVerdict, type DnssecVerdict } from './dnssec.ts';
import { NoAnswer, type NameServer } from './exchange.ts';
import { endOfChain, lookUp, ownLookUp, type LookUp, type Question } from './look-up.ts';
import type { DnsSource } from './source.ts';

/** What everybody who should know says about one name and type. */
export interface Survey {
  /** The zone whose servers were asked; undefined when it was not found. */
  readonly zone?: string;
  /** A zone served here has one: our own server. */
  readonly authoritative: readonly LookUp[];
  readonly resolvers: readonly LookUp[];
  /** By the first resolver; undefined for zones served here, which are not signed. */
  readonly dnssec?: DnssecVerdict;
}

export interface Surveyor {
  survey(name: string, type: Question['type']): Promise<Survey>;
  /**
   * Those who do not yet know the CNAME `name` → `target`, as far as they answer: one that is silent or fails says
   * nothing, and a name server that is not authoritative neither. Empty: nobody will tell a CA otherwise.
   */
  withoutCname(name: string, target: string): Promise<readonly LookUp[]>;
  /**
   * The CAA records that decide about a domain. In a zone served here the climb ends at its apex: whose it is, the
   * operator has said.
   * @throws NoAnswer when a resolver is silent or fails: then nobody may issue (RFC 8659 §3)
   */
  caa(domain: string): Promise<RelevantCaa>;
}

export interface SurveyOptions {
  readonly own: DnsSource;
  /** Recursive servers; the system's when there are none. */
  readonly upstream: readonly NameServer[];
  readonly random: Random;
  /** For one try at one server. */
  readonly timeoutMilliseconds?: number;
  readonly mayAsk?: (address: string) => boolean;
  /** At which authoritative servers listen. */
  readonly authoritativePort?: number;
}

/** As many as ACM and most resolvers follow. */
const maxChain = 8;
/** Resolvers that are asked. */
const maxResolvers = 5;

export function createSurveyor(options: SurveyOptions): Surveyor {
  const { own, random, timeoutMilliseconds = 2_000, mayAsk = isElsewhere } = options;
  const how = { random, timeoutMilliseconds };
  const resolvers = (): readonly NameServer[] =>
    (options.upstream.length > 0 ? options.upstream : systemServers()).slice(0, maxResolvers);

  /** The first answer of a resolver; its silence or error when all fail. */
  const resolve = async (question: Question): Promise<LookUp> => {
    let last: LookUp | undefined;
    for (const server of resolvers()) {
      last = await lookUp(server, question, { ...how, isRecursive: true });
      if (last.outcome !== 'silent' && last.outcome !== 'error') return last;
    }
    return last ?? nobody;
  };

  const survey = async (text: string, type: Question['type']): Promise<Survey> => {
    const question = { name: plainName(text), type };
    const zone = await own.zoneFor(question.name);
    if (zone !== undefined)
      return { zone: zone.name, authoritative: [await ownLookUp(own, question)], resolvers: [] };
    const [first] = resolvers();
    const [known, dnssec, recursive] = await Promise.all([
      zoneServers(question.name, resolve, { mayAsk, port: options.authoritativePort ?? 53 }),
      first === undefined ? undefined : dnssecVerdict(first, question, how),
      Promise.all(
        resolvers().map((server) => lookUp(server, question, { ...how, isRecursive: true })),
      ),
    ]);
    const authoritative = await Promise.all(
      (known?.servers ?? []).map((server) =>
        lookUp(server, question, { ...how, isRecursive: false }),
      ),
    );
    return {
      ...(known === undefined ? {} : { zone: known.zone }),
      authoritative,
      resolvers: recursive,
      ...(dnssec === undefined ? {} : { dnssec }),
    };
  };

  return {
    survey,
    async withoutCname(name, target) {
      const { authoritative, resolvers: recursive } = await survey(name, 'CNAME');
      const heard = [...authoritative.filter((each) => each.isAuthoritative), ...recursive];
      return heard.filter(
        (each) =>
          each.outcome !== 'silent' &&
          each.outcome !== 'error' &&
          !each.records.some((record) => isCname(record, plainName(name), plainName(target))),
      );
    },
    async caa(domain) {
      const served = (await own.zoneFor(plainName(domain)))?.name;
      return relevantCaa(plainName(domain), (name) => {
        if (served === undefined) return caaRecordsAt(name, own, resolve);
        const isWithin = name === served || name.endsWith(`.${served}`);
        return isWithin ? caaRecordsAt(name, own, resolve) : Promise.resolve([]);
      });
    },
  };
}

function isCname(
  record: { readonly name: string; readonly type: string; readonly data: unknown },
  name: string,
  target: string,
): boolean {
  return (
    record.type === 'CNAME' && record.name === name && plainName(String(record.data)) === target
  );
}

/** The CAA records at a name, or where its CNAMEs lead. */
async function caaRecordsAt(
  name: string,
  own: DnsSource,
  resolve: (question: Question) => Promise<LookUp>,
): Promise<readonly CaaRecord[]> {
  for (let at = name, hops = 0; hops <= maxChain; hops++) {
    const question = { name: at, type: 'CAA' } as const;
    const ours = (await own.zoneFor(at)) === undefined ? undefined : await ownLookUp(own, question);
    const isOwn = ours?.isAuthoritative === true;
    const found = isOwn ? ours : await resolve(question);
    if (found.outcome === 'silent' || found.outcome === 'error')
      throw new NoAnswer(`${found.server} does not say which CAs may issue for ${at}`);
    const end = endOfChain(at, found);
    const records = found.records
      .filter((record) => record.type === 'CAA' && record.name === end)
      .map(({ data }) => data as CaaRecord);
    if (records.length > 0 || end === at || !isOwn) return records;
    // Our own server follows a chain only as far as its zones go.
    at = end;
  }
  throw new NoAnswer(`the CNAMEs of ${name} do not end`);
}

const nobody: LookUp = {
  server: 'no resolver',
  outcome: 'silent',
  records: [],
  isAuthoritative: false,
  isAuthenticated: false,
};

/** As the system has them: `192.0.2.1`, `192.0.2.1:5353`, `[2001:db8::1]:5353`. */
function systemServers(): NameServer[] {
  return getServers().flatMap((text) => {
    const match = /^(?:\[([^\]]+)\]|([0-9.]+|[0-9a-fA-F:]+(?:%\w+)?))(?::([0-9]+))?$/.exec(text);
    const host = match?.[1] ?? match?.[2];
    return host === undefined ? [] : [{ host, port: Number(match?.[3] ?? 53) }];
  });
}

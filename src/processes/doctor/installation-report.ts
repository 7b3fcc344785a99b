import { NoAnswer, lookUp } from '../../dns/index.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Random } from '../../lib/random.ts';
import type { Rooms } from '../rooms.ts';
import type { Settings } from '../settings.ts';
import { clockCheck, diskCheck, sealCheck, type Check } from './installation-checks.ts';

export interface InstallationReport {
  readonly checks: readonly Check[];
  /** No check has failed. */
  readonly isHealthy: boolean;
}

export interface InstallationParts {
  readonly rooms: Pick<Rooms, 'acm' | 'elbv2' | 'surveyor' | 'vaultEpochs'>;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: Random;
  /** What does not work now: `store`, `vault`. */
  readonly failing: () => readonly string[];
  /** Puts the question on record; rejects when the store takes nothing. */
  readonly record: () => Promise<unknown>;
  /** What is wrong with each configured CA, if anything is. */
  readonly testIssuers: () => Promise<
    readonly { readonly name: string; readonly problem: string | undefined }[]
  >;
}

const dnsTimeoutMilliseconds = 1_000;
const soonDays = 14;
/** Certificates that are named. */
const maxNamed = 10;

/** Looks at everything that an installation lives on. A check that cannot be made has failed. */
export async function installationReport(parts: InstallationParts): Promise<InstallationReport> {
  const { settings, clock } = parts;
  const now = clock.now();
  const checks = await Promise.all(
    Object.entries<() => Check | Promise<Check>>({
      clock: () => clockCheck(settings, now),
      seal: () => sealCheck(settings),
      disk: () => diskCheck(settings),
      store: () => storeCheck(parts),
      vault: () => vaultCheck(parts),
      dns: () => dnsCheck(parts),
      resolvers: () => resolversCheck(parts),
      issuers: () => issuersCheck(parts),
      expiry: () => expiryCheck(parts, now),
      renewal: () => renewalCheck(parts, now),
      trail: () => trailCheck(parts),
      gateway: () => gatewayCheck(parts),
    }).map(async ([name, check]): Promise<Check> => {
      try {
        return await check();
      } catch (error) {
        const what = error instanceof Error ? error.message : 'unknown';
        return { name, status: 'failed', detail: `this could not be looked at: ${what}` };
      }
    }),
  );
  return { checks, isHealthy: checks.every(({ status }) => status !== 'failed') };
}

async function storeCheck({ failing, record }: InstallationParts): Promise<Check> {
  const name = 'store';
  try {
    await record();
  } catch {
    return {
      name,
      status: 'failed',
      detail: 'it takes nothing: no call is answered that leaves a record',
      advice: 'look at the log, at the disk, and at what holdfast check says once it is stopped',
    };
  }
  return failing().includes('store')
    ? { name, status: 'warning', detail: 'it has failed a moment ago' }
    : { name, status: 'ok', detail: 'it has kept the record of this question' };
}

async function vaultCheck({ failing }: InstallationParts): Promise<Check> {
  return failing().includes('vault')
    ? {
        name: 'vault',
        status: 'failed',
        detail: 'it does not run',
        advice: 'the log says why; it is started again by itself',
      }
    : { name: 'vault', status: 'ok', detail: 'it is connected' };
}

/** Our own server, asked where it listens for what it has to know. */
async function dnsCheck({ settings, random }: InstallationParts): Promise<Check> {
  const { host, port } = settings.dns;
  const address = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  const question = { name: `acm-validations.${settings.suffix}`, type: 'SOA' } as const;
  const how = { random, timeoutMilliseconds: dnsTimeoutMilliseconds, isRecursive: false };
  const { outcome, isAuthoritative } = await lookUp({ host: address, port }, question, how);
  return outcome === 'found' && isAuthoritative
    ? { name: 'dns', status: 'ok', detail: `${host} port ${port} answers for ${question.name}` }
    : {
        name: 'dns',
        status: 'failed',
        detail: `${host} port ${port} does not answer for ${question.name}`,
        advice:
          'look for the process dns in the log, and for a firewall before the port (UDP and TCP)',
      };
}

/** Without them names in zones that are served elsewhere are not proved; an installation may live without. */
async function resolversCheck({ rooms }: InstallationParts): Promise<Check> {
  const name = 'resolvers';
  // The root's name servers are known to each resolver that reaches any.
  const { resolvers } = await rooms.surveyor.survey('.', 'NS').catch((error: unknown) => {
    if (error instanceof NoAnswer) return { resolvers: [] };
    throw error;
  });
  const mute = resolvers.filter(({ outcome }) => outcome === 'silent' || outcome === 'error');
  if (resolvers.length > 0 && mute.length === 0)
    return { name, status: 'ok', detail: resolvers.map(({ server }) => server).join(', ') };
  return {
    name,
    status: 'warning',
    detail:
      resolvers.length === 0
        ? 'there is none'
        : `${mute.map(({ server }) => server).join(', ')} of ${resolvers.length}: no answer`,
    advice: 'name those that answer: holdfast serve --resolver',
  };
}

async function issuersCheck({ testIssuers }: InstallationParts): Promise<Check> {
  const name = 'issuers';
  const issuers = await testIssuers();
  const broken = issuers.filter(({ problem }) => problem !== undefined);
  if (broken.length === 0) {
    const names = issuers.map((each) => each.name).join(', ');
    const detail = names === '' ? 'the installation’s own authority only' : `${names}: reached`;
    return { name, status: 'ok', detail };
  }
  return {
    name,
    // What one cannot sign another may, or tomorrow.
    status: 'warning',
    detail: broken.map((each) => `${each.name}: ${each.problem}`).join('; '),
    advice:
      'holdfast issuer test NAME asks once more; "outbound" of the configuration says who may be reached',
  };
}

async function expiryCheck({ rooms }: InstallationParts, now: Temporal.Instant): Promise<Check> {
  const name = 'expiry';
  const until = now.add({ hours: 24 * soonDays });
  const arns = await rooms.acm.inspection.endingBefore(until, maxNamed + 1);
  if (arns.length === 0)
    return { name, status: 'ok', detail: `no certificate ends within ${soonDays} days` };
  return {
    name,
    status: 'warning',
    detail: `${numbered(arns)} within ${soonDays} days: ${shown(arns)}`,
    advice: 'holdfast doctor ARN says of each whether it is being renewed',
  };
}

async function renewalCheck({ rooms }: InstallationParts, now: Temporal.Instant): Promise<Check> {
  const name = 'renewals';
  const soon = now.add({ hours: 1 });
  const arns = await rooms.acm.inspection.renewalsInTrouble(soon, maxNamed + 1);
  if (arns.length === 0) return { name, status: 'ok', detail: 'none is tried in vain' };
  return {
    name,
    status: 'warning',
    detail: `${numbered(arns)} tried in vain: ${shown(arns)}`,
    advice: 'holdfast doctor ARN says what is in the way of each',
  };
}

/** Uses of keys that are in no record: what the vault did just before it was killed. */
async function trailCheck({ rooms }: InstallationParts): Promise<Check> {
  const missing = await rooms.vaultEpochs.missing(maxNamed);
  return missing.length === 0
    ? { name: 'trail', status: 'ok', detail: 'every use of a key is on record' }
    : {
        name: 'trail',
        status: 'warning',
        detail: `receipts of ${missing.length} lives of the vault are missing: ${missing.join(', ')}`,
        advice: 'look up the events EndVaultEpoch, which name them, and what happened at that time',
      };
}

async function gatewayCheck({ rooms }: InstallationParts): Promise<Check> {
  const name = 'gateway';
  const { active, failed, silent } = await rooms.elbv2.listenerStates();
  const detail = `${active} listeners are served, ${failed} could not be opened, ${silent} without word`;
  if (failed === 0 && silent === 0) return { name, status: 'ok', detail };
  return {
    name,
    status: failed > 0 ? 'failed' : 'warning',
    detail,
    advice:
      'the log says why a listener could not be opened: an address or port that is taken, as a rule',
  };
}

function numbered(arns: readonly string[]): string {
  return arns.length > maxNamed ? `more than ${maxNamed}` : String(arns.length);
}

function shown(arns: readonly string[]): string {
  return arns.slice(0, maxNamed).join(', ');
}

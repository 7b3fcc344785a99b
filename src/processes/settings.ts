import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { isRegion } from '../aws/arn.ts';
import type { OutboundSettings } from '../outbound/index.ts';
import { domainName, endpoint, type Endpoint } from './endpoint.ts';
import { nameServers, secondary, type NameServer } from './name-server-settings.ts';
import { outboundSettings, outboundShape } from './outbound-settings.ts';
import { UsageError } from './usage-error.ts';

/** A passphrase's seal has its place in the data folder, a file's never. */
export type SealChoice =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'passphrase' };

/** What `holdfast serve` was told, decided: every process gets it whole. It holds no secret. */
export interface Settings {
  /** Absolute. */
  readonly dataDirectory: string;
  /** HTTPS: the API. */
  readonly listen: Endpoint;
  readonly dns: Endpoint;
  /** Plain HTTP: revocation lists, and nothing else. */
  readonly plain: Endpoint;
  /** Plain HTTP: metrics; undefined for nowhere. */
  readonly metrics: Endpoint | undefined;
  /** Bound in the place of each load balancer's own address. */
  readonly gatewayHost: string | undefined;
  /** Added to every listener's port. */
  readonly gatewayPortOffset: number;
  /** For how long the gateway serves without the control plane. */
  readonly offlineLimitSeconds: number;
  /** An API process that carried a private key has ended so long after. */
  readonly replaceApiWithinSeconds: number;
  /** Those of hosted zones, the primary first; at least one. */
  readonly nameServers: readonly NameServer[];
  /** This server: those of its own zones, which no secondary has; at least one. */
  readonly ownNameServers: readonly NameServer[];
  /** To whom zones are given whole, and who is told of their changes. Hosts are IP addresses. */
  readonly secondaries: readonly Endpoint[];
  /** Name servers for zones that are not served here; the system's when empty. */
  readonly resolvers: readonly Endpoint[];
  /** Zone under which validation records and load balancers have their names. */
  readonly suffix: string;
  /** Region that `client.env` names. Any Region works. */
  readonly region: string;
  /** How the root key is kept, when that was said. */
  readonly seal: SealChoice | undefined;
  /** Where the passphrase is read; undefined for the terminal. */
  readonly passphraseDescriptor: number | undefined;
  /** RSA key pairs that are made ahead. */
  readonly readyKeys: number;
  readonly writesClientEnv: boolean;
  /** Absolute: where events are told, a line each; undefined for nowhere. */
  readonly eventsFile: string | undefined;
  /** Whom holdfast may ask over HTTPS. */
  readonly outbound: OutboundSettings;
}

export type { Endpoint } from './endpoint.ts';
export { UsageError } from './usage-error.ts';

const options = {
  data: { type: 'string' },
  listen: { type: 'string' },
  dns: { type: 'string' },
  http: { type: 'string' },
  metrics: { type: 'string' },
  gateway: { type: 'string' },
  'gateway-port-offset': { type: 'string' },
  'offline-limit': { type: 'string' },
  'replace-api-within': { type: 'string' },
  'name-server': { type: 'string', multiple: true },
  'allow-transfer': { type: 'string', multiple: true },
  resolver: { type: 'string', multiple: true },
  suffix: { type: 'string' },
  region: { type: 'string' },
  seal: { type: 'string' },
  'passphrase-fd': { type: 'string' },
  'ready-keys': { type: 'string' },
  'events-file': { type: 'string' },
  config: { type: 'string' },
  'no-client-env': { type: 'boolean' },
} as const;

export const serveHelp = `Usage: holdfast serve [options]

Runs everything on this machine: API, vault, jobs, DNS and the gateway of the load balancers.

  --data DIR                 data folder (./holdfast-data)
  --listen HOST:PORT         API, HTTPS only (127.0.0.1:4566)
  --dns HOST:PORT            DNS server (127.0.0.1:4553)
  --http HOST:PORT           plain HTTP, for revocation lists only (127.0.0.1:4580)
  --metrics HOST:PORT        plain HTTP, metrics for Prometheus at /metrics (nowhere)
  --gateway HOST             bind all load balancers to HOST, not each to an address of its own
  --gateway-port-offset N    added to the port of every listener (0)
  --offline-limit SECONDS    how long the gateway serves when cut off from the API (86400)
  --replace-api-within SECONDS  an API process that carried a private key ends within so long (30)
  --name-server HOST[=ADDRESS]  name server of hosted zones; may be repeated (ns-1 and ns-2.dns.SUFFIX)
  --allow-transfer ADDRESS[:PORT]  secondary that may take all zones, told of changes; may be repeated
  --resolver HOST[:PORT]     name server for zones not served here; may be repeated (the system's)
  --suffix NAME              zone of validation records and load balancers (holdfast.internal)
  --region REGION            the Region in client.env (us-east-1); every Region works
  --seal file:PATH           where the seal is (~/.holdfast/<installation id>.seal)
  --seal passphrase          the root key is kept in the data folder, under a passphrase
  --passphrase-fd N          read the passphrase from descriptor N (the terminal)
  --ready-keys N             RSA 2048 key pairs that are made ahead (16)
  --events-file FILE         add what happens to certificates to FILE, as JSON lines
  --config FILE              the same options as a JSON object, and "outbound"; the command line wins
  --no-client-env            do not write DIR/client.env
`;

const text = v.optional(v.string());
const texts = v.optional(v.union([v.string(), v.array(v.string())]));
const configuration = v.strictObject({
  data: text,
  listen: text,
  dns: text,
  http: text,
  metrics: text,
  gateway: text,
  'gateway-port-offset': v.optional(v.union([v.string(), v.number()])),
  'offline-limit': v.optional(v.union([v.string(), v.number()])),
  'replace-api-within': v.optional(v.union([v.string(), v.number()])),
  'name-server': texts,
  'allow-transfer': texts,
  resolver: texts,
  suffix: text,
  region: text,
  seal: text,
  'ready-keys': v.optional(v.union([v.string(), v.number()])),
  'events-file': text,
  'no-client-env': v.optional(v.boolean()),
  outbound: v.optional(outboundShape),
});

/**
 * Settings from the command line, then the configuration file, then the defaults.
 * @throws UsageError with one line for the person who typed it
 */
export function serveSettings(args: readonly string[]): Settings {
  const typed = parse(args);
  const configured = typed.config === undefined ? {} : readConfiguration(typed.config);
  const given = { ...configured, ...typed };
  const dns = endpoint('--dns', given.dns ?? '127.0.0.1:4553');
  const secondaries = [given['allow-transfer'] ?? []].flat().map(secondary);
  const suffix = domainName('--suffix', given.suffix ?? 'holdfast.internal');
  return {
    dataDirectory: resolve(given.data ?? 'holdfast-data'),
    listen: endpoint('--listen', given.listen ?? '127.0.0.1:4566'),
    dns,
    plain: endpoint('--http', given.http ?? '127.0.0.1:4580'),
    metrics: given.metrics === undefined ? undefined : endpoint('--metrics', given.metrics),
    gatewayHost: given.gateway,
    gatewayPortOffset: count('--gateway-port-offset', given['gateway-port-offset'] ?? 0, 0, 64_000),
    offlineLimitSeconds: count('--offline-limit', given['offline-limit'] ?? 86_400, 60, 2_592_000),
    replaceApiWithinSeconds: count(
      '--replace-api-within',
      given['replace-api-within'] ?? 30,
      10,
      300,
    ),
    ...nameServers([given['name-server'] ?? []].flat(), { suffix, ownHost: dns.host, secondaries }),
    secondaries,
    resolvers: [given.resolver ?? []].flat().map((each) => endpoint('--resolver', each, 53)),
    suffix,
    region: knownRegion(given.region ?? 'us-east-1'),
    seal: given.seal === undefined ? undefined : sealChoice('--seal', given.seal),
    passphraseDescriptor: descriptor('--passphrase-fd', typed['passphrase-fd']),
    readyKeys: count('--ready-keys', given['ready-keys'] ?? 16, 0, 1_000),
    writesClientEnv: given['no-client-env'] !== true,
    eventsFile: given['events-file'] === undefined ? undefined : resolve(given['events-file']),
    outbound: outboundSettings(configured.outbound),
  };
}

/** As it stands in a URL: an address to connect to, for one that may mean "all". */
export function hostInUrl(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('\n')[0] ?? '') : '');
  }
}

function readConfiguration(path: string): v.InferOutput<typeof configuration> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new UsageError(`--config: ${path} is not there or is not JSON`);
  }
  const result = v.safeParse(configuration, content);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new UsageError(`--config: ${path}: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
}

function count(option: string, value: string | number, least: number, most: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new UsageError(`${option}: '${value}' is not a whole number from ${least} to ${most}`);
  }
  return number;
}

function knownRegion(value: string): string {
  if (!isRegion(value)) throw new UsageError(`--region: '${value}' is not the name of a Region`);
  return value;
}

/** @throws UsageError */
export function sealChoice(option: string, value: string): SealChoice {
  if (value === 'passphrase') return { kind: 'passphrase' };
  if (value.startsWith('file:') && value !== 'file:')
    return { kind: 'file', path: resolve(value.slice('file:'.length)) };
  throw new UsageError(`${option}: '${value}' is neither file:PATH nor passphrase`);
}

/** @throws UsageError */
export function descriptor(option: string, value: string | undefined): number | undefined {
  return value === undefined ? undefined : count(option, value, 0, 1023);
}

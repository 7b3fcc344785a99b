import type { Clock } from '../lib/clock.ts';
import { silentLog, type Log } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { Secret } from '../lib/secret.ts';
import type { VaultReceipt } from '../lib/vault-receipt.ts';
import type { Change } from '../store/change.ts';
import { accountId } from './arn.ts';
import type { AuditRecord } from './audit/trail.ts';
import type { Credential, Directory } from './directory.ts';
import type { HttpAnswer, HttpRequestLike } from './http/messages.ts';
import type { ServiceModel } from './model.ts';
import type { BoundOperation, Service } from './operation.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import { parsePolicy } from './policy/parse.ts';
import type { PolicyDocument } from './policy/types.ts';
import { signRequest } from './sigv4/sign.ts';

export const account = accountId('111122223333');
export const accessKeyId = 'AKIAALICE';
export const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
export const sessionKeyId = 'ASIAGATEWAY';
export const sessionToken = 'a-token-that-belongs-to-the-session';

/** The edge for tests: everything behind it is in memory, and can be made to fail. */
export interface TestEdge {
  readonly pipeline: Pipeline;
  /** Durable records, the oldest first. */
  readonly records: AuditRecord[];
  readonly confirmed: VaultReceipt[];
  readonly abandoned: VaultReceipt[];
  readonly logged: string[];
  /** Thrown by the next commits, one by one. */
  readonly failures: Error[];
  /** Of alice. */
  policies: PolicyDocument[];
  now: Temporal.Instant;
  /** In milliseconds. */
  monotonic: number;
  /** Number of Changes that were kept. */
  commits: number;
  send(request: TestRequest): Promise<HttpAnswer>;
}

export interface TestRequest {
  readonly service: string;
  /** Sets `x-amz-target` and JSON. */
  readonly target?: string;
  /** A form, with the content type of one. */
  readonly form?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  /** What to change after signing. */
  readonly tamper?: (request: HttpRequestLike) => HttpRequestLike;
}

export function testEdge(services: readonly Service[]): TestEdge {
  const written = new WeakMap<Change, AuditRecord[]>();
  const edge: TestEdge = {
    pipeline: undefined as unknown as Pipeline,
    records: [],
    confirmed: [],
    abandoned: [],
    logged: [],
    failures: [],
    policies: [allow('*')],
    now: Temporal.Instant.from('2026-11-24T12:00:00Z'),
    monotonic: 0,
    commits: 0,
    send: (request) => edge.pipeline.handle(signed(request, edge.now)),
  };
  const clock: Clock = { now: () => edge.now, monotonic: () => edge.monotonic };
  const log: Log = {
    ...silentLog,
    error: (message, fields) => edge.logged.push(`${message} ${JSON.stringify(fields)}`),
  };
  const pipeline = createPipeline({
    services,
    directory: testDirectory(() => edge.policies),
    trail: {
      write: (change, records) => {
        written.set(change, [...(written.get(change) ?? []), ...records]);
      },
    },
    store: {
      async commit(change) {
        const failure = edge.failures.shift();
        if (failure !== undefined) throw failure;
        edge.commits += 1;
        edge.records.push(...(written.get(change) ?? []));
        change.committed();
      },
    },
    vault: {
      confirm: (receipts) => edge.confirmed.push(...receipts),
      abandon: (receipts) => edge.abandoned.push(...receipts),
    },
    clock,
    random: systemRandom,
    log,
    defaultAccount: accountId('999999999999'),
  });
  return Object.assign(edge, { pipeline });
}

/** Knows alice, and a session of the gateway's role. */
export function testDirectory(policies: () => readonly PolicyDocument[]): Directory {
  const secret = new Secret(Buffer.from(secretAccessKey));
  const alice: Credential = {
    principal: {
      type: 'user',
      account,
      arn: `arn:aws:iam::${account}:user/alice`,
      principalId: 'AIDAALICE',
      accessKeyId,
      userName: 'alice',
    },
    secretAccessKey: secret,
  };
  const gateway: Credential = {
    principal: {
      type: 'role-session',
      account,
      arn: `arn:aws:sts::${account}:assumed-role/gateway/one`,
      principalId: 'AROAGATEWAY:one',
      accessKeyId: sessionKeyId,
      roleArn: `arn:aws:iam::${account}:role/gateway`,
      roleName: 'gateway',
      roleId: 'AROAGATEWAY',
      sessionName: 'one',
    },
    secretAccessKey: secret,
    session: {
      issuedAt: Temporal.Instant.from('2026-11-24T11:30:00Z'),
      expiresAt: Temporal.Instant.from('2026-11-24T12:30:00Z'),
      tags: [],
      transitiveTagKeys: [],
      isChained: false,
    },
  };
  return {
    credential: async (id, token) => {
      const found = { [accessKeyId]: alice, [sessionKeyId]: gateway }[id];
      return token === (found?.session && sessionToken) ? found : undefined;
    },
    policiesOf: async () => ({ identity: policies() }),
  };
}

export function allow(action: string): PolicyDocument {
  return policy({ Effect: 'Allow', Action: action, Resource: '*' });
}

export function policy(...statements: readonly unknown[]): PolicyDocument {
  return parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), 'identity');
}

/** A request as the server would hand it over, signed. */
export function signed(request: TestRequest, now: Temporal.Instant): HttpRequestLike {
  const body = Buffer.from(request.body ?? request.form ?? '');
  const headers = signRequest(
    {
      method: 'POST',
      host: 'localhost:4566',
      headers: {
        ...(request.target === undefined
          ? {}
          : { 'x-amz-target': request.target, 'content-type': 'application/x-amz-json-1.1' }),
        ...(request.form === undefined
          ? {}
          : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...request.headers,
      },
      body,
    },
    { service: request.service, region: request.region ?? 'eu-west-1' },
    {
      accessKeyId: request.accessKeyId ?? accessKeyId,
      secretAccessKey: request.secretAccessKey ?? secretAccessKey,
      sessionToken: request.sessionToken,
    },
    now,
  );
  const like: HttpRequestLike = {
    method: 'POST',
    target: '/',
    rawHeaders: Object.entries({ ...headers, 'user-agent': 'test/1' }).flat(),
    body,
    remoteAddress: '192.0.2.7',
    tls: { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256' },
    signal: new AbortController().signal,
  };
  return request.tamper?.(like) ?? like;
}

/** A room whose operations are the functions given. */
export function fakeService(
  model: ServiceModel,
  signingName: string,
  operations: Readonly<Record<string, BoundOperation>>,
  more: Partial<Service> = {},
): Service {
  return {
    model,
    signingName,
    eventSource: `${signingName}.amazonaws.com`,
    readOnly: new Set(
      Object.keys(model.operations).filter((name) => /^(Get|List|Describe)/.test(name)),
    ),
    isGlobal: false,
    operations: new Map(Object.entries(operations)),
    ...more,
  };
}

export function textOf(answer: HttpAnswer): string {
  return Buffer.from(answer.body).toString('utf8');
}

export function jsonOf(answer: HttpAnswer): Record<string, unknown> {
  return JSON.parse(textOf(answer)) as Record<string, unknown>;
}

/** For `https://127.0.0.1` and `https://localhost`; known to everybody, for tests only. */
export const testTls = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgRJiJxJjxXBF8dFIz
l1sfm2t266e0YEp75uh0KsesXEWhRANCAAQkxHCc4ZGU/ZPnTGhlv6bpXhvmojiM
v8qKxNdSyfhb0vsTLwP6ddGdj0Fnd675FadqvTQE+UIFf2rPID18mGJC
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBpDCCAUmgAwIBAgIUGK7OvaSgfHg6PlOx5TgKmJcSF+EwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNaG9sZGZhc3QgdGVzdDAgFw0yNjExMjUwMTQwMjdaGA8yMTI2
MTEwMTAxNDAyN1owGDEWMBQGA1UEAwwNaG9sZGZhc3QgdGVzdDBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABCTEcJzhkZT9k+dMaGW/puleG+aiOIy/yorE11LJ+FvS
+xMvA/p10Z2PQWd3rvkVp2q9NAT5QgV/as8gPXyYYkKjbzBtMB0GA1UdDgQWBBRQ
mLgM836hpHBvE9n3AaZYXgKoSzAfBgNVHSMEGDAWgBRQmLgM836hpHBvE9n3AaZY
XgKoSzAPBgNVHRMBAf8EBTADAQH/MBoGA1UdEQQTMBGHBH8AAAGCCWxvY2FsaG9z
dDAKBggqhkjOPQQDAgNJADBGAiEArpA0OUY45oEC44A9nrpurPrgLjpnufbE5brL
CRq+wMMCIQCSrAasxD8wsob03wEuAIrFhoreFKLIFXS6x8AaK24IBA==
-----END CERTIFICATE-----
`,
};

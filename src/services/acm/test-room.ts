import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { accountId, region } from '../../aws/arn.ts';
import type { Call } from '../../aws/call.ts';
import { CommonError } from '../../aws/errors.ts';
import type { ConditionContext } from '../../aws/policy/types.ts';
import { systemRandom } from '../../lib/random.ts';
import { silentLog } from '../../lib/log.ts';
import { reveal, Secret, type Sealed } from '../../lib/secret.ts';
import { Change } from '../../store/change.ts';
import { GuardFailed } from '../../store/store.ts';
import { createAcm, type Acm } from './index.ts';
import type { DescribeCertificateResponse, RequestCertificateResponse } from './model.ts';
import type { AcmPorts, EncryptionContext, ImportedCertificate } from './ports.ts';
import type { IssuerRefusal } from '../../issuance/issuer.ts';
import type { Leaf } from './domain/certificate.ts';
import { acmMigrations, type AcmTables } from './schema.ts';
import { VaultRefusal } from '../../vault-client/vault.ts';

/** The room for tests: a store in memory, and neighbours that behave like the real ones as far as the room sees. */
export interface TestRoom {
  readonly acm: Acm;
  readonly ports: Omit<AcmPorts, 'reader' | 'writer'>;
  now: Temporal.Instant;
  /** CNAMEs that are there. */
  readonly records: Map<string, string>;
  /** Grants that live, by id. */
  readonly grants: Map<string, EncryptionContext>;
  readonly moved: string[];
  readonly asked: { action: string; resource: string; context: ConditionContext }[];
  denied: Set<string>;
  refusal: IssuerRefusal | undefined;
  /** Commits that destroyed key material. */
  shreddings: number;
  /** Keys that the fake vault was asked to make. */
  keyPairs: number;
  /** Called between an operation and its commit, once: for races. */
  beforeCommit: (() => Promise<void>) | undefined;
  run<Output = Record<string, never>>(operation: string, input: unknown): Promise<Output>;
  as<Output>(work: (call: Call) => Promise<Output>): Promise<Output>;
  /** Runs jobs until nothing is due; resolves with their number. */
  work(): Promise<number>;
  pass(duration: Temporal.DurationLike): void;
}

const account = accountId('111122223333');
const euWest1 = region('eu-west-1');

export async function testRoom(): Promise<TestRoom> {
  const { db, commit } = await memoryStore();
  let issuedCount = 0;
  const sealed = (context: EncryptionContext, key: string): Sealed<'private-key'> =>
    Buffer.from(JSON.stringify({ context, key })) as unknown as Sealed<'private-key'>;
  const opened = (ciphertext: Uint8Array, context: EncryptionContext): string => {
    const content = JSON.parse(Buffer.from(ciphertext).toString()) as {
      context: EncryptionContext;
      key: string;
    };
    if (JSON.stringify(content.context) !== JSON.stringify(context))
      throw new VaultRefusal('invalid-ciphertext', 'another context');
    return content.key;
  };
  const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/7d1c9b1e-0000-4000-8000-000000000000';
  const room: TestRoom = {
    acm: undefined as unknown as Acm,
    ports: undefined as unknown as TestRoom['ports'],
    now: Temporal.Instant.from('2026-11-24T12:00:00Z'),
    records: new Map(),
    grants: new Map(),
    moved: [],
    asked: [],
    denied: new Set(),
    refusal: undefined,
    shreddings: 0,
    keyPairs: 0,
    beforeCommit: undefined,
    run: (name, input) =>
      room.as((call) => {
        const run = room.acm.service.operations.get(name);
        if (run === undefined) throw new TypeError(`no operation ${name}`);
        return run(input, call) as Promise<never>;
      }),
    async as(work) {
      for (let attempt = 0; ; attempt++) {
        const call = fakeCall(room, new Change());
        const output = await work(call);
        const race = room.beforeCommit;
        room.beforeCommit = undefined;
        await race?.();
        try {
          await commit(call.change);
          if (call.change.isShredding) room.shreddings += 1;
          return output;
        } catch (error) {
          if (!(error instanceof GuardFailed) || attempt === 5) throw error;
        }
      }
    },
    async work() {
      for (let total = 0, rounds = 0; ; rounds++) {
        const begun = await room.acm.runDueJobs(
          { now: room.now, limit: 50 },
          {
            commit,
            runJob: (_job, work) => room.as(work),
            log: silentLog,
          },
        );
        if (begun === 0) return total;
        if (rounds > 1000) throw new Error('the jobs never end');
        total += begun;
      }
    },
    pass: (duration) => {
      room.now = room.now.toZonedDateTimeISO('UTC').add(duration).toInstant();
    },
  };
  const ports: TestRoom['ports'] = {
    keys: {
      ensureManagedKey: async () => ({ keyArn }),
      generatePrivateKey: async (_call, { context }) => {
        room.keyPairs += 1;
        return {
          ciphertext: sealed(context, `key ${room.keyPairs}`),
          publicKey: new Uint8Array([room.keyPairs]),
          keyArn,
        };
      },
      importPrivateKey: async (_call, { pem, context }) => {
        const text = Buffer.from(reveal(pem)).toString();
        pem[Symbol.dispose]();
        if (text.includes('other')) throw new VaultRefusal('private-key-mismatch', 'another key');
        return { ciphertext: sealed(context, text), keyArn };
      },
      signCsr: async (_call, { ciphertext, context }) => ({
        csr: Buffer.from(opened(ciphertext, context)),
      }),
      reEncryptPrivateKey: async (_call, { ciphertext, from, to }) => ({
        ciphertext: sealed(to, opened(ciphertext, from)),
      }),
      exportPrivateKey: async (_call, { ciphertext, context, passphrase }) => {
        passphrase[Symbol.dispose]();
        return { pem: `encrypted ${opened(ciphertext, context)}` };
      },
      createGrant: async (call, { encryptionContextEquals }) => {
        await call.authorize('kms:CreateGrant', keyArn);
        const grantId = systemRandom.uuid();
        call.change.afterCommit(() => room.grants.set(grantId, encryptionContextEquals));
        return { grantId };
      },
      retireGrant: async (call, { grantId }) =>
        call.change.afterCommit(() => room.grants.delete(grantId)),
      grantExists: async (_key, grantId) => room.grants.has(grantId),
    },
    domainControl: {
      checkControl: async ({ recordName, recordValue }) =>
        room.records.get(recordName) === recordValue,
    },
    issuer: {
      prepare: async (_call, order) => {
        if (room.refusal !== undefined) throw room.refusal;
        return {
          prepared: `${order.domainName} signed by ${Buffer.from(await order.signRequest(order.publicKey)).toString()}`,
        };
      },
      sign: async (_call, prepared) => ({
        certificatePem: `PEM ${++issuedCount} ${prepared}`,
        chainPem: 'CHAIN',
      }),
    },
    x509: {
      describe: (pem) => leafOf(pem, room.now),
      checkImport: ({ certificate }) => importOf(Buffer.from(certificate).toString(), room.now),
    },
    validation: { installationId: 'an-installation', zone: 'acm-validations.test' },
    materialChanged: (change, resourceArn) =>
      change.afterCommit(() => room.moved.push(resourceArn)),
    wakeWorker: () => undefined,
  };
  return Object.assign(room, { ports, acm: createAcm(db, ports) });
}

export async function request(
  room: TestRoom,
  input: Record<string, unknown> = {},
): Promise<string> {
  const { CertificateArn } = await room.run<RequestCertificateResponse>('RequestCertificate', {
    DomainName: 'a.example',
    ValidationMethod: 'DNS',
    ...input,
  });
  return CertificateArn ?? '';
}

export async function describe(room: TestRoom, arn: string) {
  const { Certificate } = await room.run<DescribeCertificateResponse>('DescribeCertificate', {
    CertificateArn: arn,
  });
  return Certificate ?? {};
}

export async function prove(room: TestRoom, arn: string): Promise<void> {
  for (const { ResourceRecord } of (await describe(room, arn)).DomainValidationOptions ?? []) {
    if (ResourceRecord !== undefined) room.records.set(ResourceRecord.Name, ResourceRecord.Value);
  }
}

export async function issue(room: TestRoom, input: Record<string, unknown> = {}): Promise<string> {
  const arn = await request(room, input);
  await prove(room, arn);
  await room.work();
  return arn;
}

export function secret(text: string): Secret {
  return new Secret(Uint8Array.from(Buffer.from(text)));
}

function leafOf(text: string, now: Temporal.Instant): Leaf {
  return {
    serial: /PEM (\d+)/.exec(text)?.[1] ?? '01',
    subject: 'CN=a.example',
    issuer: 'Test CA',
    signatureAlgorithm: 'SHA256WITHRSA',
    notBefore: now,
    notAfter: now.add({ hours: 198 * 24 }),
    keyUsages: ['DIGITAL_SIGNATURE'],
    extendedKeyUsages: [{ Name: 'TLS_WEB_SERVER_AUTHENTICATION', OID: '1.3.6.1.5.5.7.3.1' }],
  };
}

/** `certificate` is the name, then perhaps a key algorithm. */
function importOf(certificate: string, now: Temporal.Instant): ImportedCertificate {
  const [name = '', algorithm = 'RSA_2048'] = certificate.split(' ');
  return {
    certificatePem: `PEM ${certificate}`,
    chainPem: undefined,
    publicKey: new Uint8Array(1),
    keyAlgorithm: algorithm as ImportedCertificate['keyAlgorithm'],
    domainName: name,
    names: [name],
    leaf: leafOf(certificate, now),
  };
}

function fakeCall(room: TestRoom, change: Change): Call {
  const call: Call = {
    requestId: systemRandom.uuid(),
    account,
    region: euWest1,
    principal: {
      type: 'user',
      account,
      arn: `arn:aws:iam::${account}:user/alice`,
      principalId: 'AIDA',
      accessKeyId: 'AKIA',
      userName: 'alice',
    },
    invokedBy: undefined,
    clock: { now: () => room.now, monotonic: () => 0 },
    random: systemRandom,
    change,
    audit: {
      resource() {},
      requestParameters() {},
      responseElements() {},
      additional() {},
      receipt() {},
    },
    signal: new AbortController().signal,
    async authorize(action, resource, details) {
      room.asked.push({ action, resource, context: details?.context ?? {} });
      if (room.denied.has(action))
        throw new CommonError('access-denied', `not authorized to perform: ${action}`);
    },
    needsNoPermission() {},
    via: () => call,
    as: () => call,
    nested: (_event, work) => work(call),
  };
  return call;
}

async function memoryStore(): Promise<{
  db: Kysely<AcmTables>;
  commit: (change: Change) => Promise<void>;
}> {
  const database = new DatabaseSync(':memory:');
  const db = new Kysely<AcmTables>({
    dialect: new SqliteDialect({
      database: {
        close: () => database.close(),
        prepare: (text: string) => {
          const statement = database.prepare(text);
          return {
            reader: statement.columns().length > 0,
            all: (parameters: readonly unknown[]) => statement.all(...(parameters as never[])),
            run: (parameters: readonly unknown[]) => statement.run(...(parameters as never[])),
            iterate: (parameters: readonly unknown[]) =>
              statement.iterate(...(parameters as never[])),
          } as never;
        },
      },
    }),
  });
  for (const migration of Object.values(acmMigrations)) await migration.up(db);
  const commit = async (change: Change): Promise<void> => {
    database.exec('BEGIN');
    try {
      for (const { sql, parameters, rows } of change.statements) {
        const { changes } = database.prepare(sql).run(...(parameters as never[]));
        if (rows !== undefined && Number(changes) !== rows) throw new GuardFailed();
      }
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      if (error instanceof Error && /UNIQUE|PRIMARY/.test(error.message)) throw new GuardFailed();
      throw error;
    }
    change.committed();
  };
  return { db, commit };
}

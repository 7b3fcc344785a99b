import type { BrokenSet } from '../../aws/authority/authority.ts';
import { authorityMigrations } from '../../aws/authority/schema.ts';
import type { Call } from '../../aws/call.ts';
import type { IssuerRefusal, RenewalAdvice } from '../../issuance/issuer.ts';
import { silentLog } from '../../lib/log.ts';
import { systemRandom } from '../../lib/random.ts';
import { reveal, Secret, type Sealed } from '../../lib/secret.ts';
import { VaultRefusal } from '../../vault-client/vault.ts';
import { MemoryStore } from '../../../test/fakes/memory-store.ts';
import { FakePipeline } from '../../../test/fakes/pipeline.ts';
import { rowAuthority } from '../../../test/fakes/row-authority.ts';
import type { Leaf } from './domain/certificate.ts';
import type { CertificateEvent } from './domain/events.ts';
import { createAcm, type Acm } from './index.ts';
import type { DescribeCertificateResponse, RequestCertificateResponse } from './model.ts';
import type { AcmPorts, CaaCheck, EncryptionContext, ImportedCertificate } from './ports.ts';
import { acmMigrations, type AcmTables } from './schema.ts';

const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/7d1c9b1e-0000-4000-8000-000000000000';

/** The room for tests, among neighbours that behave like the real ones as far as the room sees. */
export class TestRoom extends FakePipeline {
  readonly acm: Acm;
  readonly ports: Omit<AcmPorts, 'reader' | 'writer'>;
  readonly store: MemoryStore<AcmTables>;
  readonly broken: BrokenSet[] = [];
  /** CNAMEs that are there. */
  readonly records = new Map<string, string>();
  /** What the CAA records of all names say. */
  caa: CaaCheck = { verdict: 'allowed', reasons: [] };
  /** What a look-up for a domain waits for. */
  readonly nameServers = new Map<string, Promise<void>>();
  /** Grants that live, by id. */
  readonly grants = new Map<string, EncryptionContext>();
  readonly moved: string[] = [];
  /** Orders that came to nothing. */
  readonly failures: string[] = [];
  /** What was told, in commits that were kept. */
  readonly told: (CertificateEvent & { readonly arn: string })[] = [];
  refusal: IssuerRefusal | undefined;
  /** What CAs say of renewals. */
  advice: RenewalAdvice | undefined;
  /** Which CA signs what is requested from now on. */
  chosenIssuer: string | undefined;
  /** Reasons, by certificate. */
  readonly revoked = new Map<string, number>();
  /** Keys that the fake vault was asked to make. */
  keyPairs = 0;
  /** What the jobs told the log that was not well. */
  readonly warnings: string[] = [];
  /** Certificates that were signed. */
  issued = 0;

  constructor(store: MemoryStore<AcmTables>) {
    super(store);
    this.store = store;
    this.ports = {
      keys: fakeKeys(this),
      domainControl: {
        checkControl: async ({ domain, recordName, recordValue }) => {
          await this.nameServers.get(domain);
          return this.records.get(recordName) === recordValue
            ? { isProved: true }
            : { isProved: false, reason: `there is no CNAME at ${recordName}` };
        },
      },
      caa: { check: async () => this.caa },
      issuer: fakeIssuer(this),
      chooseIssuer: async () => this.chosenIssuer,
      renewalAdvice: async () => this.advice,
      revoker: {
        revoke: async (call, certificates, reason) => {
          if (this.refusal !== undefined) throw this.refusal;
          call.change.afterCommit(() => {
            for (const pem of certificates) this.revoked.set(pem, reason);
          });
        },
      },
      x509: {
        describe: (pem) => leafOf(pem, this.now),
        checkImport: ({ certificate }) => importOf(Buffer.from(certificate).toString(), this.now),
      },
      events: {
        tell: (call, { arn }, event) =>
          call.change.afterCommit(() => this.told.push({ arn, ...event })),
        failed: (change, what) => change.afterCommit(() => this.failures.push(what)),
      },
      validation: { installationId: 'an-installation', zone: 'acm-validations.test' },
      materialChanged: (change, resourceArn) =>
        change.afterCommit(() => this.moved.push(resourceArn)),
    };
    this.acm = createAcm(store.db, rowAuthority(store.db, this.broken), this.ports);
  }

  run<Output = Record<string, never>>(operation: string, input: unknown): Promise<Output> {
    return this.runOperation(this.acm.service, operation, input);
  }

  /** Runs jobs until nothing is due; resolves with their number. */
  async work(): Promise<number> {
    for (let total = 0, rounds = 0; rounds < 1000; rounds++) {
      const started = await this.startDueJobs();
      if (started.length === 0) return total;
      await Promise.all(started);
      total += started.length;
    }
    throw new Error('the jobs never end');
  }

  startDueJobs(): Promise<readonly Promise<void>[]> {
    const commit = this.store.commit.bind(this.store);
    const host = {
      commit,
      commitLater: commit,
      runJob: <T>(_job: unknown, work: (call: Call) => Promise<T>) => this.as(work),
      log: { ...silentLog, warn: (message: string) => this.warnings.push(message) },
    };
    return this.acm.startDueJobs({ now: this.now, limit: 50 }, host);
  }
}

export async function testRoom(): Promise<TestRoom> {
  return new TestRoom(await MemoryStore.open({ ...authorityMigrations, ...acmMigrations }));
}

function fakeKeys(room: TestRoom): AcmPorts['keys'] {
  return {
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
  };
}

function sealed(context: EncryptionContext, key: string): Sealed<'private-key'> {
  return Buffer.from(JSON.stringify({ context, key })) as unknown as Sealed<'private-key'>;
}

function opened(ciphertext: Uint8Array, context: EncryptionContext): string {
  const content = JSON.parse(Buffer.from(ciphertext).toString()) as {
    context: EncryptionContext;
    key: string;
  };
  if (JSON.stringify(content.context) !== JSON.stringify(context))
    throw new VaultRefusal('invalid-ciphertext', 'another context');
  return content.key;
}

function fakeIssuer(room: TestRoom): AcmPorts['issuer'] {
  return {
    prepare: async (_call, order) => {
      if (room.refusal !== undefined) throw room.refusal;
      const csr = Buffer.from(await order.signRequest(order.publicKey)).toString();
      return { prepared: `${order.domainName} signed by ${csr}` };
    },
    sign: async (_call, prepared) => ({
      certificatePem: `PEM ${++room.issued} ${prepared}`,
      chainPem: 'CHAIN',
    }),
  };
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

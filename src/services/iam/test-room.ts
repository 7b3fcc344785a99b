import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { pipelineHandler } from '../../../test/pipeline-handler.ts';
import type { AccountId } from '../../aws/arn.ts';
import { Authority, type AuthorityPorts, type BrokenSet } from '../../aws/authority/authority.ts';
import { authorityMigrations, type AuthorityTables } from '../../aws/authority/schema.ts';
import type { Call } from '../../aws/call.ts';
import type { Service } from '../../aws/operation.ts';
import { createPipeline, type Pipeline } from '../../aws/pipeline.ts';
import type { Clock } from '../../lib/clock.ts';
import { silentLog } from '../../lib/log.ts';
import { systemRandom } from '../../lib/random.ts';
import { reveal } from '../../lib/secret.ts';
import type { Outbound } from '../../outbound/index.ts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import { openSqliteStore } from '../../store/sqlite/index.ts';
import type { Store } from '../../store/store.ts';
import {
  cloudTrailMigrations,
  createCloudTrail,
  type CloudTrail,
  type CloudTrailTables,
} from '../cloudtrail/index.ts';
import { TestVault } from '../kms/test-vault.ts';
import { createSts } from '../sts/index.ts';
import type { IamVault } from './ports.ts';
import { createIam, iamMigrations, type Iam, type IamTables, type SessionOrder } from './index.ts';

type RoomVault = IamVault & AuthorityPorts['vault'];

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The three rooms that know who calls and what was done, on the real way of a request and the real store. */
export class IdentityRoom implements AsyncDisposable {
  readonly folder: string;
  readonly store: Store<AuthorityTables & IamTables & CloudTrailTables>;
  readonly vault: RoomVault;
  readonly broken: BrokenSet[] = [];
  /** Receipts that stand in durable records. */
  readonly confirmed: VaultReceipt[] = [];
  readonly account: AccountId;
  readonly iam: Iam;
  readonly cloudTrail: CloudTrail;
  readonly pipeline: Pipeline;
  admin: Credentials = { accessKeyId: '', secretAccessKey: '' };
  /** What others answer; nobody, unless the test says so. */
  outbound: Outbound['send'] = () => Promise.reject(new Error('nobody answers'));
  /** Added to the time at which the room was opened: no half minute ends between a code and its use by itself. */
  passed = Temporal.Duration.from({ seconds: 0 });
  readonly #began = Temporal.Now.instant();

  static async open(vault: RoomVault = new TestVault()): Promise<IdentityRoom> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-identity-'));
    const store = await openSqliteStore<AuthorityTables & IamTables & CloudTrailTables>({
      file: join(folder, 'holdfast.db'),
      migrations: [authorityMigrations, iamMigrations, cloudTrailMigrations],
      log: silentLog,
    });
    const room = new IdentityRoom(folder, store, vault);
    room.admin = await room.createFirst();
    return room;
  }

  private constructor(
    folder: string,
    store: Store<AuthorityTables & IamTables & CloudTrailTables>,
    vault: RoomVault,
  ) {
    this.vault = vault;
    this.folder = folder;
    this.store = store;
    this.iam = this.anotherProcess();
    this.cloudTrail = createCloudTrail(store.db);
    this.account = this.iam.accounts.newId(systemRandom);
    const clock = { now: () => this.now(), monotonic: () => this.now().epochMilliseconds };
    this.pipeline = createPipeline({
      services: [this.iam.service, this.cloudTrail.service, this.#sts(clock)],
      directory: this.iam.directory,
      trail: this.iam.notingUses(this.cloudTrail.trail),
      store,
      vault: { confirm: (receipts) => this.confirmed.push(...receipts), abandon() {} },
      clock,
      random: systemRandom,
      log: silentLog,
      defaultAccount: this.account,
    });
  }

  #sts(clock: Clock): Service {
    return createSts({
      identity: this.iam.identity,
      sessions: this.iam.sessions,
      outbound: { send: (request) => this.outbound(request) },
      clock,
      log: silentLog,
    });
  }

  /** The room as another process sees it, which remembers nothing. */
  anotherProcess(vault = this.vault): Iam {
    const authority = new Authority(this.store.db, {
      vault,
      alarm: (each) => this.broken.push(each),
    });
    return createIam(this.store.db, { vault, authority });
  }

  now(): Temporal.Instant {
    return this.#began.add(this.passed);
  }

  async createFirst(): Promise<Credentials> {
    const made = await this.asOperator((call) => this.iam.accounts.createFirst(call, this.account));
    return { accessKeyId: made.accessKeyId, secretAccessKey: textOf(made.secretAccessKey) };
  }

  async session(order: Omit<SessionOrder, 'account'>): Promise<Required<Credentials>> {
    const made = await this.asOperator((call) =>
      this.iam.sessions.create(call, { ...order, account: this.account }),
    );
    return {
      accessKeyId: made.accessKeyId,
      secretAccessKey: textOf(made.secretAccessKey),
      sessionToken: textOf(made.sessionToken),
    };
  }

  asOperator<T>(work: (call: Call) => Promise<T>): Promise<T> {
    return this.pipeline.runAsOperator(
      {
        eventName: 'Test',
        requestParameters: null,
        account: this.account,
        region: 'eu-west-1' as never,
      },
      work,
    );
  }

  /** Settings for a client of the AWS SDK that is answered here. */
  clientSettings(credentials: Credentials = this.admin, region = 'eu-west-1') {
    const requestHandler = pipelineHandler(this.pipeline);
    return {
      region,
      credentials,
      requestHandler,
      maxAttempts: 1,
      systemClockOffset: this.passed.total('milliseconds'),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.pipeline[Symbol.dispose]();
    await this.store[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true });
  }
}

/** Whether an error of the SDK has this name, and this text. */
export function named(name: string, text?: string | RegExp): (error: unknown) => boolean {
  return (error) =>
    error instanceof Error &&
    error.name === name &&
    (text === undefined ||
      (typeof text === 'string' ? error.message === text : text.test(error.message)));
}

/** Makes a user who may do what the statement says, with an access key. */
export async function userWith(
  room: IdentityRoom,
  name: string,
  statement: object,
): Promise<Credentials> {
  const iam = new IAMClient(room.clientSettings());
  await iam.send(new CreateUserCommand({ UserName: name }));
  await iam.send(
    new PutUserPolicyCommand({
      UserName: name,
      PolicyName: 'own',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statement }),
    }),
  );
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
}

/** As an authenticator app reads a seed. */
export function decodeBase32(text: string): Uint8Array {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = text
    .split('')
    .map((each) => alphabet.indexOf(each).toString(2).padStart(5, '0'))
    .join('');
  return Uint8Array.from({ length: bits.length >> 3 }, (_none, n) =>
    parseInt(bits.slice(8 * n, 8 * n + 8), 2),
  );
}

/** Overwrites the secret. */
export function textOf(secret: Parameters<typeof reveal>[0]): string {
  const text = Buffer.from(reveal(secret)).toString('latin1');
  secret[Symbol.dispose]();
  return text;
}

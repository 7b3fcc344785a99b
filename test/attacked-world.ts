import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  GetUserCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  EncryptCommand,
  ListGrantsCommand,
} from '@aws-sdk/client-kms';
import { askServer } from '../src/cli/operator-client.ts';
import { clientsOf, type Clients } from './sdk-clients.ts';
import { until } from './until.ts';
import { startWorld, type World } from './world.ts';

/** One way to gain a right by writing the database. */
interface Attack {
  /** Of the set in which it shows. */
  readonly kind: string;
  /** The tables that are put back afterwards. */
  readonly tables: readonly string[];
  tamper(this: void): void;
  /** What is refused before, and must fail as the server's own fault afterwards. */
  use(this: void): Promise<unknown>;
}

type Row = Readonly<Record<string, SQLInputValue>>;

export const context = { purpose: 'test' };

/** Real processes, whose database somebody else writes while they run. */
export class AttackedWorld implements AsyncDisposable {
  readonly world: World;
  /** Administrators of two accounts. */
  readonly admin: Clients;
  readonly stranger: Clients;
  readonly strangersAccount: string;
  readonly #database: DatabaseSync;
  readonly #stack: AsyncDisposableStack;

  static async start(): Promise<AttackedWorld> {
    await using stack = new AsyncDisposableStack();
    const world = stack.use(await startWorld());
    const file = join(world.dataDirectory, 'holdfast.db');
    const database = stack.use(new DatabaseSync(file, { timeout: 10_000 }));
    const made = await askServer(world.dataDirectory, 'account/create', {});
    const { clientEnv, account } = made as { clientEnv: string; account: string };
    const valueOf = (name: string): string =>
      new RegExp(`^${name}=(.*)$`, 'm').exec(clientEnv)?.[1] ?? assert.fail(name);
    const stranger = {
      accessKeyId: valueOf('AWS_ACCESS_KEY_ID'),
      secretAccessKey: valueOf('AWS_SECRET_ACCESS_KEY'),
    };
    return new AttackedWorld(world, database, { account, ...stranger }, stack.move());
  }

  private constructor(
    world: World,
    database: DatabaseSync,
    stranger: World['credentials'] & { readonly account: string },
    stack: AsyncDisposableStack,
  ) {
    this.world = world;
    this.#database = database;
    this.#stack = stack;
    this.admin = this.clientsAs(world.credentials);
    this.stranger = this.clientsAs(stranger);
    this.strangersAccount = stranger.account;
  }

  /** Writes behind the server's back, and sees that this gains nothing and is found. */
  async attack({ kind, tables, tamper, use }: Attack): Promise<void> {
    const alarmsBefore = await this.alarms(kind);
    const kept = ['authority_set', ...tables].map((table) => [table, this.rowsOf(table)] as const);
    tamper();
    try {
      const error = await use().then(
        () => assert.fail('the attack gained a right'),
        (thrown: unknown) => thrown,
      );
      assert.ok(error instanceof Error && '$metadata' in error, String(error));
      const { httpStatusCode } = error.$metadata as { httpStatusCode?: number };
      assert.equal(httpStatusCode, 500, error.name);
      assert.match(error.name, /^(InternalFailure|KMSInternalException)$/);
      assert.equal(
        error.message,
        'The request processing has failed because of an unknown error, exception or failure.',
      );
    } finally {
      for (const [table, rows] of kept) this.putBack(table, rows);
    }
    await until(`the alarm of ${kind} is on record`, 120, async () =>
      (await this.alarms(kind)) > alarmsBefore ? true : undefined,
    );
  }

  /** How many alarms are on record; each says which rows, and nothing of what is in them. */
  async alarms(kind: string): Promise<number> {
    const records = await this.events('StoreTamperingDetected');
    return records.filter(({ eventType, additionalEventData }) => {
      assert.equal(eventType, 'AwsServiceEvent');
      assert.deepEqual(Object.keys(additionalEventData).sort(), alarmMembers);
      return additionalEventData['setKind'] === kind;
    }).length;
  }

  /** The records of an event in the first account's trail. */
  async events(AttributeValue: string): Promise<
    readonly {
      readonly eventType: string;
      readonly additionalEventData: Readonly<Record<string, unknown>>;
    }[]
  > {
    // Whoever else is under attack: this user is not.
    this.#auditor ??= this.userWith('observer', {
      all: { Effect: 'Allow', Action: '*', Resource: '*' },
    });
    const { Events = [] } = await (
      await this.#auditor
    ).cloudtrail.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue }],
      }),
    );
    return Events.map(({ CloudTrailEvent = '' }) => JSON.parse(CloudTrailEvent));
  }

  #auditor: Promise<Clients> | undefined;

  clientsAs(credentials: World['credentials']): Clients {
    return this.#stack.use(clientsOf(this.world, { credentials, maxAttempts: 1 }));
  }

  async userWith(name: string, statements: Readonly<Record<string, object>>): Promise<Clients> {
    const { iam } = this.admin;
    await iam.send(new CreateUserCommand({ UserName: name }));
    for (const [PolicyName, statement] of Object.entries(statements)) {
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement });
      await iam.send(new PutUserPolicyCommand({ UserName: name, PolicyName, PolicyDocument }));
    }
    return this.clientsAs(await this.newAccessKey(name));
  }

  async userArn(UserName: string): Promise<string> {
    return (await this.admin.iam.send(new GetUserCommand({ UserName }))).User?.Arn ?? '';
  }

  async newAccessKey(UserName: string): Promise<World['credentials']> {
    const { AccessKey } = await this.admin.iam.send(new CreateAccessKeyCommand({ UserName }));
    return {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    };
  }

  /** A key of the first account, with a ciphertext that was decrypted before: the server has it in memory. */
  async newKey() {
    const { kms } = this.admin;
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const id = KeyMetadata?.KeyId ?? '';
    const { CiphertextBlob } = await kms.send(
      new EncryptCommand({ KeyId: id, Plaintext: Buffer.from('x'), EncryptionContext: context }),
    );
    const decrypt = { CiphertextBlob, EncryptionContext: context };
    await kms.send(new DecryptCommand(decrypt));
    await kms.send(new ListGrantsCommand({ KeyId: id }));
    return { id, arn: KeyMetadata?.Arn ?? '', decrypt };
  }

  async newGrant(
    KeyId: string,
    GranteePrincipal: string,
    EncryptionContextEquals: Record<string, string>,
  ): Promise<string> {
    const Constraints = { EncryptionContextEquals };
    const { GrantId = '' } = await this.admin.kms.send(
      new CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ['Decrypt'], Constraints }),
    );
    return GrantId;
  }

  /** Executes a statement that touches a row at least. */
  run(statement: string, ...values: SQLInputValue[]): void {
    assert.ok(this.#database.prepare(statement).run(...values).changes > 0, statement);
  }

  rowsOf(table: string): Row[] {
    return this.#database.prepare(`SELECT * FROM ${table}`).all() as Row[];
  }

  insert(table: string, rows: readonly Row[]): void {
    for (const row of rows) {
      const columns = Object.keys(row);
      const places = columns.map(() => '?').join();
      this.run(
        `INSERT INTO ${table} (${columns.join()}) VALUES (${places})`,
        ...Object.values(row),
      );
    }
  }

  putBack(table: string, rows: readonly Row[]): void {
    this.#database.exec('BEGIN IMMEDIATE');
    this.#database.exec(`DELETE FROM ${table}`);
    this.insert(table, rows);
    this.#database.exec('COMMIT');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }
}

const alarmMembers = ['setAccount', 'setKind', 'setOwner', 'setRegion'];

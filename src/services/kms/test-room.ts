import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { accountId, region, type Region } from '../../aws/arn.ts';
import { AttemptCall } from '../../aws/pipeline/attempt.ts';
import { auditRecord } from '../../aws/audit/record.ts';
import type { AuditRecord } from '../../aws/audit/trail.ts';
import type { Call } from '../../aws/call.ts';
import { parsePolicy } from '../../aws/policy/parse.ts';
import type {
  Principal,
  RoleSessionPrincipal,
  RootPrincipal,
  UserPrincipal,
} from '../../aws/principal.ts';
import { settle } from '../../aws/pipeline/settle.ts';
import { foreseen, internalFailure, wireError } from '../../aws/protocols/wire-errors.ts';
import { silentLog } from '../../lib/log.ts';
import { systemRandom } from '../../lib/random.ts';
import { reveal, Secret } from '../../lib/secret.ts';
import { Change } from '../../store/change.ts';
import { GroupCommit } from '../../store/sqlite/group-commit.ts';
import { NodeSqliteDialect } from '../../store/sqlite/dialect.ts';
import { migrate } from '../../store/sqlite/migrate.ts';
import { GuardFailed } from '../../store/store.ts';
import { createKms, type EndedGrant, type Kms } from './index.ts';
import type { CreateKeyResponse } from './model.ts';
import { kmsMigrations, type KmsTables } from './schema.ts';
import { TestVault } from './test-vault.ts';

/** The room for tests: a store and a vault in memory; calls, policies and records as the pipeline makes them. */
export interface TestRoom {
  readonly kms: Kms;
  readonly vault: TestVault;
  /** For what would take too long to bring about by calls. */
  readonly database: DatabaseSync;
  readonly records: AuditRecord[];
  readonly ended: EndedGrant[];
  /** The identity policy of a principal, by its ARN. */
  readonly policies: Map<string, object>;
  now: Temporal.Instant;
  region: Region;
  /** Called between the first try of an operation and its commit, once: for races. */
  beforeCommit: (() => Promise<void>) | undefined;
  run<Output = Record<string, never>>(
    operation: string,
    input: object,
    principal?: Principal,
  ): Promise<Output>;
  /** Does what another room would do with a call. */
  as<Output>(principal: Principal, work: (call: Call) => Promise<Output>): Promise<Output>;
}

export const account = accountId('111122223333');
export const otherAccount = accountId('444455556666');
export const allowAll = statement('Allow', '*', '*');
export const admin = user('admin');
export const alice = user('alice');
export const bob = user('bob');
export const stranger = user('stranger', otherAccount);
export const acm: Principal = { type: 'service', name: 'acm.eu-west-1.amazonaws.com', account };
/** A session of the role in whose name services decrypt the keys of certificates. */
export const gateway: RoleSessionPrincipal = {
  type: 'role-session',
  account,
  arn: `arn:aws:sts::${account}:assumed-role/Gateway/one`,
  principalId: 'AROA:one',
  accessKeyId: 'ASIA',
  roleArn: `arn:aws:iam::${account}:role/Gateway`,
  roleName: 'Gateway',
  roleId: 'AROA',
  sessionName: 'one',
  issuedAt: Temporal.Instant.from('2026-11-24T12:00:00Z'),
  service: 'tlsconnectionmanager.amazonaws.com',
};

export async function testRoom(): Promise<TestRoom> {
  const database = new DatabaseSync(':memory:');
  await migrate(database, kmsMigrations);
  const db = new Kysely<KmsTables>({ dialect: new NodeSqliteDialect(database) });
  const vault = new TestVault();
  const ended: EndedGrant[] = [];
  const kms = createKms(db, {
    vault,
    grantEnded: (change, grant) => change.afterCommit(() => ended.push(grant)),
  });
  const group = new GroupCommit(database);
  const room: TestRoom = {
    kms,
    vault,
    database,
    ended,
    records: [],
    policies: new Map([[admin.arn, allowAll]]),
    now: Temporal.Instant.from('2026-11-24T12:00:00Z'),
    region: region('eu-west-1'),
    beforeCommit: undefined,
    run: (name, input, principal = admin) =>
      begin(room, group, principal, name, (call) => {
        const run = kms.service.operations.get(name);
        if (run === undefined) throw new TypeError(`no operation ${name}`);
        return run(input, call) as Promise<never>;
      }),
    as: (principal, work) => begin(room, group, principal, 'Work', work),
  };
  return room;
}

export function user(userName: string, of = account): UserPrincipal {
  return {
    type: 'user',
    account: of,
    arn: `arn:aws:iam::${of}:user/${userName}`,
    principalId: `AIDA${userName}`,
    accessKeyId: 'AKIA',
    userName,
  };
}

export const root: RootPrincipal = {
  type: 'root',
  account,
  arn: `arn:aws:iam::${account}:root`,
  principalId: account,
  accessKeyId: 'AKIA',
};

/** A policy of one statement; with a principal it is a key policy. */
export function statement(
  effect: 'Allow' | 'Deny',
  action: string | readonly string[],
  resource = '*',
  more: object = {},
): object {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: effect, Action: action, Resource: resource, ...more }],
  };
}

export function keyPolicy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

export async function createKey(
  room: TestRoom,
  input: object = {},
  principal: Principal = admin,
): Promise<string> {
  const { KeyMetadata } = await room.run<CreateKeyResponse>('CreateKey', input, principal);
  return KeyMetadata?.Arn ?? '';
}

export function secret(text: string): Secret {
  return new Secret(Uint8Array.from(Buffer.from(text)));
}

export function textOf(plaintext: unknown): string {
  return Buffer.from(reveal(plaintext as Secret)).toString();
}

/** One call as the pipeline runs it: again when a guard failed, and then recorded. */
async function begin<Output>(
  room: TestRoom,
  group: GroupCommit,
  principal: Principal,
  eventName: string,
  work: (call: Call) => Promise<Output>,
): Promise<Output> {
  const clock = { now: () => room.now, monotonic: () => 0 };
  const keeping = {
    trail: { write: (_change: Change, records: readonly AuditRecord[]) => note(room, records) },
    store: { commit: (change: Change) => commit(group, change) },
    vault: { confirm() {} },
    clock,
    random: systemRandom,
    log: silentLog,
  };
  const requestId = systemRandom.uuid();
  const outcome = await settle<Output>(
    {
      begin: () => {
        const attempt = attemptIn(room, clock);
        return { attempt, call: new AttemptCall(attempt, { requestId, principal }) };
      },
      run: async (call) => {
        const output = await work(call);
        const race = room.beforeCommit;
        room.beforeCommit = undefined;
        await race?.();
        return output;
      },
      record: (call, { error }) =>
        auditRecord({
          eventSource: 'kms.amazonaws.com',
          eventName,
          readOnly: false,
          eventType: 'AwsApiCall',
          region: room.region,
          account: principal.account,
          principal,
          invokedBy: undefined,
          sourceIp: undefined,
          userAgent: undefined,
          requestId,
          eventId: requestId,
          at: room.now,
          requestParameters: null,
          responseElements: null,
          notes: call.audit,
          ...(error === undefined ? {} : { error: nameError(error) }),
        }),
    },
    keeping,
  );
  if (outcome.error !== undefined) throw outcome.error;
  return outcome.output;
}

function attemptIn(room: TestRoom, clock: { now(): Temporal.Instant; monotonic(): number }) {
  return {
    change: new Change(),
    region: room.region,
    auditRegion: room.region,
    origin: {},
    clock,
    random: systemRandom,
    signal: new AbortController().signal,
    isOperator: false,
    nestedEvents: [],
    nameError,
    directory: {
      credential: async () => undefined,
      policiesOf: async (principal: Principal) => {
        const policy = principal.type === 'service' ? undefined : room.policies.get(principal.arn);
        return {
          identity: policy === undefined ? [] : [parsePolicy(JSON.stringify(policy), 'identity')],
        };
      },
    },
  };
}

function nameError(error: unknown): {
  readonly code: string;
  readonly message: string | undefined;
} {
  return wireError(foreseen(error) ?? internalFailure(), 'json', undefined);
}

function note(room: TestRoom, records: readonly AuditRecord[]): void {
  room.records.push(...records);
}

async function commit(group: GroupCommit, change: Change): Promise<void> {
  await Promise.resolve();
  const { statements, isShredding } = change;
  const { outcomes } = group.run([{ id: 1, statements, isShredding }]);
  const failure = outcomes[0]?.failure;
  if (failure?.kind === 'guard') throw new GuardFailed(failure.message);
  if (failure !== undefined) throw new TypeError(failure.message);
  change.committed();
}

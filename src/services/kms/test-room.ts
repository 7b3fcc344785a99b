import type { DatabaseSync } from 'node:sqlite';
import { region, type Region } from '../../aws/arn.ts';
import { Authority, type BrokenSet } from '../../aws/authority/authority.ts';
import { authorityMigrations } from '../../aws/authority/schema.ts';
import { AttemptCall } from '../../aws/pipeline/attempt.ts';
import { auditRecord } from '../../aws/audit/record.ts';
import type { AuditRecord } from '../../aws/audit/trail.ts';
import type { Call } from '../../aws/call.ts';
import { parsePolicy } from '../../aws/policy/parse.ts';
import type { Principal } from '../../aws/principal.ts';
import { settle } from '../../aws/pipeline/settle.ts';
import { foreseen, internalFailure, wireError } from '../../aws/protocols/wire-errors.ts';
import { silentLog } from '../../lib/log.ts';
import { systemRandom } from '../../lib/random.ts';
import { reveal, Secret } from '../../lib/secret.ts';
import { Change } from '../../store/change.ts';
import { MemoryStore } from '../../../test/fakes/memory-store.ts';
import {
  account,
  FakePrincipals,
  gateway,
  otherAccount,
  root,
  user,
} from '../../../test/fakes/principals.ts';
import { createKms, type EndedGrant, type Kms } from './index.ts';
import type { CreateKeyResponse } from './model.ts';
import { kmsMigrations, type KmsTables } from './schema.ts';
import { TestVault } from './test-vault.ts';

/** The room for tests: a store and a vault in memory; calls, policies and records as the pipeline makes them. */
export interface TestRoom {
  readonly kms: Kms;
  readonly vault: TestVault;
  readonly principals: FakePrincipals;
  /** For what would take too long to bring about by calls. */
  readonly database: DatabaseSync;
  readonly records: AuditRecord[];
  readonly ended: EndedGrant[];
  readonly broken: BrokenSet[];
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

export { account, gateway, otherAccount, root, user };
export const allowAll = statement('Allow', '*', '*');
export const admin = user('admin');
export const alice = user('alice');
export const bob = user('bob');
export const stranger = user('stranger', otherAccount);
export const acm: Principal = { type: 'service', name: 'acm.eu-west-1.amazonaws.com', account };

export async function testRoom(): Promise<TestRoom> {
  const store = await MemoryStore.open<KmsTables>({ ...authorityMigrations, ...kmsMigrations });
  const vault = new TestVault();
  const principals = new FakePrincipals();
  const ended: EndedGrant[] = [];
  const broken: BrokenSet[] = [];
  const kms = createKms(store.db, {
    authority: new Authority(store.db, { vault, alarm: (each) => broken.push(each) }),
    principals,
    vault,
    grantEnded: (change, grant) => change.afterCommit(() => ended.push(grant)),
  });
  const room: TestRoom = {
    kms,
    vault,
    principals,
    database: store.database,
    ended,
    broken,
    records: [],
    policies: new Map([[admin.arn, allowAll]]),
    now: Temporal.Instant.from('2026-11-24T12:00:00Z'),
    region: region('eu-west-1'),
    beforeCommit: undefined,
    run: (name, input, principal = admin) =>
      begin(room, store, principal, name, (call) => {
        const run = kms.service.operations.get(name);
        if (run === undefined) throw new TypeError(`no operation ${name}`);
        return run(input, call) as Promise<never>;
      }),
    as: (principal, work) => begin(room, store, principal, 'Work', work),
  };
  return room;
}

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
  store: MemoryStore<KmsTables>,
  principal: Principal,
  eventName: string,
  work: (call: Call) => Promise<Output>,
): Promise<Output> {
  const clock = { now: () => room.now, monotonic: () => 0 };
  const keeping = {
    trail: { write: (_change: Change, records: readonly AuditRecord[]) => note(room, records) },
    store,
    vault: { confirm() {}, abandon() {} },
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
    asker: { signal: new AbortController().signal },
    isOperator: false,
    nestedEvents: [],
    nameError,
    directory: {
      credential: async () => undefined,
      policiesOf: async (principal: Principal) => {
        const policy = 'arn' in principal ? room.policies.get(principal.arn) : undefined;
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

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { DescribeCertificateCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  GetUserCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  ListGrantsCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms';
import { GetHostedZoneCommand } from '@aws-sdk/client-route-53';
import { askServer } from '../../../src/cli/operator-client.ts';
import { createZone } from '../../issued.ts';
import { clientsOf, type Clients } from '../../sdk-clients.ts';
import { until } from '../../until.ts';
import { startWorld, type World } from '../../world.ts';

/** Real processes, whose database somebody else writes while they run. */
let world: World;
let admin: Clients;
/** Administrator of another account. */
let stranger: Clients;
let strangersAccount: string;
/** Of the first account: may do nothing, may use KMS but not decrypt, and may do everything. */
let mallory: Clients;
let carol: Clients;
let auditor: Clients;
let malloryArn: string;
let database: DatabaseSync;
const stack = new AsyncDisposableStack();

const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
const context = { purpose: 'test' };

before(async () => {
  world = stack.use(await startWorld());
  database = stack.use(
    new DatabaseSync(join(world.dataDirectory, 'holdfast.db'), { timeout: 10_000 }),
  );
  admin = clientsAs(world.credentials);
  const { clientEnv, account } = (await askServer(world.dataDirectory, 'account/create', {})) as {
    clientEnv: string;
    account: string;
  };
  const valueOf = (name: string): string =>
    new RegExp(`^${name}=(.*)$`, 'm').exec(clientEnv)?.[1] ?? assert.fail(name);
  strangersAccount = account;
  stranger = clientsAs({
    accessKeyId: valueOf('AWS_ACCESS_KEY_ID'),
    secretAccessKey: valueOf('AWS_SECRET_ACCESS_KEY'),
  });
  mallory = await userWith('mallory', {});
  carol = await userWith('carol', {
    use: { Effect: 'Allow', Action: 'kms:*', Resource: '*' },
    deny: { Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' },
  });
  auditor = await userWith('auditor', { all: everything });
  malloryArn =
    (await auditor.iam.send(new GetUserCommand({ UserName: 'mallory' }))).User?.Arn ?? '';
});

after(() => stack.disposeAsync());

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

/** Writes behind the server's back, and sees that this gains nothing and is found. */
async function attack({ kind, tables, tamper, use }: Attack): Promise<void> {
  const alarmsBefore = await alarms(kind);
  const kept = ['authority_set', ...tables].map((table) => [table, rowsOf(table)] as const);
  tamper();
  try {
    const error = await use().then(
      () => assert.fail('the attack gained a right'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof Error && '$metadata' in error, String(error));
    assert.deepEqual(
      (error.$metadata as { httpStatusCode?: number }).httpStatusCode,
      500,
      error.name,
    );
    assert.match(error.name, /^(InternalFailure|KMSInternalException)$/);
    assert.equal(
      error.message,
      'The request processing has failed because of an unknown error, exception or failure.',
    );
  } finally {
    for (const [table, rows] of kept) putBack(table, rows);
  }
  await until(`the alarm of ${kind} is on record`, 10, async () =>
    (await alarms(kind)) > alarmsBefore ? true : undefined,
  );
}

async function alarms(kind: string): Promise<number> {
  const { Events = [] } = await auditor.cloudtrail.send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'StoreTamperingDetected' }],
    }),
  );
  const records = Events.map(({ CloudTrailEvent = '' }) => JSON.parse(CloudTrailEvent));
  return records.filter(({ eventType, additionalEventData }) => {
    assert.equal(eventType, 'AwsServiceEvent');
    assert.deepEqual(Object.keys(additionalEventData).sort(), alarmMembers);
    return additionalEventData.setKind === kind;
  }).length;
}

const alarmMembers = ['setAccount', 'setKind', 'setOwner', 'setRegion'];

test('a key policy that was changed', async () => {
  const key = await newKey();
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: malloryArn }, Action: 'kms:*', Resource: '*' },
    ],
  });
  await attack({
    kind: 'kms-key',
    tables: ['kms_key'],
    tamper: () => run('UPDATE kms_key SET policy = ? WHERE key_id = ?', policy, key.id),
    use: () => mallory.kms.send(new DecryptCommand(key.decrypt)),
  });
  await assert.rejects(
    mallory.kms.send(new DecryptCommand(key.decrypt)),
    named('AccessDeniedException'),
  );
  await admin.kms.send(new DecryptCommand(key.decrypt));
});

test('a Deny that was deleted', async () => {
  const key = await newKey();
  await attack({
    kind: 'iam-user',
    tables: ['iam_user_policy'],
    tamper: () => run(`DELETE FROM iam_user_policy WHERE policy_name = 'deny'`),
    use: () => carol.kms.send(new DecryptCommand(key.decrypt)),
  });
  await assert.rejects(
    carol.kms.send(new DecryptCommand(key.decrypt)),
    named('AccessDeniedException'),
  );
});

test('a policy that was inserted', async () => {
  const key = await newKey();
  await attack({
    kind: 'iam-user',
    tables: ['iam_user_policy'],
    tamper: () =>
      run(
        `INSERT INTO iam_user_policy SELECT account, 'mallory', 'all', document FROM iam_user_policy
         WHERE user_key = 'auditor'`,
      ),
    use: () => mallory.kms.send(new DecryptCommand(key.decrypt)),
  });
});

test("an access key that was given to another user, and one that got another's secret", async () => {
  const keys = { mallory: await newAccessKey('mallory'), auditor: await newAccessKey('auditor') };
  await attack({
    kind: 'iam-user',
    tables: ['iam_access_key'],
    tamper: () =>
      run(
        `UPDATE iam_access_key SET user_key = 'admin' WHERE access_key_id = ?`,
        keys.mallory.accessKeyId,
      ),
    use: () => clientsAs(keys.mallory).iam.send(new GetUserCommand({})),
  });
  await attack({
    kind: 'iam-user',
    tables: ['iam_access_key'],
    tamper: () =>
      run(
        `UPDATE iam_access_key SET ciphertext = (SELECT ciphertext FROM iam_access_key WHERE access_key_id = ?)
         WHERE access_key_id = ?`,
        keys.mallory.accessKeyId,
        keys.auditor.accessKeyId,
      ),
    use: () => clientsAs(keys.auditor).iam.send(new GetUserCommand({})),
  });
});

test('a grant that was given to somebody else, or freed of its constraint', async () => {
  const key = await newKey();
  await newGrant(key.id, malloryArn, { other: 'context' });
  const use = () => mallory.kms.send(new DecryptCommand(key.decrypt));
  await assert.rejects(use(), named('AccessDeniedException'));
  const tables = ['kms_grant'];
  const free = `UPDATE kms_grant SET grant_constraint = NULL, context_rule = '' WHERE key_id = ?`;
  await attack({ kind: 'kms-grants', tables, tamper: () => run(free, key.id), use });

  const another = await newKey();
  await newGrant(another.id, malloryArn.replace('mallory', 'carol'), context);
  const give = 'UPDATE kms_grant SET grantee_principal = ? WHERE key_id = ?';
  await attack({
    kind: 'kms-grants',
    tables,
    tamper: () => run(give, malloryArn, another.id),
    use: () => mallory.kms.send(new DecryptCommand(another.decrypt)),
  });
});

test('a revoked grant whose row was put back', async () => {
  const key = await newKey();
  const GrantId = await newGrant(key.id, malloryArn, context);
  await mallory.kms.send(new DecryptCommand(key.decrypt));
  const rows = rowsOf('kms_grant').filter(({ grant_id: id }) => id === GrantId);
  await admin.kms.send(new RevokeGrantCommand({ KeyId: key.id, GrantId }));
  await assert.rejects(mallory.kms.send(new DecryptCommand(key.decrypt)));
  await attack({
    kind: 'kms-grants',
    tables: ['kms_grant'],
    tamper: () => insert('kms_grant', rows),
    use: () => mallory.kms.send(new DecryptCommand(key.decrypt)),
  });
});

test('a key that was given to another account, in part or as a whole', async () => {
  const key = await newKey();
  const use = () => stranger.kms.send(new DescribeKeyCommand({ KeyId: key.id }));
  await assert.rejects(use(), named('NotFoundException'));
  const move = (table: string): void =>
    run(`UPDATE ${table} SET account = ? WHERE key_id = ?`, strangersAccount, key.id);
  const tables = ['kms_key', 'kms_backing_key'];
  await attack({ kind: 'kms-key', tables, tamper: () => move('kms_key'), use });
  const moveAll = (): void => {
    for (const table of tables) move(table);
    run('UPDATE authority_set SET account = ? WHERE owner = ?', strangersAccount, key.id);
  };
  await attack({ kind: 'kms-key', tables, tamper: moveAll, use });
});

test("a key's material that was changed, or swapped with another key's", async () => {
  const [key, another] = [await newKey(), await newKey()];
  const tables = ['kms_backing_key'];
  const use = () => admin.kms.send(new DecryptCommand(key.decrypt));
  const change = `UPDATE kms_backing_key SET wrapped = substr(wrapped, 1, 60) || x'00' WHERE key_id = ?`;
  await attack({ kind: 'kms-key', tables, tamper: () => run(change, key.id), use });
  const swap = (): void => {
    const wrappedOf = (id: string) =>
      database.prepare('SELECT wrapped FROM kms_backing_key WHERE key_id = ?').get(id)?.['wrapped'];
    const [one, two] = [wrappedOf(key.id), wrappedOf(another.id)];
    const set = 'UPDATE kms_backing_key SET wrapped = ? WHERE key_id = ?';
    run(set, two ?? null, key.id);
    run(set, one ?? null, another.id);
  };
  await attack({ kind: 'kms-key', tables, tamper: swap, use });
  await use();
});

test('policies of two accounts that were swapped', async () => {
  const key = await newKey();
  const { KeyMetadata } = await stranger.kms.send(new CreateKeyCommand({}));
  const theirs = KeyMetadata?.KeyId ?? '';
  const policyOf = (id: string) =>
    database.prepare('SELECT policy FROM kms_key WHERE key_id = ?').get(id)?.['policy'] ?? null;
  await attack({
    kind: 'kms-key',
    tables: ['kms_key'],
    tamper: () => {
      const [one, two] = [policyOf(key.id), policyOf(theirs)];
      run('UPDATE kms_key SET policy = ? WHERE key_id = ?', two, key.id);
      run('UPDATE kms_key SET policy = ? WHERE key_id = ?', one, theirs);
    },
    use: () => stranger.kms.send(new DecryptCommand({ ...key.decrypt, KeyId: key.arn })),
  });
});

test('an alias that leads to another key', async () => {
  const [key, another] = [await newKey(), await newKey()];
  const KeyId = 'alias/tampering';
  await admin.kms.send(new CreateAliasCommand({ AliasName: KeyId, TargetKeyId: key.id }));
  const use = () => admin.kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') }));
  await use();
  await attack({
    kind: 'kms-key',
    tables: ['kms_alias'],
    tamper: () => run(`UPDATE kms_alias SET key_id = ? WHERE alias_name = ?`, another.id, KeyId),
    use,
  });
  await use();
});

test('a disabled key that was enabled', async () => {
  const key = await newKey();
  await admin.kms.send(new DisableKeyCommand({ KeyId: key.id }));
  const use = () => admin.kms.send(new DecryptCommand(key.decrypt));
  await assert.rejects(use(), named('DisabledException'));
  await attack({
    kind: 'kms-key',
    tables: ['kms_key'],
    tamper: () => run(`UPDATE kms_key SET key_state = 'Enabled' WHERE key_id = ?`, key.id),
    use,
  });
});

test('the record of a set that was deleted, or whose numbers were changed', async () => {
  const key = await newKey();
  const use = () => admin.kms.send(new DecryptCommand(key.decrypt));
  for (const statement of [
    'DELETE FROM authority_set WHERE owner = ?',
    'UPDATE authority_set SET generation = generation + 1 WHERE owner = ?',
    'UPDATE authority_set SET row_count = row_count + 1 WHERE owner = ?',
    'UPDATE authority_set SET mac = zeroblob(33) WHERE owner = ?',
  ])
    await attack({ kind: 'kms-key', tables: [], tamper: () => run(statement, key.id), use });
  await use();
});

test('a domain that was assigned, or taken away, behind the back of the operator', async () => {
  const zone = await createZone(admin, 'assigned.test');
  const use = () => createZone(stranger, `x${String(Math.trunc(performance.now()))}.victim.test`);
  const tables = ['route53_domain_assignment'];
  const kind = 'route53-domain-assignments';
  const assign = 'INSERT INTO route53_domain_assignment (suffix, account) VALUES (?, ?)';
  await attack({ kind, tables, tamper: () => run(assign, 'victim.test', strangersAccount), use });
  const remove = `DELETE FROM route53_domain_assignment WHERE suffix = 'test'`;
  await attack({ kind, tables, tamper: () => run(remove), use });
  const { Id = '' } =
    (await admin.route53.send(new GetHostedZoneCommand({ Id: zone }))).HostedZone ?? {};
  await attack({
    kind: 'route53-zone',
    tables: ['route53_hosted_zone'],
    tamper: () =>
      run(
        'UPDATE route53_hosted_zone SET account = ? WHERE id = ?',
        strangersAccount,
        Id.replace('/hostedzone/', ''),
      ),
    use: () => stranger.route53.send(new GetHostedZoneCommand({ Id })),
  });
});

test('a pending domain that was called proved, and a certificate that was given to another account', async () => {
  const { CertificateArn = '' } = await admin.acm.send(
    new RequestCertificateCommand({ DomainName: 'pending.test', ValidationMethod: 'DNS' }),
  );
  const tables = ['acm_certificate'];
  const prove = `UPDATE acm_certificate SET detail = replace(detail, 'PENDING_VALIDATION', 'SUCCESS') WHERE arn = ?`;
  await attack({
    kind: 'acm-certificate',
    tables,
    tamper: () => run(prove, CertificateArn),
    use: () => admin.acm.send(new DescribeCertificateCommand({ CertificateArn })),
  });
  const moved = CertificateArn.replace(/(?<=:)[0-9]{12}(?=:)/, strangersAccount);
  await attack({
    kind: 'acm-certificate',
    tables,
    tamper: () =>
      run(
        'UPDATE acm_certificate SET account = ?, arn = ? WHERE arn = ?',
        strangersAccount,
        moved,
        CertificateArn,
      ),
    use: () => stranger.acm.send(new DescribeCertificateCommand({ CertificateArn: moved })),
  });
  const { Certificate } = await admin.acm.send(new DescribeCertificateCommand({ CertificateArn }));
  assert.equal(Certificate?.Status, 'PENDING_VALIDATION');
});

test('the alarm is one line in the log, which names the rows and nothing that is in them', () => {
  const lines = world
    .log()
    .split('\n')
    .filter((line) => line.includes('tampered with'));
  assert.ok(lines.length > 0);
  for (const line of lines) {
    const { level, message, ...fields } = JSON.parse(line) as Record<string, unknown>;
    assert.equal(level, 'error', String(message));
    assert.ok(!JSON.stringify(fields).includes('Statement'));
  }
});

test('after a restart it is found as well, and nobody can have rows adopted by deleting their records', async () => {
  const key = await newKey();
  await world.stop();
  const kept = rowsOf('authority_set');
  run('DELETE FROM authority_set WHERE owner = ?', key.id);
  await world.restart();
  await assert.rejects(
    admin.kms.send(new DecryptCommand(key.decrypt)),
    named('KMSInternalException'),
  );
  putBack('authority_set', kept);
  await admin.kms.send(new DecryptCommand(key.decrypt));
});

function clientsAs(credentials: World['credentials']): Clients {
  return stack.use(clientsOf(world, { credentials, maxAttempts: 1 }));
}

async function userWith(
  name: string,
  statements: Readonly<Record<string, object>>,
): Promise<Clients> {
  await admin.iam.send(new CreateUserCommand({ UserName: name }));
  for (const [PolicyName, statement] of Object.entries(statements)) {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement });
    await admin.iam.send(new PutUserPolicyCommand({ UserName: name, PolicyName, PolicyDocument }));
  }
  return clientsAs(await newAccessKey(name));
}

async function newAccessKey(UserName: string): Promise<World['credentials']> {
  const { AccessKey } = await admin.iam.send(new CreateAccessKeyCommand({ UserName }));
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
}

/** A key of the first account, with a ciphertext that was decrypted before, so that nothing is fresh in memory. */
async function newKey() {
  const { KeyMetadata } = await admin.kms.send(new CreateKeyCommand({}));
  const id = KeyMetadata?.KeyId ?? '';
  const { CiphertextBlob } = await admin.kms.send(
    new EncryptCommand({ KeyId: id, Plaintext: Buffer.from('text'), EncryptionContext: context }),
  );
  const decrypt = { CiphertextBlob, EncryptionContext: context };
  await admin.kms.send(new DecryptCommand(decrypt));
  await admin.kms.send(new ListGrantsCommand({ KeyId: id }));
  return { id, arn: KeyMetadata?.Arn ?? '', decrypt };
}

async function newGrant(
  KeyId: string,
  GranteePrincipal: string,
  EncryptionContextEquals: Record<string, string>,
): Promise<string> {
  const { GrantId = '' } = await admin.kms.send(
    new CreateGrantCommand({
      KeyId,
      GranteePrincipal,
      Operations: ['Decrypt'],
      Constraints: { EncryptionContextEquals },
    }),
  );
  return GrantId;
}

function named(name: string): (error: unknown) => boolean {
  return (error) => error instanceof Error && error.name === name;
}

type Row = Readonly<Record<string, SQLInputValue>>;

function run(statement: string, ...values: SQLInputValue[]): void {
  assert.ok(database.prepare(statement).run(...values).changes > 0, statement);
}

function rowsOf(table: string): Row[] {
  return database.prepare(`SELECT * FROM ${table}`).all() as Row[];
}

function insert(table: string, rows: readonly Row[]): void {
  for (const row of rows) {
    const columns = Object.keys(row);
    const places = columns.map(() => '?').join();
    run(`INSERT INTO ${table} (${columns.join()}) VALUES (${places})`, ...Object.values(row));
  }
}

function putBack(table: string, rows: readonly Row[]): void {
  database.exec('BEGIN IMMEDIATE');
  database.exec(`DELETE FROM ${table}`);
  insert(table, rows);
  database.exec('COMMIT');
}

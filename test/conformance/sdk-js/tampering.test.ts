import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DescribeCertificateCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import {
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetUserCommand } from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms';
import { GetHostedZoneCommand } from '@aws-sdk/client-route-53';
import { AttackedWorld, context } from '../../attacked-world.ts';
import { createZone } from '../../issued.ts';
import type { Clients } from '../../sdk-clients.ts';
import type { World } from '../../world.ts';

let attacked: AttackedWorld;
let world: World;
let admin: Clients;
let stranger: Clients;
/** Of the first account: may do nothing, may use KMS but not decrypt. */
let mallory: Clients;
let malloryArn: string;
let carol: Clients;

before(async () => {
  attacked = await AttackedWorld.start();
  ({ world, admin, stranger } = attacked);
  mallory = await attacked.userWith('mallory', {});
  malloryArn = await attacked.userArn('mallory');
  carol = await attacked.userWith('carol', {
    use: { Effect: 'Allow', Action: 'kms:*', Resource: '*' },
    deny: { Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' },
  });
  await attacked.userWith('auditor', { all: { Effect: 'Allow', Action: '*', Resource: '*' } });
});

after(() => attacked[Symbol.asyncDispose]());

test('a key policy that was changed', async () => {
  const key = await attacked.newKey();
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: malloryArn }, Action: 'kms:*', Resource: '*' },
    ],
  });
  await attacked.attack({
    kind: 'kms-key',
    tables: ['kms_key'],
    tamper: () => attacked.run('UPDATE kms_key SET policy = ? WHERE key_id = ?', policy, key.id),
    use: () => mallory.kms.send(new DecryptCommand(key.decrypt)),
  });
  await assert.rejects(
    mallory.kms.send(new DecryptCommand(key.decrypt)),
    named('AccessDeniedException'),
  );
  await admin.kms.send(new DecryptCommand(key.decrypt));
});

test('a Deny that was deleted', async () => {
  const key = await attacked.newKey();
  await attacked.attack({
    kind: 'iam-user',
    tables: ['iam_user_policy'],
    tamper: () => attacked.run(`DELETE FROM iam_user_policy WHERE policy_name = 'deny'`),
    use: () => carol.kms.send(new DecryptCommand(key.decrypt)),
  });
  await assert.rejects(
    carol.kms.send(new DecryptCommand(key.decrypt)),
    named('AccessDeniedException'),
  );
});

test('a policy that was inserted', async () => {
  const key = await attacked.newKey();
  await attacked.attack({
    kind: 'iam-user',
    tables: ['iam_user_policy'],
    tamper: () =>
      attacked.run(
        `INSERT INTO iam_user_policy SELECT account, 'mallory', 'all', document FROM iam_user_policy
         WHERE user_key = 'auditor'`,
      ),
    use: () => mallory.kms.send(new DecryptCommand(key.decrypt)),
  });
});

test("an access key that was given to another user, and one that got another's secret", async () => {
  const keys = {
    mallory: await attacked.newAccessKey('mallory'),
    auditor: await attacked.newAccessKey('auditor'),
  };
  await attacked.attack({
    kind: 'iam-user',
    tables: ['iam_access_key'],
    tamper: () =>
      attacked.run(
        `UPDATE iam_access_key SET user_key = 'admin' WHERE access_key_id = ?`,
        keys.mallory.accessKeyId,
      ),
    use: () => attacked.clientsAs(keys.mallory).iam.send(new GetUserCommand({})),
  });
  await attacked.attack({
    kind: 'iam-user',
    tables: ['iam_access_key'],
    tamper: () =>
      attacked.run(
        `UPDATE iam_access_key SET ciphertext = (SELECT ciphertext FROM iam_access_key WHERE access_key_id = ?)
         WHERE access_key_id = ?`,
        keys.mallory.accessKeyId,
        keys.auditor.accessKeyId,
      ),
    use: () => attacked.clientsAs(keys.auditor).iam.send(new GetUserCommand({})),
  });
});

test('a grant that was given to somebody else, or freed of its constraint', async () => {
  const key = await attacked.newKey();
  await attacked.newGrant(key.id, malloryArn, { other: 'context' });
  const use = () => mallory.kms.send(new DecryptCommand(key.decrypt));
  await assert.rejects(use(), named('AccessDeniedException'));
  const tables = ['kms_grant'];
  const free = `UPDATE kms_grant SET grant_constraint = NULL, context_rule = '' WHERE key_id = ?`;
  await attacked.attack({
    kind: 'kms-grants',
    tables,
    tamper: () => attacked.run(free, key.id),
    use,
  });

  const another = await attacked.newKey();
  await attacked.newGrant(another.id, malloryArn.replace('mallory', 'carol'), context);
  const give = 'UPDATE kms_grant SET grantee_principal = ? WHERE key_id = ?';
  await attacked.attack({
    kind: 'kms-grants',
    tables,
    tamper: () => attacked.run(give, malloryArn, another.id),
    use: () => mallory.kms.send(new DecryptCommand(another.decrypt)),
  });
});

test('a revoked grant whose row was put back', async () => {
  const key = await attacked.newKey();
  const GrantId = await attacked.newGrant(key.id, malloryArn, context);
  await mallory.kms.send(new DecryptCommand(key.decrypt));
  const rows = attacked.rowsOf('kms_grant').filter(({ grant_id: id }) => id === GrantId);
  await admin.kms.send(new RevokeGrantCommand({ KeyId: key.id, GrantId }));
  await assert.rejects(mallory.kms.send(new DecryptCommand(key.decrypt)));
  await attacked.attack({
    kind: 'kms-grants',
    tables: ['kms_grant'],
    tamper: () => attacked.insert('kms_grant', rows),
    use: () => mallory.kms.send(new DecryptCommand(key.decrypt)),
  });
});

test('a key that was given to another account, in part or as a whole', async () => {
  const key = await attacked.newKey();
  const use = () => stranger.kms.send(new DescribeKeyCommand({ KeyId: key.id }));
  await assert.rejects(use(), named('NotFoundException'));
  const move = (table: string): void =>
    attacked.run(
      `UPDATE ${table} SET account = ? WHERE key_id = ?`,
      attacked.strangersAccount,
      key.id,
    );
  const tables = ['kms_key', 'kms_backing_key'];
  await attacked.attack({ kind: 'kms-key', tables, tamper: () => move('kms_key'), use });
  const moveAll = (): void => {
    for (const table of tables) move(table);
    attacked.run(
      'UPDATE authority_set SET account = ? WHERE owner = ?',
      attacked.strangersAccount,
      key.id,
    );
  };
  await attacked.attack({ kind: 'kms-key', tables, tamper: moveAll, use });
});

test("a key's material that was changed, or swapped with another key's", async () => {
  const [key, another] = [await attacked.newKey(), await attacked.newKey()];
  const tables = ['kms_backing_key'];
  const use = () => admin.kms.send(new DecryptCommand(key.decrypt));
  const change = `UPDATE kms_backing_key SET wrapped = substr(wrapped, 1, 60) || x'00' WHERE key_id = ?`;
  await attacked.attack({
    kind: 'kms-key',
    tables,
    tamper: () => attacked.run(change, key.id),
    use,
  });
  const swap = (): void => {
    const wrappedOf = (id: string) =>
      attacked.rowsOf('kms_backing_key').find((row) => row['key_id'] === id)?.['wrapped'];
    const [one, two] = [wrappedOf(key.id), wrappedOf(another.id)];
    const set = 'UPDATE kms_backing_key SET wrapped = ? WHERE key_id = ?';
    attacked.run(set, two ?? null, key.id);
    attacked.run(set, one ?? null, another.id);
  };
  await attacked.attack({ kind: 'kms-key', tables, tamper: swap, use });
  await use();
});

test('policies of two accounts that were swapped', async () => {
  const key = await attacked.newKey();
  const { KeyMetadata } = await stranger.kms.send(new CreateKeyCommand({}));
  const theirs = KeyMetadata?.KeyId ?? '';
  const policyOf = (id: string) =>
    attacked.rowsOf('kms_key').find((row) => row['key_id'] === id)?.['policy'] ?? null;
  await attacked.attack({
    kind: 'kms-key',
    tables: ['kms_key'],
    tamper: () => {
      const [one, two] = [policyOf(key.id), policyOf(theirs)];
      attacked.run('UPDATE kms_key SET policy = ? WHERE key_id = ?', two, key.id);
      attacked.run('UPDATE kms_key SET policy = ? WHERE key_id = ?', one, theirs);
    },
    use: () => stranger.kms.send(new DecryptCommand({ ...key.decrypt, KeyId: key.arn })),
  });
});

test('an alias that leads to another key', async () => {
  const [key, another] = [await attacked.newKey(), await attacked.newKey()];
  const KeyId = 'alias/tampering';
  await admin.kms.send(new CreateAliasCommand({ AliasName: KeyId, TargetKeyId: key.id }));
  const use = () => admin.kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') }));
  await use();
  await attacked.attack({
    kind: 'kms-key',
    tables: ['kms_alias'],
    tamper: () =>
      attacked.run(`UPDATE kms_alias SET key_id = ? WHERE alias_name = ?`, another.id, KeyId),
    use,
  });
  await use();
});

test('a disabled key that was enabled', async () => {
  const key = await attacked.newKey();
  await admin.kms.send(new DisableKeyCommand({ KeyId: key.id }));
  const use = () => admin.kms.send(new DecryptCommand(key.decrypt));
  await assert.rejects(use(), named('DisabledException'));
  await attacked.attack({
    kind: 'kms-key',
    tables: ['kms_key'],
    tamper: () => attacked.run(`UPDATE kms_key SET key_state = 'Enabled' WHERE key_id = ?`, key.id),
    use,
  });
});

test('the record of a set that was deleted, or whose numbers were changed', async () => {
  const key = await attacked.newKey();
  const use = () => admin.kms.send(new DecryptCommand(key.decrypt));
  for (const statement of [
    'DELETE FROM authority_set WHERE owner = ?',
    'UPDATE authority_set SET generation = generation + 1 WHERE owner = ?',
    'UPDATE authority_set SET row_count = row_count + 1 WHERE owner = ?',
    'UPDATE authority_set SET mac = zeroblob(33) WHERE owner = ?',
  ])
    await attacked.attack({
      kind: 'kms-key',
      tables: [],
      tamper: () => attacked.run(statement, key.id),
      use,
    });
  await use();
});

test('a domain that was assigned, or taken away, behind the back of the operator', async () => {
  const zone = await createZone(admin, 'assigned.test');
  const use = () => createZone(stranger, `x${String(Math.trunc(performance.now()))}.victim.test`);
  const tables = ['route53_domain_assignment'];
  const kind = 'route53-domain-assignments';
  const assign = 'INSERT INTO route53_domain_assignment (suffix, account) VALUES (?, ?)';
  await attacked.attack({
    kind,
    tables,
    tamper: () => attacked.run(assign, 'victim.test', attacked.strangersAccount),
    use,
  });
  const remove = `DELETE FROM route53_domain_assignment WHERE suffix = 'test'`;
  await attacked.attack({ kind, tables, tamper: () => attacked.run(remove), use });
  const { Id = '' } =
    (await admin.route53.send(new GetHostedZoneCommand({ Id: zone }))).HostedZone ?? {};
  await attacked.attack({
    kind: 'route53-zone',
    tables: ['route53_hosted_zone'],
    tamper: () =>
      attacked.run(
        'UPDATE route53_hosted_zone SET account = ? WHERE id = ?',
        attacked.strangersAccount,
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
  await attacked.attack({
    kind: 'acm-certificate',
    tables,
    tamper: () => attacked.run(prove, CertificateArn),
    use: () => admin.acm.send(new DescribeCertificateCommand({ CertificateArn })),
  });
  await attacked.attack({
    kind: 'acm-certificate',
    tables,
    tamper: () => attacked.run('DELETE FROM acm_certificate WHERE arn = ?', CertificateArn),
    use: () => admin.acm.send(new DescribeCertificateCommand({ CertificateArn })),
  });
  const moved = CertificateArn.replace(/(?<=:)[0-9]{12}(?=:)/, attacked.strangersAccount);
  await attacked.attack({
    kind: 'acm-certificate',
    tables,
    tamper: () =>
      attacked.run(
        'UPDATE acm_certificate SET account = ?, arn = ? WHERE arn = ?',
        attacked.strangersAccount,
        moved,
        CertificateArn,
      ),
    use: () => stranger.acm.send(new DescribeCertificateCommand({ CertificateArn: moved })),
  });
  const { Certificate } = await admin.acm.send(new DescribeCertificateCommand({ CertificateArn }));
  assert.equal(Certificate?.Status, 'PENDING_VALIDATION');
});

test('a target that would get the requests of others, and a load balancer of another account', async () => {
  const { TargetGroups } = await admin.elb.send(
    new CreateTargetGroupCommand({
      Name: 'targets',
      Protocol: 'HTTP',
      Port: 80,
      VpcId: 'vpc-1',
      TargetType: 'ip',
    }),
  );
  const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn;
  const Targets = [{ Id: '127.0.0.1', Port: 9 }];
  await admin.elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
  await attacked.attack({
    kind: 'elbv2-target-group',
    tables: ['elbv2_target'],
    tamper: () => attacked.run('UPDATE elbv2_target SET port = 666'),
    use: () => admin.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
  });
  const Subnets = ['subnet-1', 'subnet-2'];
  await admin.elb.send(new CreateLoadBalancerCommand({ Name: 'web', Subnets }));
  await attacked.attack({
    kind: 'elbv2-load-balancer',
    tables: ['elbv2_load_balancer'],
    tamper: () =>
      attacked.run('UPDATE elbv2_load_balancer SET account = ?', attacked.strangersAccount),
    use: () => stranger.elb.send(new DescribeLoadBalancersCommand({ Names: ['web'] })),
  });
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
  const key = await attacked.newKey();
  await world.stop();
  const kept = attacked.rowsOf('authority_set');
  attacked.run('DELETE FROM authority_set WHERE owner = ?', key.id);
  await world.restart();
  await assert.rejects(
    admin.kms.send(new DecryptCommand(key.decrypt)),
    named('KMSInternalException'),
  );
  attacked.putBack('authority_set', kept);
  await admin.kms.send(new DecryptCommand(key.decrypt));
});

test('a data folder of a version that authenticated nothing is adopted as it is, once', async () => {
  const key = await attacked.newKey();
  await world.stop();
  attacked.run('DELETE FROM authority_set');
  rmSync(join(world.dataDirectory, 'authority.json'));
  await world.restart();
  await admin.kms.send(new DecryptCommand(key.decrypt));
  const adopted = await attacked.events('AdoptAuthorityRows');
  assert.deepEqual(
    adopted.map(({ additionalEventData }) => String(additionalEventData['setKind'])).sort(),
    [
      'acm-certificate',
      'ca-authority',
      'elbv2-load-balancer',
      'elbv2-target-group',
      'iam-accounts',
      'iam-backing-key',
      'iam-role',
      'iam-user',
      'kms-grants',
      'kms-key',
      'route53-domain-assignments',
      'route53-zone',
    ],
  );
  attacked.run('UPDATE kms_key SET description = ? WHERE key_id = ?', 'changed', key.id);
  await assert.rejects(
    admin.kms.send(new DecryptCommand(key.decrypt)),
    named('KMSInternalException'),
  );
});

function named(name: string): (error: unknown) => boolean {
  return (error) => error instanceof Error && error.name === name;
}

import type { Call } from '../../aws/call.ts';
import { rootArn, userArn } from './arn.ts';
import type { AccessKeyTable } from './schema.ts';
import { userHolder } from './sets/devices.ts';
import { instant, nameKey } from './sets/owner.ts';
import type { UserSet } from './sets/users.ts';
import type { IamStores } from './store/index.ts';

const columns = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  ...[1, 2].flatMap((n) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
      (each) => `access_key_${n}_${each}`,
    ),
  ),
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
];

const batch = 200;
const none = 'N/A';

/**
 * The account's users and what they can sign in with, as CSV: root first.
 * @see AWS IAM User Guide, "Generate credential reports for your AWS account"
 */
export async function credentialReport({ account }: Call, stores: IamStores): Promise<string> {
  const { accounts, devices, users } = stores;
  const createdAt = await accounts.createdAt(account);
  const rows = [
    columns,
    [
      '<root_account>',
      rootArn(account),
      time(createdAt?.epochMilliseconds),
      'not_supported',
      'not_supported',
      'not_supported',
      'not_supported',
      String((await devices.of(account, 'root')).length > 0),
      ...noKey,
      ...noKey,
      ...noCertificates,
    ],
  ];
  const { passwordPolicy } = await accounts.settings(account);
  for (let after: string | undefined; ;) {
    const some = await users.page(account, { after, limit: batch });
    for (const each of some) rows.push(await rowOf(each, stores, passwordPolicy?.maxAge));
    const last = some.at(-1);
    if (last === undefined || some.length < batch) break;
    after = nameKey(last.user.userName);
  }
  return rows.map((row) => row.join(',')).join('\n');
}

async function rowOf(
  { user, loginProfile, accessKeys }: UserSet,
  { devices, users }: IamStores,
  maxAge: number | undefined,
): Promise<string[]> {
  const keys = await Promise.all(
    [0, 1].map(async (n) => {
      const key = accessKeys.toSorted((a, b) => a.created_at - b.created_at)[n];
      return key === undefined ? noKey : keyColumns(key, users);
    }),
  );
  const changedAt = loginProfile?.changed_at;
  return [
    user.userName,
    userArn(user),
    time(user.createdAt.epochMilliseconds),
    String(loginProfile !== undefined),
    loginProfile === undefined ? none : 'no_information',
    time(changedAt),
    maxAge === undefined || changedAt === undefined
      ? none
      : time(changedAt + maxAge * 24 * 3_600_000),
    String((await devices.of(user.account, userHolder(user.userName))).length > 0),
    ...keys.flat(),
    ...noCertificates,
  ];
}

async function keyColumns(key: AccessKeyTable, users: IamStores['users']): Promise<string[]> {
  const use = await users.accessKeyUse(key.account, key.access_key_id);
  return [
    String(key.status === 'Active'),
    time(key.created_at),
    time(use?.used_at),
    use?.region ?? none,
    use?.service ?? none,
  ];
}

const noKey = ['false', none, none, none, none];
const noCertificates = ['false', none, 'false', none];

function time(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return none;
  return instant(milliseconds).toString({ smallestUnit: 'second' }).replace('Z', '+00:00');
}

import { accountId } from '../../src/aws/arn.ts';
import type { Principal } from '../../src/aws/principal.ts';
import { seeded } from '../torture/seeded.ts';
import type { NaiveCase, RawPolicy, RawPrincipal, RawStatement } from './naive-evaluate.ts';

const account = accountId('111122223333');
const other = accountId('444455556666');

const principals: readonly Principal[] = [
  { type: 'user', account, arn: `arn:aws:iam::${account}:user/bob`, principalId: 'AIDABOBAAAAAAAAAAAAAA', accessKeyId: 'AKIABOB', userName: 'bob' },
  { type: 'root', account, arn: `arn:aws:iam::${account}:root`, principalId: account, accessKeyId: 'AKIAROOT' },
  {
    type: 'role-session', account, arn: `arn:aws:sts::${account}:assumed-role/deploy/s1`, principalId: 'AROADEPLOYAAAAAAAAAAA:s1', accessKeyId: 'ASIA1',
    roleArn: `arn:aws:iam::${account}:role/deploy`, roleName: 'deploy', roleId: 'AROADEPLOYAAAAAAAAAAA', sessionName: 's1',
  },
  { type: 'service', name: 'acm.amazonaws.com', account },
  {
    type: 'federated-user', account, arn: `arn:aws:sts::${account}:federated-user/f`, principalId: `${account}:f`, accessKeyId: 'ASIA2',
    userArn: `arn:aws:iam::${account}:user/bob`, userId: 'AIDABOBAAAAAAAAAAAAAA', userName: 'bob', name: 'f',
  },
]; // prettier-ignore

const actions = ['kms:Decrypt', 'kms:Encrypt', 'acm:DescribeCertificate', 'iam:GetUser'];
const actionPatterns = [
  '*', 'kms:*', 'kms:De*', 'KMS:decrypt', 'kms:?ncrypt', 'acm:*', 'acm:Describe*', 'iam:Get*', 'iam:GetUser', 'kms:*crypt', 'kms:De', 'acm:describecertificat?',
]; // prettier-ignore
const resources = [
  '*',
  `arn:aws:kms:eu-west-1:${account}:key/1`,
  `arn:aws:kms:eu-west-1:${account}:key/1/a:b`,
  `arn:aws:iam::${account}:user/bob`,
  `arn:aws:iam::${account}:user/x*y`,
  `arn:aws:acm:us-east-1:${other}:certificate/1`,
];
/** Of Resource and NotResource alone. */
const shortPatterns = ['arn:aws:kms', 'arn:aws:iam:*', 'arn:aws:acm:us-east-1'];
const resourcePatterns = [
  '*',
  'arn:aws:kms:*:*:key/*',
  `arn:aws:kms:eu-west-1:${account}:key/1`,
  'arn:aws:kms:*:key/*:a',
  'arn:aws:iam::*:user/${aws:username}',
  "arn:aws:iam::*:user/${k:missing, 'bob'}",
  'arn:aws:iam::*:user/${k:missing}',
  'arn:aws:iam::*:user/${k:s}',
  'arn:aws:iam::*:user/x?y',
  'arn:aws:acm:*:*:*',
  'arn:aws:acm:us-east-?:444455556666:certificate/?',
  'arn:aws:kms:*:*:*/1*',
  'arn:aws:kms:*:*:key/?*?',
  'arn:aws:iam::*:user/x${*}y',
  'arn:aws:iam::*:user/${?}*',
];

/** What each key can be in a request. */
const contextValues: Readonly<Record<string, readonly (string | readonly string[] | undefined)[]>> =
  {
    'k:s': [undefined, 'x', 'y', 'X', '*', 'x*y', 'bob'],
    'k:l': [undefined, [], ['x'], ['x', 'y'], ['z'], ['X', '*']],
    'k:n': [undefined, '5', '10', '10.5', '-1'],
    'k:b': [undefined, 'true', 'false', 'True'],
    'k:ip': [undefined, '10.1.2.3', '192.0.2.1', '2001:db8::1', '::ffff:10.0.0.1'],
    'k:arn': [undefined, ...resources.slice(1)],
    'k:d': [undefined, '2026-01-01T00:00:00Z', '2026-06-01T12:00:00Z', '1767225600'],
    'k:bin': [undefined, 'YQ==', 'YWI='],
    'aws:username': [undefined, 'bob', 'x*y'],
  };

interface Family {
  readonly keys: readonly string[];
  readonly operators: readonly string[];
  readonly values: readonly string[];
}

const orders = [
  'Equals',
  'NotEquals',
  'LessThan',
  'LessThanEquals',
  'GreaterThan',
  'GreaterThanEquals',
];
const families: readonly Family[] = [
  {
    keys: ['k:s', 'k:l', 'K:S', 'aws:username', 'k:missing'],
    operators: [
      'StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike',
    ],
    values: ['x', 'y', 'X', '*', 'x*', '?', '${aws:username}', "${k:missing, 'x'}", '${k:missing}', '${k:s}', 'bob', '', '${*}', 'x${*}y', 'x?y', 'b${$}'],
  },
  { keys: ['k:n'], operators: orders.map((each) => `Numeric${each}`), values: ['5', '10', '10.0', '-2'] },
  {
    keys: ['k:d'],
    operators: orders.map((each) => `Date${each}`),
    values: ['2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z', '2026-06-01T12:00:00Z', '2026', '2026-01', '1780315200', '2026-01-01T01:00:00+01:00'],
  },
  { keys: ['k:b', 'k:missing'], operators: ['Bool'], values: ['true', 'false'] },
  { keys: ['k:ip'], operators: ['IpAddress', 'NotIpAddress'], values: ['10.0.0.0/8', '192.0.2.1', '0.0.0.0/0', '2001:db8::/32', '::/0', '2001:DB8:0::1'] },
  {
    keys: ['k:arn'],
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    values: resourcePatterns,
  },
  { keys: ['k:bin'], operators: ['BinaryEquals'], values: ['YQ==', 'YWI='] },
]; // prettier-ignore

const named: readonly RawPrincipal[] = [
  '*',
  { AWS: '*' },
  { AWS: account },
  { AWS: `arn:aws:iam::${account}:root` },
  { AWS: `arn:aws:iam::${account}:user/bob` },
  { AWS: `arn:aws:sts::${account}:federated-user/f` },
  {
    AWS: [`arn:aws:sts::${account}:federated-user/f`, `arn:aws:iam::${account}:user/bob`, account],
  },
  { AWS: ['AIDABOBAAAAAAAAAAAAAA', other] },
  { AWS: [`arn:aws:iam::${account}:user/bob`, account] },
  { AWS: `arn:aws:iam::${account}:role/deploy` },
  { AWS: `arn:aws:sts::${account}:assumed-role/deploy/s1` },
  {
    AWS: [
      `arn:aws:sts::${account}:assumed-role/deploy/s1`,
      `arn:aws:iam::${account}:role/deploy`,
      account,
    ],
  },
  { Service: 'acm.amazonaws.com' },
  { AWS: other },
];

/** Makes policies and requests of what `random` gives: numbers from 0 to 1. */
export function caseMaker(random: () => number) {
  const below = (count: number): number => Math.floor(random() * count);
  const oneOf = <T>(all: readonly T[]): T => all[below(all.length)]!;
  const isOften = (share: number): boolean => random() < share;
  const some = <T>(all: readonly T[], most: number): T[] =>
    Array.from({ length: 1 + below(most) }, () => oneOf(all));
  const oneOrSome = <T>(all: readonly T[]): T | T[] => (isOften(0.6) ? oneOf(all) : some(all, 3));
  const values = (all: readonly string[]): string | string[] =>
    isOften(0.03) ? [] : oneOrSome(all);
  const resourcesOf = (): string | string[] =>
    oneOrSome(isOften(0.1) ? shortPatterns : resourcePatterns);

  const condition = (): Record<string, Record<string, string | string[]>> => {
    if (isOften(0.07))
      return { Null: { [oneOf(Object.keys(contextValues))]: oneOf(['true', 'false']) } };
    const family = oneOf(families);
    const set = oneOf(['', '', 'ForAllValues:', 'ForAnyValue:']);
    const operator = `${set}${oneOf(family.operators)}${isOften(0.25) ? 'IfExists' : ''}`;
    return {
      [operator]: Object.fromEntries(
        some(family.keys, 2).map((key) => [key, values(family.values)]),
      ),
    };
  };
  const statement = (isOfResource: boolean): RawStatement => ({
    Effect: isOften(0.75) ? 'Allow' : 'Deny',
    ...(isOften(0.85)
      ? { Action: oneOrSome(actionPatterns) }
      : { NotAction: oneOrSome(actionPatterns) }),
    ...(isOften(0.85)
      ? { Resource: isOften(0.4) ? '*' : resourcesOf() }
      : { NotResource: resourcesOf() }),
    ...(isOften(0.5) ? { Condition: condition() } : {}),
    ...(!isOfResource
      ? {}
      : isOften(0.85)
        ? { Principal: oneOf(named) }
        : { NotPrincipal: oneOf(named) }),
  });
  const policy = (isOfResource = false): RawPolicy => ({
    Version: isOften(0.9) ? '2012-10-17' : '2008-10-17',
    Statement: Array.from({ length: 1 + below(3) }, () => statement(isOfResource)),
  });

  /** @param own makes, or takes, an identity policy; `ofResource` a resource's */
  const request = (own = () => policy(), ofResource = () => policy(true)): NaiveCase => {
    const principal = oneOf(principals);
    const isSession = principal.type === 'role-session' || principal.type === 'federated-user';
    return {
      principal,
      action: oneOf(actions),
      resource: oneOf(resources),
      context: Object.fromEntries(
        Object.entries(contextValues).map(([key, values]) => [key, oneOf(values)]),
      ),
      identity: Array.from({ length: below(4) }, () => own()),
      ...(isOften(0.25) ? { boundary: own() } : {}),
      ...(isSession && isOften(0.5)
        ? { session: Array.from({ length: below(3) }, () => own()) }
        : {}),
      ...(isOften(0.5) ? { resourcePolicy: ofResource() } : {}),
      resourceDecides: isOften(0.4),
      isGranted: isOften(0.15),
      resourceAccount: isOften(0.8) ? account : other,
    };
  };
  return { policy, request, oneOf };
}

const poolSize = 150;
const poolUse = 1000;

/** Requests with all that has a say in them, from small alphabets, so that much of it meets. */
export function* randomCases(seed: number): Generator<NaiveCase> {
  const { policy, request, oneOf } = caseMaker(seeded(seed));
  let own: readonly RawPolicy[] = [];
  let ofResources: readonly RawPolicy[] = [];
  for (let n = 0; ; n++) {
    // Policies are asked more than once, as what is worked out of one is kept.
    if (n % poolUse === 0) {
      own = Array.from({ length: poolSize }, () => policy());
      ofResources = Array.from({ length: poolSize }, () => policy(true));
    }
    yield request(
      () => oneOf(own),
      () => oneOf(ofResources),
    );
  }
}

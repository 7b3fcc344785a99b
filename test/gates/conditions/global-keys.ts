import type { Scene } from '../permissions/scene.ts';
import { asClientWith, asRole, asUserWithMfa } from './callers.ts';
import { throughServices } from './calls.ts';
import { asUser, type Called, type KeyCases } from './case.ts';

const random = (): Called => ['kms', 'GenerateRandom', { NumberOfBytes: 16 }];
const listUsers = (): Called => ['iam', 'ListUsers', {}];
const createKey =
  (...Tags: object[]) =>
  (): Called => ['kms', 'CreateKey', { Tags }];
const getUser = async (scene: Scene): Promise<Called> => [
  'iam',
  'GetUser',
  { UserName: await scene.user() },
];
const getGroup = async (scene: Scene): Promise<Called> => [
  'iam',
  'GetGroup',
  { GroupName: await scene.group() },
];
const fromNow =
  (hours: number) =>
  ({ world }: Scene): string =>
    world.clock.now().add({ hours }).toString();
const secondsFromNow =
  (hours: number) =>
  ({ world }: Scene): string =>
    String(Math.floor(world.clock.now().add({ hours }).epochMilliseconds / 1000));
const account = ({ home }: Scene): string => home.account;
const elsewhere = 'eu-central-1';
const another = '999999999999';
const elb = 'elasticloadbalancing.amazonaws.com';
const acm = 'acm.amazonaws.com';
const direct = { call: random };
const userId = async (scene: Scene): Promise<string> =>
  (await scene.iam('GetUser', { UserName: 'probe' }))['User'].UserId;

/** @see AWS IAM User Guide, "AWS global condition context keys" */
export const globalKeys: KeyCases = {
  'aws:CalledVia': {
    ...throughServices,
    operator: 'ForAnyValue:StringEquals',
    right: acm,
    wrong: 'kms.amazonaws.com',
    absent: direct,
  },
  'aws:CalledViaFirst': { ...throughServices, right: acm, wrong: elb, absent: direct },
  'aws:CalledViaLast': { ...throughServices, right: acm, wrong: elb, absent: direct },
  'aws:CurrentTime': {
    operator: 'DateLessThan',
    right: fromNow(1),
    wrong: fromNow(-1),
    call: random,
  },
  'aws:EpochTime': [
    {
      operator: 'NumericLessThan',
      right: secondsFromNow(1),
      wrong: secondsFromNow(-1),
      call: random,
    },
    { operator: 'DateLessThan', right: fromNow(1), wrong: fromNow(-1), call: random },
  ],
  'aws:MultiFactorAuthAge': {
    operator: 'NumericLessThan',
    right: '3600',
    wrong: '0',
    as: asUserWithMfa,
    call: random,
    absent: { as: asUser },
  },
  'aws:MultiFactorAuthPresent': [
    {
      operator: 'Bool',
      right: 'true',
      wrong: 'false',
      as: asUserWithMfa,
      call: random,
      absent: { as: asUser },
    },
    { operator: 'Bool', right: 'false', wrong: 'true', as: asRole, call: random },
  ],
  'aws:PrincipalAccount': { right: account, wrong: another, call: random },
  'aws:PrincipalArn': [
    {
      operator: 'ArnLike',
      right: ({ home }) => home.probeArn,
      wrong: ({ home }) => `${home.probeArn}x`,
      call: random,
    },
    {
      operator: 'ArnEquals',
      right: (scene) => scene.arn(`role/${scene.name}-caller`),
      wrong: (scene) => `arn:aws:sts::${scene.home.account}:assumed-role/*/session`,
      as: asRole,
      call: random,
    },
  ],
  'aws:PrincipalIsAWSService': { operator: 'Bool', right: 'false', wrong: 'true', call: random },
  'aws:PrincipalTag/project': {
    right: 'x',
    wrong: 'y',
    as: asRole,
    call: random,
    absent: { as: asUser },
  },
  'aws:PrincipalType': [
    { right: 'User', wrong: 'AssumedRole', call: random },
    { right: 'AssumedRole', wrong: 'User', as: asRole, call: random },
  ],
  'aws:Referer': {
    operator: 'StringLike',
    right: 'https://team-a.example/*',
    wrong: 'https://team-b.example/*',
    as: asClientWith({ headers: { referer: 'https://team-a.example/console' } }),
    call: random,
    absent: { as: asUser },
  },
  'aws:RequestedRegion': [
    { right: elsewhere, wrong: 'us-east-1', call: random, as: asClientWith({ region: elsewhere }) },
    // Global services have one Region, whatever the client signs for.
    {
      right: 'us-east-1',
      wrong: elsewhere,
      call: listUsers,
      as: asClientWith({ region: elsewhere }),
    },
  ],
  'aws:RequestTag/team': {
    right: 'a',
    wrong: 'b',
    call: createKey({ TagKey: 'team', TagValue: 'a' }),
    absent: { call: createKey() },
  },
  'aws:ResourceAccount': { right: account, wrong: another, call: getUser },
  'aws:ResourceTag/team': { right: 'a', wrong: 'b', call: getUser, absent: { call: getGroup } },
  'aws:SecureTransport': { operator: 'Bool', right: 'true', wrong: 'false', call: random },
  'aws:SourceIdentity': {
    right: 'alice',
    wrong: 'bob',
    as: asRole,
    call: random,
    absent: { as: asUser },
  },
  'aws:SourceIp': {
    operator: 'IpAddress',
    right: '192.0.2.0/24',
    wrong: '198.51.100.0/24',
    call: random,
  },
  'aws:TagKeys': {
    operator: 'ForAnyValue:StringEquals',
    right: 'team',
    wrong: 'cost',
    call: createKey({ TagKey: 'team', TagValue: 'a' }),
    absent: { call: createKey() },
  },
  'aws:TokenIssueTime': {
    operator: 'DateLessThan',
    right: fromNow(1),
    wrong: fromNow(-1),
    as: asUserWithMfa,
    call: random,
    absent: { as: asUser },
  },
  'aws:UserAgent': {
    operator: 'StringLike',
    right: 'aws-sdk-js/*',
    wrong: 'curl/*',
    call: random,
  },
  'aws:userid': [
    { right: userId, wrong: 'AIDAAAAAAAAAAAAAAAAAA', call: random },
    {
      operator: 'StringLike',
      right: 'AROA*:session',
      wrong: 'AROA*:other',
      as: asRole,
      call: random,
    },
  ],
  'aws:username': { right: 'probe', wrong: 'alice', call: random, absent: { as: asRole } },
  'aws:ViaAWSService': [
    { ...throughServices, operator: 'Bool', right: 'true', wrong: 'false' },
    { operator: 'Bool', right: 'false', wrong: 'true', call: random },
  ],
};

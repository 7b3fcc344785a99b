import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AccountId } from '../../src/aws/arn.ts';
import type { Call } from '../../src/aws/call.ts';
import type { BoundOperation } from '../../src/aws/operation.ts';
import { prepare } from './permissions/case.ts';
import type { Input } from './permissions/client.ts';
import { allCases } from './permissions/cases/index.ts';
import { another, casesOf, refusalFaults, successFaults, type Tried } from './permissions/gate.ts';
import { Scene } from './permissions/scene.ts';
import { leaksOf, tokenLeaksOf } from './permissions/walls.ts';
import { World } from './permissions/world.ts';

interface Findings {
  readonly faults: readonly string[];
  readonly leaks: readonly string[];
}

let world: World;
const findings: Record<string, Findings> = {};

before(async () => {
  world = await World.open();
  const { tried: all } = casesOf(world.services, allCases);
  // First, while they have not asked for anything of ours: their own trail has what they ask for.
  const [trail, others] = [true, false].map((isTrail) =>
    all.filter(({ service }) => (service.signingName === 'cloudtrail') === isTrail),
  );
  for (const [n, tried] of [...trail!, ...others!].entries())
    findings[`${tried.service.signingName}:${tried.name} ${n}`] = await judge(tried, n);
});
after(() => world[Symbol.dispose]());

/** What is there is made once for each case: it is refused, looked at from outside, and then succeeds. */
async function judge(tried: Tried, n: number): Promise<Findings> {
  const { service, name, cases, each } = tried;
  const ours = new Scene(world, world.ours, `ours${n}`);
  const of = { service: service.signingName, name, model: service.model, cases };
  const prepared = await prepare(each, ours, of);
  const faults = await refusalFaults(tried, ours, prepared);
  const succeed = async (): Promise<void> => {
    faults.push(...(await successFaults(tried, ours, prepared)));
  };
  if (each.byGateway === true) {
    await succeed();
    return { faults, leaks: [] };
  }
  let count = 0;
  const prepareTheirs = async (): Promise<Input> => {
    const scene = new Scene(world, world.theirs, `theirs${n}x${(count += 1)}`);
    return (await prepare(each, scene, of)).input;
  };
  // What a call makes is there after it, what it takes away before.
  const makes = name.startsWith('Create') || name === 'RequestCertificate';
  if (makes) await succeed();
  const leaks = [
    ...(await tokenLeaksOf(tried, ours, prepared)),
    ...(await leaksOf(tried, ours, prepared, prepareTheirs)),
  ];
  if (!makes) await succeed();
  return { faults, leaks };
}

function found(kind: keyof Findings): object {
  return Object.fromEntries(
    Object.entries(findings)
      .map(([name, each]) => [name, each[kind]] as const)
      .filter(([, list]) => list.length > 0),
  );
}

test('every operation of every service has a case, and every case an operation', () => {
  assert.deepEqual(casesOf(world.services, allCases).missing, []);
});

test('an operation asks for the documented permissions on its resource, and for nothing else', () => {
  assert.deepEqual(found('faults'), {});
});

/** What could go wrong in an operation, by what the call that it gets does in its place. */
const mistakes: Readonly<Record<string, (call: Call) => Partial<Call>>> = {
  'asks for another resource': (call) => ({
    authorize: (action, resource, details) => call.authorize(action, another(resource), details),
  }),
  'asks for no resource in particular': (call) => ({
    authorize: (action, _resource, details) => call.authorize(action, '*', details),
  }),
  'asks for another action': (call) => ({
    authorize: (action, resource, details) => call.authorize(another(action), resource, details),
  }),
  'asks nobody': (call) => ({ authorize: () => call.needsNoPermission() }),
};

const mistaken = [
  'acm:DescribeCertificate',
  'elasticloadbalancing:DeleteTargetGroup',
  'iam:GetUser',
  'route53:GetHostedZone',
];

/** Those that ask about nothing in particular: of an ARN the policies themselves know whose it is. */
const strayed = ['elasticloadbalancing:DescribeTargetHealth', 'iam:ListOpenIDConnectProviders'];

test('an operation that makes a mistake is found', async () => {
  let n = casesOf(world.services, allCases).tried.length;
  for (const [mistake, make] of Object.entries(mistakes))
    for (const each of triedOf(mistaken)) {
      using _mistaken = withMistake(each, make);
      const { faults } = await judge(each, (n += 1));
      assert.notDeepEqual(faults, [], `${each.name} ${mistake}`);
    }
  for (const each of triedOf(strayed)) {
    using _mistaken = withMistake(each, () => ({ account: world.ours.account as AccountId }));
    const { leaks } = await judge(each, (n += 1));
    assert.notDeepEqual(leaks, [], `${each.name} acts in our account`);
  }
});

function triedOf(names: readonly string[]): readonly Tried[] {
  const { tried } = casesOf(world.services, allCases);
  return tried.filter(({ service, name }) => names.includes(`${service.signingName}:${name}`));
}

function withMistake({ service, name }: Tried, make: (call: Call) => Partial<Call>): Disposable {
  const operations = service.operations as Map<string, BoundOperation>;
  const right = operations.get(name)!;
  operations.set(name, (input, call) => {
    const wrong = make(call);
    const get = (_call: Call, member: keyof Call): unknown => {
      if (member in wrong) return wrong[member];
      const value: unknown = call[member];
      return typeof value === 'function' ? value.bind(call) : value;
    };
    return right(input, new Proxy(call, { get: get as never }));
  });
  return { [Symbol.dispose]: () => void operations.set(name, right) };
}

test('what is of another account looks like what does not exist', () => {
  assert.deepEqual(found('leaks'), {});
});

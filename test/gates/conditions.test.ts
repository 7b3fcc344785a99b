import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { faultsOfKey } from './conditions/case.ts';
import { globalKeys } from './conditions/global-keys.ts';
import { serviceKeys } from './conditions/service-keys.ts';
import { Scene } from './permissions/scene.ts';
import { World } from './permissions/world.ts';

const cases = { ...globalKeys, ...serviceKeys };

/** Keys that no policy of an account can make decide, or that others' tests show. */
const elsewhere: Readonly<Record<string, string>> = {
  'aws:FederatedProvider': 'src/services/sts/operations/AssumeRoleWithWebIdentity.test.ts',
  'aws:PrincipalServiceName': 'src/aws/policy/condition-keys.test.ts',
  'aws:PrincipalServiceNamesList': 'src/aws/policy/condition-keys.test.ts',
  'aws:SourceAccount': 'src/aws/policy/condition-keys.test.ts',
};

const root = join(import.meta.dirname, '../..');
const vendors = 'aws|acm|elasticloadbalancing|iam|kms|route53|sts';

/** The condition keys that the sources give values to: names of members, and what stands before a `${`. */
function keysIn(text: string): string[] {
  const members = new RegExp(`['"]((?:${vendors}):[A-Za-z0-9]+)['"]\\]?(?::| =[^=])`, 'g');
  const patterns = new RegExp(`\`((?:${vendors}):[A-Za-z0-9]+[/:])\\$\\{`, 'g');
  return [...text.matchAll(members), ...text.matchAll(patterns)].map(([, key = '']) => key);
}

/** `aws:RequestTag/team` is a case of `aws:RequestTag/`. */
function kindOf(key: string): string {
  return /^[a-z0-9]+:[A-Za-z0-9]+[/:]?/.exec(key)?.[0] ?? key;
}

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world[Symbol.dispose]());

test('every condition key that the sources know has a case, and every case a key', () => {
  const files = globSync('src/**/*.ts', { cwd: root }).filter(
    (file) => !/test|model\.ts$/.test(file),
  );
  const known = new Set(files.flatMap((file) => keysIn(readFileSync(join(root, file), 'utf8'))));
  const shown = new Set([...Object.keys(cases), ...Object.keys(elsewhere)].map(kindOf));
  assert.deepEqual([...known].filter((key) => !shown.has(key)).toSorted(), []);
  assert.deepEqual([...shown].filter((key) => !known.has(key)).toSorted(), []);
  for (const [key, file] of Object.entries(elsewhere))
    assert.ok(readFileSync(join(root, file), 'utf8').includes(key), key);
});

test('a key that nobody listed is found', () => {
  const text = "{ 'kms:New': x }; context['aws:Other'] = y; `iam:Third/${z}`; is('kms:Encrypt')";
  assert.deepEqual(keysIn(text), ['kms:New', 'aws:Other', 'iam:Third/']);
});

for (const [n, [key, all]] of Object.entries(cases).entries()) {
  test(`${key} decides a call, and is there when it should be`, async () => {
    for (const [m, each] of [all].flat().entries()) {
      const scene = new Scene(world, world.ours, `keys${n}-${m}`);
      assert.deepEqual(await faultsOfKey(key, each, scene), []);
    }
  });
}

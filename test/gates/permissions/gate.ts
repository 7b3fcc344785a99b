import type { Service } from '../../../src/aws/operation.ts';
import type { Client } from './client.ts';
import type { Case, Cases, Permission, Prepared } from './case.ts';
import type { Scene } from './scene.ts';
import { everything, type Statement } from './world.ts';

/** One way to call one operation. */
export interface Tried {
  readonly service: Service;
  readonly name: string;
  readonly cases: Cases;
  readonly each: Case;
}

/** Each case of each operation that the services have, or that the cases name. */
export function casesOf(
  services: readonly Service[],
  all: Readonly<Record<string, Cases>>,
): { readonly tried: readonly Tried[]; readonly missing: readonly string[] } {
  const tried: Tried[] = [];
  const missing: string[] = [];
  for (const service of services) {
    const cases = all[service.signingName] ?? { members: {}, operations: {} };
    const names = new Set([...service.operations.keys(), ...Object.keys(cases.operations)]);
    for (const name of names) {
      const found = cases.operations[name];
      if (found === undefined || !service.operations.has(name))
        missing.push(`${service.signingName}:${name}`);
      else for (const each of [found].flat()) tried.push({ service, name, cases, each });
    }
  }
  return { tried, missing };
}

/**
 * What is wrong with how an operation refuses: it is asked for each of the documented permissions, on the resource that
 * the call is about; a Deny counts; and while it is refused nothing changes.
 */
export async function refusalFaults(
  { service: { signingName, model }, name, each }: Tried,
  scene: Scene,
  { input, permissions, deniable }: Prepared,
): Promise<string[]> {
  const { world } = scene;
  const faults: string[] = [];
  const refused = async (who: string, client: Client): Promise<void> => {
    const before = world.writes;
    const { status, code, body } = await client.call(signingName, name, input);
    if (`${status} ${code}` !== denials[model.protocol])
      faults.push(`${who}: ${body || 'success'}`);
    if (world.writes !== before) faults.push(`${who}: something changed`);
  };
  const refusedWith = async (who: string, statements: readonly Statement[]): Promise<void> =>
    refused(who, await callerWith(each, scene, statements));

  if (permissions.length > 0) await refusedWith('without permissions', []);
  for (const permission of permissions) {
    const others = permissions.filter((other) => other !== permission).map(allowed);
    const [action, resource] = permission;
    if (others.length > 0) await refusedWith(`without ${action} on ${resource}`, others);
    if (resource !== '*') {
      const elsewhere = allowed([action, another(resource)]);
      await refusedWith(`with ${action} on ${elsewhere.Resource}`, [...others, elsewhere]);
    }
  }
  for (const permission of [...permissions, ...deniable])
    await refusedWith(`with a Deny of ${permission.join(' on ')}`, [
      everything,
      denied(permission),
    ]);
  if (each.byGateway === true) await refused('as an administrator', scene.home.admin);
  return faults;
}

/** Whether an operation succeeds with exactly the documented permissions. */
export async function successFaults(
  { service: { signingName }, name, each }: Tried,
  scene: Scene,
  { input, permissions }: Prepared,
): Promise<string[]> {
  const client = await callerWith(each, scene, permissions.map(allowed));
  const { code, body } = await client.call(signingName, name, input);
  return code === each.answers ? [] : [`with exactly ${permissions.join('; ')}: ${body}`];
}

/** Status and code of a refusal, as each protocol has them. */
const denials = {
  json: '400 AccessDeniedException',
  query: '403 AccessDenied',
  'rest-xml': '403 AccessDenied',
} as const;

function callerWith(each: Case, scene: Scene, statements: readonly Statement[]): Promise<Client> {
  const { world, home } = scene;
  if (each.caller !== undefined) return each.caller(scene, statements);
  return each.byGateway === true ? world.gateway(statements) : home.withPolicy(statements);
}

function allowed([Action, Resource]: Permission): Statement {
  return { Effect: 'Allow', Action, Resource };
}

function denied([Action, Resource]: Permission): Statement {
  return { Effect: 'Deny', Action, Resource };
}

/** Something of the same form that is something else: its last four letters and digits are others. */
export function another(text: string): string {
  let left = 4;
  return text
    .split('')
    .toReversed()
    .map((character) => {
      const turned = left > 0 ? turnedIn(character) : undefined;
      if (turned !== undefined) left -= 1;
      return turned ?? character;
    })
    .toReversed()
    .join('');
}

/** So that hexadecimal stays hexadecimal, and base32 base32. */
const rings = ['234567', '0189', 'abcdef', 'ghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

function turnedIn(character: string): string | undefined {
  const ring = rings.find((each) => each.includes(character));
  return ring?.[(ring.indexOf(character) + 1) % ring.length];
}

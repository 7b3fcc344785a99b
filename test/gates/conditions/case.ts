import type { Client, Input } from '../permissions/client.ts';
import type { Scene } from '../permissions/scene.ts';
import { everything, type Statement } from '../permissions/world.ts';

type Value<T> = T | Promise<T>;

/** What is called: a service by its signing name, an operation, and its input. */
export type Called = readonly [service: string, operation: string, input: Input];

/** Who calls, when these statements are all that speaks of him. */
export type Caller = (scene: Scene, statements: readonly Statement[]) => Promise<Client>;

/** How a condition key decides a call. */
export interface KeyCase {
  /** `StringEquals` when absent. */
  readonly operator?: string;
  /** A value with which the condition is met in the call, and one with which it is not. */
  readonly right: string | ((scene: Scene) => Value<string>);
  readonly wrong: string | ((scene: Scene) => Value<string>);
  /** Anew for each call. */
  readonly call: (scene: Scene) => Value<Called>;
  /** A user when absent. */
  readonly as?: Caller;
  /** The condition stands on a Deny of this action, of which the call needs no Allow of its own. */
  readonly denies?: string;
  /** The error of a call that is allowed and cannot succeed. */
  readonly answers?: string;
  /** Where the key is not there; nowhere when absent. */
  readonly absent?: Partial<Pick<KeyCase, 'call' | 'as'>>;
}

export type KeyCases = Readonly<Record<string, KeyCase | readonly KeyCase[]>>;

export const asUser: Caller = (scene, statements) => scene.home.withPolicy(statements);

/** What is wrong with the way in which a key decides. */
export async function faultsOfKey(key: string, each: KeyCase, scene: Scene): Promise<string[]> {
  const faults: string[] = [];
  const expect = async (isAllowed: boolean, condition: object, by = each): Promise<void> => {
    const { as = asUser } = by;
    const [service, operation, input] = await by.call(scene);
    const client = await as(scene, statementsOf(condition, by.denies));
    const { code, body } = await client.call(service, operation, input);
    const isRefused = code?.startsWith('AccessDenied') === true;
    const isRight = isAllowed ? code === undefined || code === each.answers : isRefused;
    if (!isRight) faults.push(`${JSON.stringify(condition)}: ${body || 'success'}`);
  };
  const { operator = 'StringEquals', denies, absent } = each;
  const met = { [operator]: { [key]: await valueOf(each.right, scene) } };
  const unmet = { [operator]: { [key]: await valueOf(each.wrong, scene) } };
  await expect(false, denies === undefined ? unmet : met);
  await expect(true, denies === undefined ? met : unmet);
  if (denies === undefined) await expect(true, { Null: { [key]: 'false' } });
  if (absent !== undefined) {
    const { denies: _denies, ...there } = { ...each, ...absent };
    await expect(false, { Null: { [key]: 'false' } }, there);
    await expect(true, { Null: { [key]: 'true' } }, there);
  }
  return faults;
}

function statementsOf(Condition: object, denies: string | undefined): readonly Statement[] {
  return denies === undefined
    ? [{ ...everything, Condition }]
    : [everything, { Effect: 'Deny', Action: denies, Resource: '*', Condition }];
}

function valueOf(value: KeyCase['right'], scene: Scene): Value<string> {
  return typeof value === 'string' ? value : value(scene);
}

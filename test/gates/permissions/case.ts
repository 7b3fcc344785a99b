import type { OperationModel, ServiceModel } from '../../../src/aws/model.ts';
import type { Client, Input } from './client.ts';
import type { Scene } from './scene.ts';
import type { Statement } from './world.ts';

type Value<T> = T | Promise<T>;

/** An action, and the ARN on which it is to be allowed; `*` for actions without resource-level permissions. */
export type Permission = readonly [action: string, resource: string];

/** How one operation is called so that it succeeds, and what that takes. */
export interface Case {
  /** The resource of the operation's own action, as the Service Authorization Reference has it. */
  readonly on: (scene: Scene) => Value<string>;
  /** When it is not `service:Operation`. */
  readonly action?: string;
  /** Permissions that this call needs besides. */
  readonly also?: (scene: Scene) => Value<readonly Permission[]>;
  /** What a key's own policy allows, so that only a Deny stops the call. */
  readonly deniable?: (scene: Scene) => Value<readonly Permission[]>;
  /** Members that do not follow from the model. */
  readonly input?: (scene: Scene) => Value<Input>;
  /** What must be there besides what the members name. */
  readonly given?: (scene: Scene) => Promise<unknown>;
  /** Of an operation that succeeds with a modelled error. */
  readonly answers?: string;
  /** In the place of a user who has these statements as a policy. */
  readonly caller?: (scene: Scene, statements: readonly Statement[]) => Promise<Client>;
  /** Called by a gateway, which no user of an account can be. */
  readonly byGateway?: true;
  /** AWS asks nobody for a permission. */
  readonly isFree?: true;
  /** Members of which AWS itself says whether another account has something of that name. */
  readonly toldByAws?: readonly string[];
  /** A list that never has a second page. */
  readonly isOnePage?: true;
}

/** The cases of a service; several for an operation with several ways. */
export interface Cases {
  /** What members hold, wherever they are required. */
  readonly members: Readonly<Record<string, (scene: Scene) => Value<unknown>>>;
  /** Members that name the resource, and are given even where they are not required. */
  readonly always?: readonly string[];
  readonly operations: Readonly<Record<string, Case | readonly Case[]>>;
}

/** A case in a scene, ready to be called. */
export interface Prepared {
  readonly input: Input;
  readonly permissions: readonly Permission[];
  readonly deniable: readonly Permission[];
}

export async function prepare(
  each: Case,
  scene: Scene,
  of: {
    readonly service: string;
    readonly name: string;
    readonly model: ServiceModel;
    readonly cases: Cases;
  },
): Promise<Prepared> {
  const given = (await each.input?.(scene)) ?? {};
  const input: Record<string, unknown> = { ...given };
  for (const member of neededMembers(of)) {
    if (member in given) continue;
    const make = of.cases.members[member];
    if (make === undefined) throw new Error(`${of.name}: nothing says what ${member} is`);
    input[member] = await make(scene);
  }
  await each.given?.(scene);
  const own: Permission = [each.action ?? `${of.service}:${of.name}`, await each.on(scene)];
  return {
    input,
    permissions: each.isFree === true ? [] : [own, ...((await each.also?.(scene)) ?? [])],
    deniable: (await each.deniable?.(scene)) ?? [],
  };
}

function neededMembers({
  name,
  model,
  cases,
}: {
  readonly name: string;
  readonly model: ServiceModel;
  readonly cases: Cases;
}): string[] {
  const { input }: OperationModel = model.operations[name]!;
  const shape = input === undefined ? undefined : model.shapes[input];
  if (shape?.type !== 'structure') return [];
  const named = (cases.always ?? []).filter((member) => member in shape.members);
  return [...new Set([...(shape.required ?? []), ...named])];
}

export const anywhere = (): string => '*';

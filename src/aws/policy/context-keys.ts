import type { PolicyDocument, Statement } from './types.ts';

/** The condition keys that a policy asks for: in its conditions, and in the variables of its resources and values. */
export function contextKeysOf({ statements }: PolicyDocument): ReadonlySet<string> {
  return new Set(statements.flatMap(keysOfStatement));
}

function keysOfStatement({ conditions, resources = [], notResources = [] }: Statement): string[] {
  const texts = [...resources, ...notResources, ...conditions.flatMap(({ values }) => values)];
  return [...conditions.map(({ key }) => key), ...texts.flatMap(variablesOf)];
}

/** `${aws:username}` and `${aws:username, 'nobody'}`, but not `${*}`. */
function variablesOf(text: string): string[] {
  return [...text.matchAll(/\$\{\s*([^,\s{}$*?]+:[^,{}]*?)\s*(?:,[^}]*)?\}/g)].map(
    ([, key = '']) => key,
  );
}

import type { PolicyDocument, Statement } from './types.ts';

/** The condition keys that a policy asks for: in its conditions, and in the variables of its resources and values. */
export function contextKeysOf({ version, statements }: PolicyDocument): ReadonlySet<string> {
  const hasVariables = version === '2012-10-17';
  return new Set(statements.flatMap((each) => keysOfStatement(each, hasVariables)));
}

function keysOfStatement(
  { conditions, resources = [], notResources = [] }: Statement,
  hasVariables: boolean,
): string[] {
  const keys = conditions.map(({ key }) => key);
  if (!hasVariables) return keys;
  const texts = [...resources, ...notResources, ...conditions.flatMap(({ values }) => values)];
  return [...keys, ...texts.flatMap(variablesOf)];
}

/** `${aws:username}` and `${aws:username, 'nobody'}`, but not `${*}`. */
function variablesOf(text: string): string[] {
  return [...text.matchAll(/\$\{\s*([^,\s{}$*?]+:[^,{}]*?)\s*(?:,[^}]*)?\}/g)].map(
    ([, key = '']) => key,
  );
}

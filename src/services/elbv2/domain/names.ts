/**
 * What is wrong with the name of a load balancer or target group, in the words of an error; undefined when
 * it may be taken.
 */
export function wrongName(
  kind: 'load balancer' | 'target group',
  name: string,
): string | undefined {
  if (name === '') return `A ${kind} name must be specified`;
  if (name.length > 32)
    return `The ${kind} name '${name.slice(0, 64)}' cannot be longer than '32' characters`;
  if (!/^[A-Za-z0-9-]+$/.test(name))
    return `The ${kind} name '${name}' can only contain characters that are alphanumeric characters and hyphens(-)`;
  if (name.startsWith('-') || name.endsWith('-'))
    return `The ${kind} name '${name}' cannot begin or end with a hyphen(-)`;
  if (kind === 'load balancer' && name.toLowerCase().startsWith('internal-'))
    return `The load balancer name '${name}' cannot begin with 'internal-'`;
  return undefined;
}

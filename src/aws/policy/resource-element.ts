import { paddedArn, splitArn } from './pattern.ts';
import { legacyParsing, PolicySyntaxError, shown } from './syntax-error.ts';

/**
 * Checks one value of Resource or NotResource. An ARN may be short: `arn:aws:kms` is read as `arn:aws:kms:*:*:*`.
 * @throws PolicySyntaxError
 */
export function refuseResource(pattern: string, hasVariables: boolean): void {
  if (pattern === '*') return;
  if (!pattern.includes(':')) throw noArn(pattern);
  const given = splitArn(pattern);
  const [prefix, partition = '', service = '', ...rest] = paddedArn(given);
  if (!/^(\*|aws(-[a-z]+)*)$/.test(partition)) {
    const read = ['arn', partition, service, ...rest].join(':');
    throw new PolicySyntaxError(
      `Partition "${shown(partition)}" is not valid for resource "${shown(read)}".`,
    );
  }
  if (prefix !== 'arn') throw noArn(pattern);
  refuseService(service);
  if (rest.slice(0, 2).some((part) => part.includes('${'))) throw noArn(pattern);
  if (given.length < 6 && pattern.includes('::') && !pattern.endsWith('*'))
    throw new PolicySyntaxError(legacyParsing);
  if (hasVariables) refuseVariable(rest[2] ?? '');
}

function refuseService(service: string): void {
  if (service === '') throw new PolicySyntaxError(legacyParsing);
  if (/[*?]/.test(service)) {
    throw new PolicySyntaxError(
      'Resource vendor must be fully qualified and cannot contain regexes.',
    );
  }
  refuseVendor(service);
}

/** @throws PolicySyntaxError when it is no name of a service */
export function refuseVendor(vendor: string): void {
  if (!/^[a-zA-Z0-9.-]+$/.test(vendor))
    throw new PolicySyntaxError(`Vendor ${shown(vendor)} is not valid`);
}

/**
 * A `${` must be closed and hold a key, a key and a quoted default, or one escaped character.
 * @throws PolicySyntaxError
 */
export function refuseVariable(text: string): void {
  const rest = text.replace(/\$\{([*?$]|\s*[^,\s{}$]+\s*(,\s*'[^'{}]*'\s*)?)\}/g, '');
  if (rest.includes('${')) throw new PolicySyntaxError();
}

function noArn(pattern: string): PolicySyntaxError {
  return new PolicySyntaxError(`Resource ${shown(pattern)} must be in ARN format or "*".`);
}

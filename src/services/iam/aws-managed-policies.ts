import { hash } from 'node:crypto';
import { parsePolicy } from '../../aws/policy/parse.ts';
import type { PolicyDocument } from '../../aws/policy/types.ts';
import { awsPolicyFacts } from './domain/aws-policy-facts.ts';

const createdAt = Temporal.Instant.from('2026-11-25T00:00:00Z');

/** A policy of AWS's, under AWS's ARN and to the same effect; the text is holdfast's. */
export interface AwsManagedPolicy {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly policyId: string;
  readonly description: string;
  readonly createdAt: Temporal.Instant;
  readonly text: string;
  readonly document: PolicyDocument;
}

/** @returns undefined when there is none with this ARN */
export function awsManagedPolicy(arn: string): AwsManagedPolicy | undefined {
  return byArn.get(arn);
}

/** All of them, in the order of their names. */
export const awsManagedPolicies: readonly AwsManagedPolicy[] = Object.entries(awsPolicyFacts)
  .map(([name, { path = '/', description, statements }]): AwsManagedPolicy => {
    const arn = `arn:aws:iam::aws:policy${path}${name}`;
    const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    const source = { type: 'aws-managed', name, arn, text } as const;
    return {
      name,
      path,
      arn,
      policyId: policyIdOf(arn),
      description,
      createdAt,
      text,
      document: { ...parsePolicy(text, 'identity'), source },
    };
  })
  .toSorted((a, b) => (a.name < b.name ? -1 : 1));

const byArn: ReadonlyMap<string, AwsManagedPolicy> = new Map(
  awsManagedPolicies.map((each) => [each.arn, each]),
);

/** The same in every installation, so that it is made from the ARN. */
function policyIdOf(arn: string): string {
  const digits = hash('sha256', arn, 'hex').slice(0, 34);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return `ANPA${Array.from({ length: 17 }, (_none, n) => letters[parseInt(digits.slice(2 * n, 2 * n + 2), 16) & 31]).join('')}`;
}

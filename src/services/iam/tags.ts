import type { Call } from '../../aws/call.ts';
import type { ConditionContext } from '../../aws/policy/types.ts';
import { InvalidInputException, LimitExceededException } from './errors.ts';
import type { Tag } from './model.ts';

const maxTags = 50;

/** @throws InvalidInputException */
export function checkTags(tags: readonly Tag[]): void {
  const keys = tags.map(({ Key }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw new InvalidInputException(
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  }
  if (keys.some((key) => key.startsWith('aws:')))
    throw new InvalidInputException('System tags cannot be added/updated by requester');
}

/** The tags with `added` in the place of those with the same key. @throws InvalidInput, LimitExceeded */
export function withTags(tags: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  checkTags(added);
  const all = [
    ...withoutTags(
      tags,
      added.map(({ Key }) => Key),
    ),
    ...added,
  ];
  if (all.length > maxTags)
    throw new LimitExceededException(`The number of tags has reached the maximum limit.`);
  return all;
}

/** Keys are compared without regard to case. */
export function withoutTags(tags: readonly Tag[], keys: readonly string[]): readonly Tag[] {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return tags.filter(({ Key }) => !gone.has(Key.toLowerCase()));
}

/**
 * A call that makes something with tags needs the right to tag it too.
 * @param action for example `iam:TagUser`
 * @throws access-denied
 */
export async function authorizeTagging(
  call: Call,
  action: string,
  arn: string,
  tags: readonly Tag[],
): Promise<void> {
  if (tags.length > 0) await call.authorize(action, arn, { context: requestTags(tags) });
}

export function requestTags(tags: readonly Tag[]): ConditionContext {
  return {
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    'aws:TagKeys': tags.length === 0 ? undefined : tags.map(({ Key }) => Key),
  };
}

export function resourceTags(tags: readonly Tag[]): ConditionContext {
  return Object.fromEntries(
    tags.flatMap(({ Key, Value }) => [
      [`aws:ResourceTag/${Key}`, Value],
      [`iam:ResourceTag/${Key}`, Value],
    ]),
  );
}

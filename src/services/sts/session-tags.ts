import type { Call } from '../../aws/call.ts';
import type { ConditionContext } from '../../aws/policy/types.ts';
import { InvalidParameterValueException } from './errors.ts';
import type { Tag } from './model.ts';

interface TagInput {
  readonly Tags?: readonly Tag[] | undefined;
  readonly TransitiveTagKeys?: readonly string[] | undefined;
}

/** The tags of a session that is to be made. */
interface SessionTags {
  readonly tags: Tag[];
  readonly transitiveTagKeys: string[];
}

/**
 * What is given, and what the caller's own session hands on.
 * @throws InvalidParameterValue
 * @see AWS IAM User Guide, "Pass session tags in AWS STS"
 */
export function sessionTags(
  { session }: Pick<Call, 'session'>,
  { Tags = [], TransitiveTagKeys = [] }: TagInput,
): SessionTags {
  const key = ({ Key }: Tag): string => Key.toLowerCase();
  const given = new Set(Tags.map(key));
  if (given.size < Tags.length)
    throw new InvalidParameterValueException(
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  if (Tags.some((tag) => key(tag).startsWith('aws:')))
    throw new InvalidParameterValueException('System tags cannot be added/updated by requester');
  if (!TransitiveTagKeys.every((each) => given.has(each.toLowerCase())))
    throw new InvalidParameterValueException(
      'The specified transitive tag key must be included in the requested tags.',
    );
  const handedOn = new Set(session?.transitiveTagKeys.map((each) => each.toLowerCase()));
  const inherited = (session?.tags ?? []).filter((tag) => handedOn.has(key(tag)));
  if (inherited.some((tag) => given.has(key(tag))))
    throw new InvalidParameterValueException(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  return {
    tags: [...Tags, ...inherited],
    transitiveTagKeys: [...TransitiveTagKeys, ...inherited.map(({ Key }) => Key)],
  };
}

/** Condition keys of a request that hands tags in. */
export function tagContext({ Tags = [], TransitiveTagKeys = [] }: TagInput): ConditionContext {
  return {
    ...Object.fromEntries(Tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    'aws:TagKeys': Tags.length === 0 ? undefined : Tags.map(({ Key }) => Key),
    'sts:TransitiveTagKeys': TransitiveTagKeys.length === 0 ? undefined : TransitiveTagKeys,
  };
}

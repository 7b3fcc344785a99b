import { createHash } from 'node:crypto';
import type { Call } from '../../../aws/call.ts';
import { operation } from '../../../aws/operation.ts';
import { describe } from '../domain/event.ts';
import {
  InvalidLookupAttributesException,
  InvalidMaxResultsException,
  InvalidNextTokenException,
  InvalidTimeRangeException,
} from '../errors.ts';
import { retentionDays } from '../jobs/remove-expired.ts';
import type { LookupEventsRequest, LookupEventsResponse } from '../model.ts';
import type { CloudTrailPorts } from '../ports.ts';
import type { Position, Wanted } from '../store.ts';

const maxResults = 50;

export const LookupEvents = operation<LookupEventsRequest, LookupEventsResponse, CloudTrailPorts>(
  'LookupEvents',
  async (input, call, { reader }) => {
    await call.authorize('cloudtrail:LookupEvents', '*');
    const limit = pageSize(input);
    const question = {
      attribute: lookupAttribute(input),
      ...timeRange(input, call),
      after: input.NextToken === undefined ? undefined : parseToken(input.NextToken, input),
    };
    // Nothing here makes Insights events.
    if (input.EventCategory === 'insight') return { Events: [] };
    const found = await reader.events(call, { ...question, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      Events: page.map(({ record }) => describe(record)),
      NextToken:
        last !== undefined && found.length > limit
          ? formatToken({ sequence: last.sequence, eventId: last.event_id }, input)
          : undefined,
    };
  },
);

function pageSize({ MaxResults }: LookupEventsRequest): number {
  if (MaxResults === undefined) return maxResults;
  if (MaxResults >= 1 && MaxResults <= maxResults) return MaxResults;
  throw new InvalidMaxResultsException(`MaxResults must be between 1 and ${maxResults}.`);
}

function lookupAttribute({ LookupAttributes = [] }: LookupEventsRequest): Wanted['attribute'] {
  if (LookupAttributes.length > 1)
    throw new InvalidLookupAttributesException('Only one lookup attribute can be specified.');
  const [attribute] = LookupAttributes;
  return attribute && { key: attribute.AttributeKey, value: attribute.AttributeValue };
}

/** Events have the second in which they happened: both ends are whole seconds and belong to the range. */
function timeRange(
  { StartTime, EndTime }: LookupEventsRequest,
  call: Call,
): Pick<Wanted, 'from' | 'before'> {
  if (StartTime && EndTime && Temporal.Instant.compare(StartTime, EndTime) > 0)
    throw new InvalidTimeRangeException('The start time must not be after the end time.');
  const now = call.clock.now();
  const earliest = now.subtract({ hours: retentionDays * 24 }).epochMilliseconds;
  const from = Math.max(wholeSeconds(StartTime, 'ceil') ?? earliest, earliest);
  const end = wholeSeconds(EndTime, 'floor');
  return {
    from: from * 1000,
    before: end === undefined ? Number.MAX_SAFE_INTEGER : (end + 1000) * 1000,
  };
}

function wholeSeconds(
  time: Temporal.Instant | undefined,
  roundingMode: 'ceil' | 'floor',
): number | undefined {
  return time?.round({ smallestUnit: 'second', roundingMode }).epochMilliseconds;
}

/** A token holds for the parameters with which it was given. */
function formatToken({ sequence, eventId }: Position, input: LookupEventsRequest): string {
  return Buffer.from(JSON.stringify([sequence, eventId, digest(input)])).toString('base64url');
}

function parseToken(token: string, input: LookupEventsRequest): Position {
  try {
    const [sequence, eventId, parameters] = JSON.parse(
      Buffer.from(token, 'base64url').toString(),
    ) as unknown[];
    if (
      Number.isSafeInteger(sequence) &&
      typeof eventId === 'string' &&
      parameters === digest(input)
    )
      return { sequence: sequence as number, eventId };
  } catch {
    // Not one of ours: the same answer as for one that parses to something else.
  }
  throw new InvalidNextTokenException(
    'The token is not valid, or was given for a request with other parameters.',
  );
}

function digest(input: LookupEventsRequest): string {
  const { LookupAttributes, StartTime, EndTime, EventCategory } = input;
  return createHash('sha256')
    .update(JSON.stringify([LookupAttributes, StartTime, EndTime, EventCategory]))
    .digest('base64url')
    .slice(0, 16);
}

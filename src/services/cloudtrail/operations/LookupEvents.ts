import type { Call } from '../../../aws/call.ts';
import { operation } from '../../../aws/operation.ts';
import { pageToken, readPageToken, type PagedList } from '../../../aws/page-token.ts';
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
    const list: PagedList = { call, name: 'LookupEvents', parameters: parametersOf(input) };
    const question = {
      attribute: lookupAttribute(input),
      ...timeRange(input, call),
      after: input.NextToken === undefined ? undefined : positionIn(list, input.NextToken),
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
          ? pageToken([last.sequence, last.event_id], list)
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

function parametersOf(input: LookupEventsRequest): unknown {
  return [input.LookupAttributes, input.StartTime, input.EndTime, input.EventCategory];
}

function positionIn(list: PagedList, token: string): Position {
  const [sequence, eventId] = readPageToken(token, list) ?? [];
  if (Number.isSafeInteger(sequence) && typeof eventId === 'string')
    return { sequence: sequence as number, eventId };
  throw new InvalidNextTokenException(
    'The token is not valid, or was given for a request with other parameters.',
  );
}

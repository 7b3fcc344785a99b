import type { Random } from '../../lib/random.ts';
import { unavailable } from '../errors.ts';
import { requestHead, type HttpAnswer, type HttpRequestLike } from '../http/messages.ts';
import { claimOf, type Services } from './dispatch.ts';
import { errorAnswer } from './exchange.ts';

const none: Services = new Map();

/**
 * Refuses every request as unavailable, in the form of the protocol that it speaks, and keeps no record: for a process that
 * cannot keep one yet.
 */
export function refuseAsUnavailable(request: HttpRequestLike, random: Random): HttpAnswer {
  const head = requestHead(request);
  const claim = claimOf(none, head, request.body);
  request.body.fill(0);
  const error = unavailable('The service cannot serve requests now. Try again.');
  return errorAnswer({ claim, head, requestId: random.uuid() }, error);
}

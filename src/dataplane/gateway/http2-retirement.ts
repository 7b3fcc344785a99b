import { once } from 'node:events';
import type { ServerHttp2Session } from 'node:http2';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { Http2Wire } from './http2-wire.ts';

/** For what the client has in hand to come out of it. */
const quietMilliseconds = 25;
/** How long a session is silent at most. */
const silenceMilliseconds = 250;
const roundTripMilliseconds = 5_000;

/**
 * Ends a session so that no request on it fails: says that the end is near, and after at least one round trip which
 * stream was the last (RFC 9113 §6.8). The client hears the first after a moment of silence: node:http2 and others that
 * hear it while a request waits in them to be written fail that request, and what makes clients ask is mostly an answer.
 */
export async function retireSession(session: ServerHttp2Session, wire: Http2Wire): Promise<void> {
  if (!wire.hasBegun) await once(session, 'remoteSettings').catch(() => {});
  const heard = roundTrip(session, silenceMilliseconds);
  // The frame is written in this turn.
  await turn();
  wire.hold();
  await heard;
  await sleep(quietMilliseconds);
  wire.announceEnd();
  // What the client sent before it read the announcement comes before its answer.
  await roundTrip(session, roundTripMilliseconds);
  session.close();
}

/** Resolves when the client has answered a PING, or is gone, or has not done so for too long. */
async function roundTrip(session: ServerHttp2Session, mostMilliseconds: number): Promise<void> {
  if (session.destroyed) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, mostMilliseconds);
  session.once('close', resolve);
  session.ping(() => resolve());
  await promise;
  clearTimeout(timer);
  session.off('close', resolve);
}

import type { Call } from '../../aws/call.ts';
import { CommonError } from '../../aws/errors.ts';
import type { StsPorts } from './ports.ts';

interface MfaInput {
  readonly SerialNumber?: string | undefined;
  readonly TokenCode?: string | undefined;
}

/**
 * When the caller has given a code of an MFA device: now, or not at all.
 * @throws access-denied, with AWS's texts
 */
export async function checkMfa(
  call: Call,
  { SerialNumber: serial, TokenCode: code }: MfaInput,
  { identity }: StsPorts,
): Promise<Temporal.Instant | undefined> {
  if (serial === undefined && code === undefined) return undefined;
  if (serial === undefined || code === undefined)
    throw failed('must provide both MFA serial number and one time pass code. ');
  if (await identity.provesMfa(call, { serial, code })) return call.clock.now();
  throw failed('with invalid MFA one time pass code. ', '');
}

function failed(why: string, separator = ','): CommonError {
  return new CommonError('access-denied', `MultiFactorAuthentication failed${separator} ${why}`);
}

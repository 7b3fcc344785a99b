import { createHash } from 'node:crypto';
import type { Call } from '../../aws/call.ts';
import type { AcmReader } from './store.ts';

/** Equal for calls that ask for the same, whatever the order of the members and whatever the token. */
export function fingerprint(
  operation: string,
  input: { readonly IdempotencyToken?: string | undefined },
): string {
  return createHash('sha256')
    .update(`${operation} ${canonical({ ...input, IdempotencyToken: undefined })}`)
    .digest('hex');
}

/** The certificate that a call with the same token and parameters made within the hour; empty when it made none. */
export async function liveToken(
  call: Call,
  reader: AcmReader,
  token: string,
  parameters: string,
): Promise<string | undefined> {
  const kept = await reader.token(call, token, parameters);
  return kept !== undefined && Number(kept.expires_at) > call.clock.now().epochMilliseconds
    ? kept.certificate_arn
    : undefined;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
    .join(',')}}`;
}

import * as v from 'valibot';
import { AcmeProtocolError } from './protocol-error.ts';

/** What a CA says, as far as we read it. More members are passed over. @see RFC 8555 §7.1 */

const url = v.pipe(v.string(), v.maxLength(2_048), v.startsWith('https://'));
const text = v.pipe(v.string(), v.maxLength(2_048));

export interface Problem {
  readonly type?: string | undefined;
  readonly detail?: string | undefined;
  readonly subproblems?: readonly Problem[] | undefined;
}

/** @see RFC 7807, RFC 8555 §6.7.1 */
export const problemShape: v.GenericSchema<Problem> = v.object({
  type: v.optional(text),
  detail: v.optional(v.string()),
  subproblems: v.optional(v.pipe(v.array(v.lazy(() => problemShape)), v.maxLength(100))),
});

/** @see RFC 8555 §7.1.1, draft-ietf-acme-profiles §3 */
export const directoryShape = v.object({
  newNonce: url,
  newAccount: url,
  newOrder: url,
  revokeCert: url,
  /** @see RFC 9773 §3 */
  renewalInfo: v.optional(url),
  meta: v.optional(
    v.object({
      termsOfService: v.optional(text),
      externalAccountRequired: v.optional(v.boolean()),
      profiles: v.optional(v.record(text, text)),
      caaIdentities: v.optional(v.pipe(v.array(text), v.maxLength(20))),
    }),
    {},
  ),
});
export type Directory = v.InferOutput<typeof directoryShape>;

/** @see RFC 8555 §7.1.2 */
export const accountShape = v.object({
  status: v.picklist(['valid', 'deactivated', 'revoked']),
});

const identifierShape = v.object({ type: v.literal('dns'), value: text });

/** @see RFC 8555 §7.1.3 */
export const orderShape = v.object({
  status: v.picklist(['pending', 'ready', 'processing', 'valid', 'invalid']),
  identifiers: v.pipe(v.array(identifierShape), v.maxLength(100)),
  authorizations: v.pipe(v.array(url), v.maxLength(100)),
  finalize: url,
  certificate: v.optional(url),
  error: v.optional(problemShape),
});
export type AcmeOrder = v.InferOutput<typeof orderShape>;

/** A token is 128 bits at least, in base64url. @see RFC 8555 §8.3 */
const token = v.pipe(v.string(), v.regex(/^[\w-]{22,512}$/));

/** @see RFC 8555 §7.1.5, §8 */
const challengeShape = v.object({
  type: text,
  url,
  status: v.picklist(['pending', 'processing', 'valid', 'invalid']),
  token: v.optional(token),
  error: v.optional(problemShape),
});

/** @see RFC 8555 §7.1.4 */
export const authorizationShape = v.object({
  identifier: identifierShape,
  status: v.picklist(['pending', 'valid', 'invalid', 'deactivated', 'expired', 'revoked']),
  challenges: v.pipe(v.array(challengeShape), v.maxLength(50)),
});
export type Authorization = v.InferOutput<typeof authorizationShape>;

/** @throws AcmeProtocolError if the bytes are not JSON of this shape */
export function readMessage<Shape extends v.GenericSchema>(
  shape: Shape,
  body: Uint8Array,
  what: string,
): v.InferOutput<Shape> {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new AcmeProtocolError(`the ${what} is no JSON`, { cause });
  }
  const result = v.safeParse(shape, content);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new AcmeProtocolError(`the ${what} is malformed at ${v.getDotPath(issue) ?? 'its root'}`);
}

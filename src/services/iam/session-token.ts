import * as v from 'valibot';
import type { Call } from '../../aws/call.ts';
import { parsePolicy } from '../../aws/policy/parse.ts';
import type { Session } from '../../aws/session.ts';
import { reveal, Secret } from '../../lib/secret.ts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import { VaultRefusal } from '../../vault-client/vault.ts';
import type { SealedCredential, SealedCredentials } from './sealed-credentials.ts';

/**
 * A session token holds all that temporary credentials are: the secret access key, for whom they are, until when, and
 * what narrows them. The vault has encrypted it, bound to the access key id. So no table grows with sessions, and nobody
 * can make or change one.
 *
 *     version (1) | ciphertext; base64
 *     plaintext: secret access key (40) | claims, JSON
 */
const claimsShape = v.strictObject({
  who: v.variant('kind', [
    v.strictObject({
      kind: v.literal('role'),
      roleName: v.string(),
      roleId: v.string(),
      sessionName: v.string(),
    }),
    v.strictObject({ kind: v.literal('user'), userId: v.string(), byKey: v.string() }),
    v.strictObject({
      kind: v.literal('federated-user'),
      userId: v.string(),
      byKey: v.string(),
      name: v.string(),
    }),
    v.strictObject({ kind: v.literal('root') }),
  ]),
  /** Milliseconds since 1970. */
  issuedAt: v.number(),
  expiresAt: v.number(),
  mfaAt: v.optional(v.number()),
  tags: v.optional(v.array(v.strictObject({ Key: v.string(), Value: v.string() }))),
  transitiveTagKeys: v.optional(v.array(v.string())),
  sourceIdentity: v.optional(v.string()),
  federatedProvider: v.optional(v.string()),
  /** Policy documents, as text. */
  policies: v.optional(v.array(v.string())),
  policyArns: v.optional(v.array(v.string())),
  isChained: v.optional(v.boolean()),
});

export type SessionClaims = v.InferOutput<typeof claimsShape>;

/** Temporary credentials as they are found in a token. */
export interface OpenedSession {
  readonly secretAccessKey: Secret;
  readonly who: SessionClaims['who'];
  readonly session: Session;
}

const version = 1;
export const secretCharacters = 40;
/** So long a token may be: the head of a request has room for it. */
const maxTokenCharacters = 12_000;

/** @returns the token, as text: it goes into an answer. The caller overwrites `secretAccessKey`. */
export async function sealSession(
  call: Call,
  credentials: SealedCredentials,
  accessKeyId: string,
  { secretAccessKey, claims }: { secretAccessKey: Secret; claims: SessionClaims },
): Promise<Secret> {
  const text = new TextEncoder().encode(JSON.stringify(claims));
  using plaintext = new Secret(new Uint8Array(secretCharacters + text.length));
  reveal(plaintext).set(reveal(secretAccessKey));
  reveal(plaintext).set(text, secretCharacters);
  const ciphertext = await credentials.seal(call, ownerOf(accessKeyId), reveal(plaintext));
  const token = Buffer.concat([Uint8Array.of(version), ciphertext]).toString('base64');
  return new Secret(new Uint8Array(Buffer.from(token, 'latin1')));
}

/** @returns undefined when it is no token of ours for this access key */
export async function openSession(
  credentials: SealedCredentials,
  accessKeyId: string,
  token: string,
): Promise<{ readonly value: OpenedSession; readonly receipt: VaultReceipt } | undefined> {
  const sealed = readToken(token);
  if (sealed === undefined) return undefined;
  try {
    const { plaintext, receipt } = await credentials.open(ownerOf(accessKeyId), sealed);
    const secretAccessKey = new Secret(new Uint8Array(plaintext.subarray(0, secretCharacters)));
    const text = new TextDecoder().decode(plaintext.subarray(secretCharacters));
    plaintext.fill(0);
    const claims = v.parse(claimsShape, JSON.parse(text));
    return { value: { secretAccessKey, who: claims.who, session: sessionOf(claims) }, receipt };
  } catch (error) {
    if (error instanceof VaultRefusal) return undefined;
    throw error;
  }
}

function readToken(token: string): SealedCredential | undefined {
  if (token.length > maxTokenCharacters || !/^[A-Za-z0-9+/]+={0,2}$/.test(token)) return undefined;
  const bytes = new Uint8Array(Buffer.from(token, 'base64'));
  // One text for each token: otherwise one could be told in many ways.
  if (bytes[0] !== version || Buffer.from(bytes).toString('base64') !== token) return undefined;
  return bytes.subarray(1) as SealedCredential;
}

function ownerOf(accessKeyId: string) {
  return { accessKeyId, ownerId: 'session' };
}

function sessionOf(claims: SessionClaims): Session {
  const { mfaAt, sourceIdentity, federatedProvider, policies, policyArns } = claims;
  const instant = (at: number) => Temporal.Instant.fromEpochMilliseconds(at);
  return {
    issuedAt: instant(claims.issuedAt),
    expiresAt: instant(claims.expiresAt),
    tags: claims.tags ?? [],
    transitiveTagKeys: claims.transitiveTagKeys ?? [],
    isChained: claims.isChained ?? false,
    ...(mfaAt === undefined ? {} : { mfaAt: instant(mfaAt) }),
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    ...(federatedProvider === undefined ? {} : { federatedProvider }),
    ...(policies === undefined && policyArns === undefined
      ? {}
      : {
          policies: {
            documents: (policies ?? []).map((each) => parsePolicy(each, 'session')),
            arns: policyArns ?? [],
          },
        }),
  };
}

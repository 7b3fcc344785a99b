import type { Unfinished } from '../issuer.ts';

/** What is kept of an order between its steps; the vault authenticates it with the certificate. */
export interface Words {
  /** Its name in the configuration. */
  readonly issuer: string;
  readonly names: readonly string[];
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  /** DER: fixed before anything is ordered. */
  readonly csr: Uint8Array;
  /** By domain without wildcard: the name at which the CA finds the proof. */
  readonly validationNames: Readonly<Record<string, string>>;
  /** PEM of the certificate that is renewed. */
  readonly replaced?: string;
  /** URL at the CA, once there is one. */
  readonly order?: string;
  /** The CA gets our request next, or has it: a certificate may be there, and no other CA is asked any more. */
  readonly isFinalized?: true;
  /** Since when the CA cannot be asked; epoch milliseconds. */
  readonly failingSince?: number;
  /** How many orders ended with a certificate for another key. */
  readonly lostOrders?: number;
  /** Issuers that will not sign for these names. */
  readonly refusedBy?: readonly string[];
}

/** Between two looks at an order, if the CA does not say. */
const secondsBetweenLooks = 2;
const prefix = 'acme ';

export function isAcmeWords(prepared: string): boolean {
  return prepared.startsWith(prefix);
}

export function writeWords({ publicKey, csr, ...words }: Words): string {
  const bytes = { publicKey: toBase64(publicKey), csr: toBase64(csr) };
  return prefix + JSON.stringify({ ...words, ...bytes });
}

/** @param prepared made by `writeWords` */
export function readWords(prepared: string): Words {
  const { publicKey, csr, ...words } = JSON.parse(prepared.slice(prefix.length)) as Omit<
    Words,
    'publicKey' | 'csr'
  > & { publicKey: string; csr: string };
  return { ...words, publicKey: fromBase64(publicKey), csr: fromBase64(csr) };
}

/** The same words, once it is worth another look. */
export function waiting(
  words: Words,
  now: Temporal.Instant,
  retryAt?: Temporal.Instant,
): Unfinished {
  const soonest = now.add({ seconds: secondsBetweenLooks });
  const isLater = retryAt !== undefined && Temporal.Instant.compare(retryAt, soonest) > 0;
  return { prepared: writeWords(words), notBefore: isLater ? retryAt : soonest };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

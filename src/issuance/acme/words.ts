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
  /** URL at the CA, once there is one. */
  readonly order?: string;
}

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

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
/** The same in base64, as blobs are sent in JSON: `-----BEGIN `, then the first letter of PRIVATE, RSA, EC or ENCRYPTED. */
const encodedPrivateKey = /LS0tLS1CRUdJTiB[QSF][\w+/=-]*/g;

/** What CloudTrail puts in the place of a secret. */
export const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/**
 * A text of a caller's without the private keys in it: whoever gives one in the place of an ARN must find it neither
 * in the answer nor on record.
 */
export function withoutPrivateKeys(text: string): string {
  return mayHoldPrivateKey(text)
    ? text.replaceAll(privateKey, hidden).replaceAll(encodedPrivateKey, hidden)
    : text;
}

export function mayHoldPrivateKey(text: string): boolean {
  return text.includes('PRIVATE KEY-----') || text.includes('LS0tLS1CRUdJTiB');
}

/** The same for every name and text in members of a record, which are plain JSON. */
export function membersWithoutPrivateKeys(
  members: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [withoutPrivateKeys(name), shown(value)]),
  );
}

function shown(value: unknown): unknown {
  if (typeof value === 'string') return withoutPrivateKeys(value);
  if (Array.isArray(value)) return value.map(shown);
  return typeof value === 'object' && value !== null
    ? membersWithoutPrivateKeys(value as Readonly<Record<string, unknown>>)
    : value;
}

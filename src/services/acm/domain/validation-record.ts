/** The CNAME that proves control of a domain: the same for all certificates of an account. */
export interface ValidationRecord {
  /** `_<32 hex>.<domain>.`, or `_acme-challenge.<domain>.` where the issuer looks for it there. */
  readonly name: string;
  /** `_<32 hex>.<10 letters>.acm-validations.<suffix>.` */
  readonly value: string;
}

/** `*.example.com` and `example.com` share one record. */
export function validatedDomain(name: string): string {
  return name.startsWith('*.') ? name.slice(2) : name;
}

/**
 * @param digest at least 42 bytes that depend on the installation, the account and the validated domain, and on nothing else
 * @param zone of the values, for example `acm-validations.holdfast.internal`
 */
export function validationRecord(name: string, digest: Uint8Array, zone: string): ValidationRecord {
  const hex = (from: number): string =>
    Array.from(digest.subarray(from, from + 16), (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    );
  const letters = Array.from(digest.subarray(32, 42), (byte) =>
    String.fromCharCode(97 + (byte % 26)),
  ).join('');
  return { name: `_${hex(0)}.${validatedDomain(name)}.`, value: `_${hex(16)}.${letters}.${zone}.` };
}

/**
 * The same, for an issuer that speaks ACME: set once, it leads each of its look-ups to a name of ours.
 * @see RFC 8555 §8.4
 */
export function acmeValidationRecord(
  name: string,
  digest: Uint8Array,
  zone: string,
): ValidationRecord {
  const { value } = validationRecord(name, digest, zone);
  return { name: `_acme-challenge.${validatedDomain(name)}.`, value };
}

import { DerReader } from '../lib/der.ts';

/**
 * Both numbers of an ES256 signature, 32 bytes each: the form of RFC 7518 §3.4.
 * @param signed SEQUENCE { what was signed, signatureAlgorithm, signature }
 * @param toBeSignedBytes length of what was signed, which is no DER
 */
export function joseSignature(signed: Uint8Array, toBeSignedBytes: number): Uint8Array {
  const rest = new DerReader(new DerReader(signed).next().content.subarray(toBeSignedBytes));
  rest.readSequence();
  const numbers = new DerReader(rest.readBitString().bytes).readSequence();
  const signature = new Uint8Array(64);
  for (const end of [32, 64]) {
    const digits = numbers.readInteger();
    // An INTEGER whose first bit is set has a zero before it.
    const number = digits.length === 33 ? digits.subarray(1) : digits;
    signature.set(number, end - number.length);
  }
  return signature;
}

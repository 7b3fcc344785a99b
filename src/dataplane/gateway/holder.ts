/**
 * What this process is to the vault: a holder that enrolled with a key of its own, and an ephemeral key to
 * which alone the vault encrypts. Both keys live as long as the process and never leave it.
 */
export interface Holder {
  readonly holderId: string;
  /** A fresh signed recipient document, base64: it is good for five minutes and one use. */
  document(): string;
  /**
   * Reads a CiphertextForRecipient with the ephemeral key. The caller overwrites the result: DER of PKCS#8.
   * @throws Error when it was not encrypted to this process
   */
  open(envelope: Uint8Array): Uint8Array;
}

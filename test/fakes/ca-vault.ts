import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { bitString, sequence } from '../../src/lib/der.ts';
import type { Sealed } from '../../src/lib/secret.ts';
import type { VaultReceipt } from '../../src/lib/vault-receipt.ts';
import { signatureAlgorithmOf } from '../../src/issuance/private-ca/profile.ts';
import type { CaKey, Claim, PrivateKeySpec, Vault } from '../../src/vault-client/vault.ts';

export type CaVault = Pick<Vault, 'generateCaKey' | 'signCertificate' | 'signCrl'>;

/** Signs as the vault does, with keys that it just keeps. */
export function fakeCaVault(): CaVault {
  const keys = new Map<string, KeyObject>();
  let receipts = 0;
  const receipt = (operation: string, { principal }: Claim): VaultReceipt => ({
    epoch: '00',
    n: ++receipts,
    operation,
    keyId: '',
    contextHash: '',
    recipientHash: undefined,
    principal,
    mac: '',
  });
  const signedBy = (key: CaKey, tbs: Uint8Array): Uint8Array => {
    const privateKey = keys.get(key.caId);
    if (privateKey === undefined) throw new Error('no such key');
    return signedWhole(tbs, key.spec, privateKey);
  };
  return {
    async generateCaKey(name, claim) {
      const { publicKey, privateKey } = generateKeyPair(name.spec);
      keys.set(name.caId, privateKey);
      const wrapped = Buffer.from(`wrapped ${name.caId}`) as unknown as Sealed<'ca-key'>;
      return {
        ...name,
        wrapped,
        publicKey: Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' })),
        receipt: receipt('GenerateCaKey', claim),
      };
    },
    async signCertificate(key, tbsCertificate, claim) {
      return {
        certificate: signedBy(key, tbsCertificate),
        receipt: receipt('SignCertificate', claim),
      };
    },
    async signCrl(key, tbsCertList, claim) {
      return { crl: signedBy(key, tbsCertList), receipt: receipt('SignCrl', claim) };
    },
  };
}

const curves = {
  EC_prime256v1: 'prime256v1',
  EC_secp384r1: 'secp384r1',
  EC_secp521r1: 'secp521r1',
} as const;

export function generateKeyPair(spec: PrivateKeySpec): {
  publicKey: KeyObject;
  privateKey: KeyObject;
} {
  return spec.startsWith('RSA_')
    ? generateKeyPairSync('rsa', { modulusLength: Number(spec.slice(4)) })
    : generateKeyPairSync('ec', { namedCurve: curves[spec as keyof typeof curves] });
}

/** What is to be signed, its algorithm, the signature: a certificate, a CRL or a CSR. */
export function signedWhole(
  tbs: Uint8Array,
  spec: PrivateKeySpec,
  privateKey: KeyObject,
): Uint8Array {
  const hash = { EC_secp384r1: 'sha384', EC_secp521r1: 'sha512' }[spec as string] ?? 'sha256';
  return sequence(tbs, signatureAlgorithmOf(spec), bitString(sign(hash, tbs, privateKey)));
}

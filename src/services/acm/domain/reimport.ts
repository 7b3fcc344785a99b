import type { KeyAlgorithm } from '../model.ts';
import type { Certificate, Leaf } from './certificate.ts';

/** Why `next` may not take the place of an imported certificate; undefined when it may. */
export function reimportRefusal(
  certificate: Pick<Certificate, 'keyAlgorithm' | 'names' | 'leaf'>,
  next: {
    readonly keyAlgorithm: KeyAlgorithm;
    readonly names: readonly string[];
    readonly leaf: Leaf;
  },
): string | undefined {
  if (next.keyAlgorithm !== certificate.keyAlgorithm) {
    return 'New certificate must have the same key type and size as the currently imported certificate';
  }
  if (!next.names.some((name) => certificate.names.includes(name))) {
    return 'New certificate must have at least one domain name of the currently imported certificate';
  }
  const isElliptic = next.keyAlgorithm.startsWith('EC_');
  const lostUsages = (certificate.leaf?.keyUsages ?? []).filter(
    (usage) =>
      usage !== 'ANY' &&
      !(isElliptic && usage === 'KEY_ENCIPHERMENT') &&
      !allows(next.leaf.keyUsages, usage),
  );
  if (lostUsages.length > 0)
    return 'New certificate is missing one or more Key Usages supported by the currently imported certificate';
  const extended = next.leaf.extendedKeyUsages.map((usage) => usage.OID ?? usage.Name ?? '');
  const lostExtended = (certificate.leaf?.extendedKeyUsages ?? []).filter(
    (usage) =>
      usage.Name !== 'NONE' &&
      usage.Name !== 'TLS_WEB_CLIENT_AUTHENTICATION' &&
      !extended.includes(usage.OID ?? usage.Name ?? ''),
  );
  if (lostExtended.length > 0 && next.leaf.extendedKeyUsages[0]?.Name !== 'NONE') {
    return 'New certificate is missing one or more Extended Key Usages supported by the currently imported certificate';
  }
  return undefined;
}

/** A certificate without the extension may be used for anything. */
function allows(usages: Leaf['keyUsages'], usage: Leaf['keyUsages'][number]): boolean {
  return usages.includes('ANY') || usages.includes(usage);
}

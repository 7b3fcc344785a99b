import { InvalidInputException, LimitExceededException } from '../errors.ts';

const maxClientIds = 100;
const maxThumbprints = 5;

/**
 * The URL of a provider without its scheme: what names it in ARNs and in condition keys.
 * @throws InvalidInput when it is no `https` URL without credentials, query and fragment
 */
export function readProviderUrl(text: string): string {
  const url = URL.parse(text);
  if (
    url === null ||
    url.protocol !== 'https:' ||
    url.username !== '' ||
    url.password !== '' ||
    url.search !== '' ||
    url.hash !== ''
  )
    throw new InvalidInputException('Invalid Open ID Connect Provider URL');
  return `${url.host}${url.pathname}`.replace(/\/+$/, '');
}

/** @throws LimitExceeded */
export function checkClientIds(clientIds: readonly string[]): void {
  if (clientIds.length > maxClientIds)
    throw new LimitExceededException(
      `Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${maxClientIds}`,
    );
}

/** SHA-1 of a certificate, in hexadecimal digits. @throws InvalidInput */
export function checkThumbprints(thumbprints: readonly string[]): void {
  if (thumbprints.length > maxThumbprints)
    throw new InvalidInputException('Thumbprint list must contain fewer than 5 entries.');
  if (!thumbprints.every((each) => /^[0-9A-Fa-f]{40}$/.test(each)))
    throw new InvalidInputException('Thumbprint must be 40 hexadecimal characters.');
}

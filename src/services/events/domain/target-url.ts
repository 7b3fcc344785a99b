/** A webhook's URL that is not taken; the message says why, without the URL. */
export class UrlRefused extends Error {}

const maxCharacters = 1_000;

/** @throws UrlRefused */
export function targetUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:') throw new UrlRefused('a webhook has an https URL');
  if (url.username !== '' || url.password !== '')
    throw new UrlRefused('a URL with user and password is not taken');
  if (url.hash !== '') throw new UrlRefused('a URL with a fragment is not taken');
  if (url.href.length > maxCharacters)
    throw new UrlRefused(`a URL has ${maxCharacters} characters at most`);
  return url.href;
}

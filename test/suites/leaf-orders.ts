import { domainToASCII } from 'node:url';
import fc from 'fast-check';

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,3}[a-z0-9])?[a-z0-9]{0,40}$/).filter(
  // Such a label has to be Punycode.
  (text) => text.slice(2, 4) !== '--',
);
const foreignLabel = fc
  .constantFrom('bücher', 'δοκιμή', 'испытание', '测试', 'テスト', 'مثال')
  .map(domainToASCII);
const host = fc
  .tuple(fc.array(fc.oneof(label, foreignLabel), { minLength: 1, maxLength: 4 }), label)
  .map(([labels, top]) => [...labels, `${top}x`].join('.'))
  .filter((name) => name.length <= 251);
const name = fc.oneof(
  host,
  host.map((each) => `*.${each}`),
);
/** Names of a certificate: wildcards and other scripts among them. */
export const leafNames = fc.uniqueArray(name, { minLength: 1, maxLength: 10 });
export const leafSpecs = fc.constantFrom(
  'EC_prime256v1',
  'EC_secp384r1',
  'EC_secp521r1',
  'RSA_2048',
);

import fc from 'fast-check';
import {
  audienceOf,
  checkTimes,
  conditionKeys,
  readWebIdentityToken,
  sessionOf,
} from '../../../src/services/sts/domain/web-identity-token.ts';
import {
  ExpiredTokenException,
  InvalidIdentityTokenException,
} from '../../../src/services/sts/errors.ts';
import { attempt, must, subject, type Target } from '../target.ts';
import { anyBytes, bytesOf } from './bytes.ts';

const now = Temporal.Instant.from('2026-11-24T12:00:00Z');
const second = now.epochMilliseconds / 1000;
const clientIds = ['sts.amazonaws.com', 'client'];

const names = fc.oneof(
  fc.constantFrom('sts.amazonaws.com', 'client', '', '\u0000', 'a'.repeat(300)),
  fc.string({ unit: 'grapheme' }),
);
const times = fc.oneof(
  fc.constantFrom(second - 60, second, second + 600, -1, 1e300, '1'),
  fc.double(),
);
const claims = fc.record(
  {
    iss: fc.oneof(
      fc.constantFrom('https://id.test', 'https://id.test/', 'http://id.test'),
      fc.webUrl(),
    ),
    sub: names,
    aud: fc.oneof(names, fc.array(names)),
    azp: names,
    amr: fc.oneof(names, fc.array(names)),
    exp: times,
    iat: times,
    nbf: times,
    'https://aws.amazon.com/tags': fc.oneof(
      fc.record({
        principal_tags: fc.dictionary(fc.string(), fc.array(fc.string())),
        transitive_tag_keys: fc.array(fc.string()),
      }),
      fc.jsonValue(),
    ),
    'https://aws.amazon.com/source_identity': names,
  },
  { requiredKeys: ['iss', 'sub', 'aud', 'exp', 'iat'] },
);
const header = fc.record(
  {
    alg: fc.constantFrom('RS256', 'ES256', 'none', 'HS256', 'PS256'),
    kid: names,
    crit: fc.constantFrom([], ['b64']),
  },
  { requiredKeys: ['alg'] },
);
/** Header and claims, a line each: nobody finds his way through base64 by chance. */
const lines = fc
  .tuple(header, claims)
  .map((both) => both.map((each) => JSON.stringify(each)).join('\n'));

export const webIdentityTokenTarget: Target = {
  about: 'tokens of identity providers, before anybody has proved them',
  inputs: fc.oneof(bytesOf(lines), anyBytes),
  maxBytes: 15 * 1024,
  words: ['"alg":"ES256"', '"iss":"https://', '"aud":', '"exp":', '{"sub":', '\n', '[[[['],
  async start() {
    return subject((bytes) => {
      const text = Buffer.from(bytes).toString('latin1');
      const [first = '', ...rest] = text.split('\n');
      const part = (each: string): string => Buffer.from(each, 'latin1').toString('base64url');
      take(`${part(first)}.${part(rest.join('\n'))}.AA`);
      take(text);
    });
  },
};

function take(text: string): void {
  const token = attempt(() => readWebIdentityToken(text), [InvalidIdentityTokenException]);
  if (token === undefined) return;
  const { issuer, header: head, claims: said } = token;
  must([issuer, `${issuer}/`].includes(said.iss.slice('https://'.length)), 'an issuer is its URL');
  must(/^(RS|ES)(256|384|512)$/.test(head.alg), 'only signatures of key pairs are taken');
  must(said.sub.length > 0 && said.sub.length <= 255, 'a subject has a bounded name');
  attempt(() => checkTimes(said, now), [InvalidIdentityTokenException, ExpiredTokenException]);
  const audience = audienceOf(said, clientIds);
  if (audience === undefined) return;
  must(clientIds.includes(audience), 'an audience is one of the provider’s');
  const keys = Object.keys(conditionKeys(token, audience));
  must(
    keys.every((key) => key.startsWith(`${issuer}:`)),
    'condition keys are the issuer’s own',
  );
  must(
    sessionOf(said).tags.every(({ Value }) => typeof Value === 'string'),
    'a tag has one value',
  );
}

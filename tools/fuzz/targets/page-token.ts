import fc from 'fast-check';
import { accountId, region } from '../../../src/aws/arn.ts';
import { pageToken, readPageToken, type PagedList } from '../../../src/aws/page-token.ts';
import { must, subject, type Target } from '../target.ts';
import { anyBytes, bytesOf } from './bytes.ts';

const list: PagedList = {
  call: { account: accountId('111122223333'), region: region('eu-west-1') },
  name: 'ListCertificates',
  parameters: [['ISSUED'], undefined],
};
const token = fc
  .array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger()), { maxLength: 4 })
  .map((position) => pageToken(position, list));
const forged = fc
  .json()
  .map((text) => Buffer.from(`["${digest()}",${text}]`).toString('base64url'));

export const pageTokenTarget: Target = {
  about: 'tokens of pages, also with the digest of the right list before anything else',
  inputs: fc.oneof(bytesOf(token), bytesOf(forged), anyBytes),
  maxBytes: 16 * 1024,
  words: ['W1', 'XQ', '[[[[', Buffer.from('["a",{}]').toString('base64url')],
  async start() {
    return subject((bytes) => {
      const position = readPageToken(Buffer.from(bytes).toString('latin1'), list);
      if (position === undefined) return;
      const scalars = position.filter(
        (each) => typeof each === 'string' || Number.isSafeInteger(each),
      );
      if (scalars.length !== position.length) return;
      const again = readPageToken(pageToken(scalars as (string | number)[], list), list);
      must(JSON.stringify(again) === JSON.stringify(position), 'a position is kept');
    });
  },
};

function digest(): string {
  const [first] = JSON.parse(Buffer.from(pageToken([], list), 'base64url').toString()) as string[];
  return first ?? '';
}

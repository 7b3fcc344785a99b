import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { accountId, region } from './arn.ts';
import { pageToken, readPageToken, type PagedList } from './page-token.ts';

const list: PagedList = {
  call: { account: accountId('111122223333'), region: region('eu-west-1') },
  name: 'ListThings',
  parameters: [['ISSUED'], undefined],
};

void suite('a token of a page', () => {
  void test('leads back to its position in the same list', () => {
    const position = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger()));
    fc.assert(
      fc.property(position, (each) => {
        assert.deepEqual(readPageToken(pageToken(each, list), list), each);
      }),
    );
  });

  void test('is none of another account, Region, operation or question', () => {
    const token = pageToken(['a'], list);
    const others: readonly PagedList[] = [
      { ...list, call: { ...list.call, account: accountId('444455556666') } },
      { ...list, call: { ...list.call, region: region('us-east-1') } },
      { ...list, name: 'ListOthers' },
      { ...list, parameters: [['EXPIRED'], undefined] },
    ];
    for (const other of others) assert.equal(readPageToken(token, other), undefined);
  });

  void test('is none of ours when it is anything else', () => {
    for (const token of ['', 'x', 'bnVsbA', 'W10', 'WzFd', 'eyJhIjoiYiJ9'])
      assert.equal(readPageToken(token, list), undefined);
    fc.assert(
      fc.property(fc.string(), (token) => {
        assert.equal(readPageToken(token, list), undefined);
      }),
    );
  });
});

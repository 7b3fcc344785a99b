import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NoAnswer, type RelevantCaa } from '../dns/index.ts';
import { createCaaCheck, ownIssuerDomains } from './caa-check.ts';

const issue = (value: string): RelevantCaa => ({
  at: 'corp.com',
  records: [{ flags: 0, tag: 'issue', value }],
});

function verdictOn(names: readonly string[], caa: (domain: string) => Promise<RelevantCaa>) {
  return createCaaCheck({ caa }, ownIssuerDomains('holdfast.internal')).check({ names });
}

test('the own authority is named by its suffix, or as ACM', async () => {
  for (const value of ['holdfast.internal', 'amazon.com', 'amazonaws.com'])
    assert.equal((await verdictOn(['corp.com'], async () => issue(value))).verdict, 'allowed');
  assert.deepEqual(await verdictOn(['*.corp.com'], async () => issue('letsencrypt.org')), {
    verdict: 'forbidden',
    reasons: ['*.corp.com: the CAA records at corp.com forbid it: they do not name this CA'],
  });
});

test('one name that is forbidden outweighs one of which nothing is known, and that one those that are allowed', async () => {
  const caa = async (domain: string): Promise<RelevantCaa> => {
    if (domain === 'silent.com') throw new NoAnswer('silence');
    return domain === 'forbidden.com' ? issue(';') : { records: [] };
  };
  const verdict = async (...names: string[]) => (await verdictOn(names, caa)).verdict;
  assert.equal(await verdict('a.com', 'b.com'), 'allowed');
  assert.equal(await verdict('a.com', 'silent.com'), 'unknown');
  assert.equal(await verdict('silent.com', 'forbidden.com', 'a.com'), 'forbidden');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NoAnswer, type RelevantCaa } from '../dns/index.ts';
import { createCaaCheck, ownIssuerDomains, type CaaIdentity } from './caa-check.ts';

const issue = (value: string): RelevantCaa => ({
  at: 'corp.com',
  records: [{ flags: 0, tag: 'issue', value }],
});

const own = [{ issuerDomains: ownIssuerDomains('holdfast.internal') }];

function verdictOn(names: readonly string[], caa: (domain: string) => Promise<RelevantCaa>) {
  return createCaaCheck({ caa }, async () => own).check({ account: '111122223333', names });
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

test('of several CAs that could sign one has to be allowed, for all names, and with our account', async () => {
  const caa = async (domain: string): Promise<RelevantCaa> =>
    issue(domain === 'a.com' ? 'one.test; accounturi=https://one.test/1' : 'two.test');
  const verdict = async (names: readonly string[], ...identities: CaaIdentity[]) =>
    (
      await createCaaCheck({ caa }, async () => identities).check({
        account: '111122223333',
        names,
        issuer: 'one',
      })
    ).verdict;
  const one = { issuerDomains: ['one.test'], accountUri: 'https://one.test/1' };
  const two = { issuerDomains: ['two.test'], accountUri: 'https://two.test/1' };
  assert.equal(await verdict(['a.com'], one, two), 'allowed');
  assert.equal(await verdict(['b.com'], one, two), 'allowed');
  assert.equal(await verdict(['a.com', 'b.com'], one, two), 'forbidden');
  assert.equal(await verdict(['a.com'], { ...one, accountUri: 'https://one.test/2' }), 'forbidden');
});

test('a CA that does not say how it is named looks by itself', async () => {
  const caa = () => assert.fail('nobody is to look');
  const check = createCaaCheck({ caa }, async () => undefined);
  const subject = { account: '111122223333', names: ['a.com'], issuer: 'one' };
  assert.equal((await check.check(subject)).verdict, 'allowed');
});

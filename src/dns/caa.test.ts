import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeCaa, relevantCaa, type CaaQuestion, type CaaRecord } from './caa.ts';

const record = (tag: string, value: string, flags = 0): CaaRecord => ({ flags, tag, value });

function isAllowed(records: readonly CaaRecord[], question: Partial<CaaQuestion> = {}): boolean {
  return judgeCaa(
    { at: 'example.com', records },
    { isWildcard: false, issuerDomains: ['ca.test', 'ca.example'], ...question },
  ).isAllowed;
}

test('the closest name with CAA records decides, and none above it (RFC 8659 §3)', async () => {
  const asked: string[] = [];
  const zone: Readonly<Record<string, readonly CaaRecord[]>> = {
    'b.example.com': [record('issue', 'ca.test')],
    com: [record('issue', ';')],
  };
  const relevant = await relevantCaa('a.b.example.com', async (name) => {
    asked.push(name);
    return zone[name] ?? [];
  });
  assert.deepEqual(asked, ['a.b.example.com', 'b.example.com']);
  assert.deepEqual(relevant, { at: 'b.example.com', records: zone['b.example.com'] });
  const none = await relevantCaa('x.net', async () => []);
  assert.equal(judgeCaa(none, { isWildcard: false, issuerDomains: [] }).isAllowed, true);
});

test('issue names who may, in any letters; an empty issuer is nobody (RFC 8659 §4.2)', () => {
  assert.equal(isAllowed([record('issue', 'ca.test')]), true);
  assert.equal(isAllowed([record('ISSUE', ' CA.Test ; policy=ev ')]), true);
  assert.equal(isAllowed([record('issue', 'ca.test;')]), true);
  assert.equal(isAllowed([record('issue', 'other.test'), record('issue', 'ca.example')]), true);
  assert.equal(isAllowed([record('issue', 'other.test')]), false);
  assert.equal(isAllowed([record('issue', ';')]), false);
  assert.equal(isAllowed([record('issue', '')]), false);
  // What cannot be read allows nobody.
  assert.equal(isAllowed([record('issue', 'ca.test; %%')]), false);
  assert.equal(isAllowed([record('issue', 'ca.test other.test')]), false);
  assert.equal(isAllowed([record('iodef', 'mailto:a@example.com')]), true);
});

test('issuewild counts for wildcards only, and there before issue (RFC 8659 §4.3)', () => {
  const records = [record('issue', 'ca.test'), record('issuewild', 'other.test')];
  assert.equal(isAllowed(records), true);
  assert.equal(isAllowed(records, { isWildcard: true }), false);
  assert.equal(isAllowed([record('issuewild', ';')]), true);
  assert.equal(isAllowed([record('issue', 'ca.test')], { isWildcard: true }), true);
});

test('a critical record of an unknown kind forbids, another one does not (RFC 8659 §4.1)', () => {
  assert.equal(isAllowed([record('issue', 'ca.test'), record('tbs', 'unknown', 0x80)]), false);
  assert.equal(isAllowed([record('issue', 'ca.test'), record('tbs', 'unknown')]), true);
  assert.equal(isAllowed([record('issue', 'ca.test', 0x80)]), true);
});

test('accounturi binds to one account, validationmethods to some methods (RFC 8657)', () => {
  const mine = { accountUri: 'https://ca.test/acct/1', validationMethod: 'dns-01' };
  const allows = (value: string, question: Partial<CaaQuestion> = mine): boolean =>
    isAllowed([record('issue', value)], question);
  assert.equal(allows('ca.test; accounturi=https://ca.test/acct/1'), true);
  assert.equal(allows('ca.test; accounturi=https://ca.test/acct/2'), false);
  assert.equal(allows('ca.test; accounturi=https://ca.test/acct/1', {}), false);
  const two = 'accounturi=https://ca.test/acct/1; accounturi=https://ca.test/acct/1';
  assert.equal(allows(`ca.test; ${two}`), false);
  assert.equal(allows('ca.test; validationmethods=http-01,dns-01'), true);
  assert.equal(allows('ca.test; validationmethods=http-01'), false);
  const verdict = judgeCaa(
    { at: 'a.example', records: [record('issue', 'ca.test; validationmethods=http-01')] },
    { isWildcard: false, issuerDomains: ['ca.test'], ...mine },
  );
  assert.match(verdict.reason, /a\.example forbid it: validationmethods does not hold dns-01/);
});

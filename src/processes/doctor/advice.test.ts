import assert from 'node:assert/strict';
import { test } from 'node:test';
import { domainAdvice } from './advice.ts';
import type { DomainReport, ServerReport } from './domain-report.ts';

const account = '111122223333';
const other = '444455556666';
const record = { name: '_x.www.corp.com.', value: '_v.acm-validations.test.' };
const at = (server: string, says: string, isRight = false): ServerReport => ({
  server,
  role: 'resolver',
  says,
  isRight,
});
const right = at('one', '_v.acm-validations.test', true);

function advice(report: Partial<DomainReport>): string[] {
  return domainAdvice(
    {
      domain: 'www.corp.com',
      record,
      isProved: false,
      zone: 'corp.com',
      servers: [right],
      caa: { verdict: 'allowed', reason: 'no CAA record', records: [], issuerDomains: ['ca.test'] },
      ...report,
    },
    account,
  );
}

test('nothing is to be done for a name that is proved', () => {
  assert.deepEqual(advice({ isProved: true }), []);
});

test('a record that is missing is to be set, a wrong one changed, a late one awaited', () => {
  assert.deepEqual(advice({ servers: [at('one', 'there is no such name')] }), [
    `set in the zone corp.com: ${record.name} CNAME ${record.value}`,
  ]);
  assert.deepEqual(
    advice({ servers: [at('one', 'there is no such name'), at('two', 'old.net')] }),
    [`change in the zone corp.com: ${record.name} CNAME ${record.value} (it is old.net now)`],
  );
  assert.match(
    advice({ servers: [right, at('two', 'there is no such name')] })[0] ?? '',
    /^wait until two /,
  );
  assert.match(advice({ servers: [at('one', 'does not answer')] })[0] ?? '', /--resolver/);
});

test('in a zone that is served here it is said whose the zone and the suffix are', () => {
  assert.match(
    advice({ servedBy: other })[0] ?? '',
    /account 444455556666's: request the certificate there/,
  );
  assert.deepEqual(advice({ servedBy: account }), [
    `let the account have the domain: holdfast domain allow ${account} www.corp.com`,
  ]);
  assert.match(
    advice({ servedBy: account, suffixOwner: other })[0] ?? '',
    /^the domain is account 4444/,
  );
  assert.match(advice({ servedBy: 'holdfast' })[0] ?? '', /nobody gets a certificate/);
  assert.deepEqual(
    advice({
      servedBy: account,
      suffixOwner: account,
      servers: [at('our own server', 'there is no such name')],
    }),
    [`set in the zone corp.com: ${record.name} CNAME ${record.value}`],
  );
});

test('CAA records that forbid it are answered with the one to add; a wildcard needs its own', () => {
  const caa = {
    verdict: 'forbidden',
    reason: 'they do not name this CA',
    records: ['corp.com. CAA 0 issue "other.test"'],
    issuerDomains: ['ca.test'],
  } as const;
  assert.deepEqual(advice({ isProved: true, caa }), [
    'add: corp.com. CAA 0 issue "ca.test" (they do not name this CA)',
  ]);
  assert.match(
    advice({ isProved: true, caa, domain: '*.corp.com' })[0] ?? '',
    /^add: corp\.com\. CAA 0 issuewild "ca\.test"/,
  );
});

test('a bogus zone is to be mended by whoever signs it', () => {
  assert.match(advice({ isProved: true, dnssec: 'bogus' })[0] ?? '', /^mend DNSSEC of corp\.com/);
  assert.deepEqual(advice({ isProved: true, dnssec: 'server-failed' }), []);
});

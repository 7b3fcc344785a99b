import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  certificateNames,
  expired,
  issued,
  renewalEligibility,
  secondsToNextCheck,
  validated,
  type Certificate,
  type Leaf,
} from './certificate.ts';
import {
  nextRenewalLook,
  nextRenewalStep,
  renewalBegun,
  renewalStart,
  type RenewalStep,
} from './renewal.ts';
import { validationRecord } from './validation-record.ts';

const created = Temporal.Instant.from('2026-01-01T00:00:00Z');
const leaf: Leaf = {
  serial: '01',
  subject: 'CN=a.example',
  issuer: 'Test',
  signatureAlgorithm: 'SHA256WITHRSA',
  notBefore: created,
  notAfter: created.add({ hours: 198 * 24 }),
  keyUsages: [],
  extendedKeyUsages: [],
};
const control = {
  domainName: 'a.example',
  status: 'PENDING_VALIDATION',
  recordName: '_n',
  recordValue: '_v',
} as const;
const requested: Certificate = {
  account: '1',
  region: 'r',
  arn: 'arn',
  type: 'AMAZON_ISSUED',
  status: 'PENDING_VALIDATION',
  domainName: 'a.example',
  names: ['a.example'],
  keyAlgorithm: 'RSA_2048',
  transparency: 'ENABLED',
  exportOption: 'DISABLED',
  createdAt: created,
  validations: [control],
  associationCount: 0,
  revision: 0,
  version: 1,
};
const live = issued(requested, leaf, created);
const inUse = { ...live, associationCount: 1 };
const none = new Set<string>();
const all = new Set(['a.example']);

for (const [hours, proved, status, domain] of [
  [71.99, none, 'PENDING_VALIDATION', 'PENDING_VALIDATION'],
  [72, none, 'VALIDATION_TIMED_OUT', 'FAILED'],
  [71.99, all, 'PENDING_VALIDATION', 'SUCCESS'],
  [72, all, 'PENDING_VALIDATION', 'SUCCESS'],
] as const) {
  test(`after ${hours} hours with ${proved.size} names proved a request is ${status}`, () => {
    const next = validated(requested, proved, created.add({ minutes: Math.round(hours * 60) }));
    assert.deepEqual([next.status, next.validations[0]?.status], [status, domain]);
  });
}

for (const [what, certificate, eligibility] of [
  ['pending', requested, 'INELIGIBLE'],
  ['issued and unused', live, 'INELIGIBLE'],
  ['in use', inUse, 'ELIGIBLE'],
  ['exported', { ...live, exportedRevision: 1 }, 'ELIGIBLE'],
  ['renewed since it was exported', { ...live, revision: 2, exportedRevision: 1 }, 'INELIGIBLE'],
  ['imported and in use', { ...inUse, type: 'IMPORTED' }, 'INELIGIBLE'],
  ['expired and in use', { ...inUse, status: 'EXPIRED' }, 'INELIGIBLE'],
] as const) {
  test(`a certificate that is ${what} is ${eligibility}`, () => {
    assert.equal(renewalEligibility(certificate), eligibility);
  });
}

const steps: readonly [
  string,
  Certificate,
  ReadonlySet<string>,
  number,
  RenewalStep['do'],
  string | undefined,
][] = [
  ['unused', live, all, 153, 'wait', undefined],
  ['in use and proved', inUse, all, 153, 'issue', 'PENDING_AUTO_RENEWAL'],
  ['in use and not proved', inUse, none, 153, 'check-again', 'PENDING_VALIDATION'],
  ['no longer in use while renewing', renewalBegun(live, created), all, 153, 'stop', 'FAILED'],
  ['at its end while renewing', renewalBegun(inUse, created), all, 198, 'stop', 'FAILED'],
  ['deleted in all but name', { ...inUse, status: 'EXPIRED' }, all, 199, 'nothing', undefined],
];
for (const [what, certificate, proved, day, step, status] of steps) {
  test(`a renewal of a certificate ${what}: ${step}`, () => {
    const next = nextRenewalStep(certificate, proved, created.add({ hours: day * 24 }));
    assert.equal(next.do, step);
    assert.equal('certificate' in next ? next.certificate.renewal?.status : undefined, status);
  });
}

const lives: [days: number, renewedAfterDays: number][] = [
  [198, 153],
  [90, 60],
  [47, 47 * (2 / 3)],
  [10, 5],
  [6, 3],
];
for (const [days, renewedAfterDays] of lives) {
  test(`a certificate of ${days} days is renewed from day ${Math.floor(renewedAfterDays)} on`, () => {
    const notAfter = created.add({ hours: days * 24 });
    const start = renewalStart({ notBefore: created, notAfter });
    assert.equal(created.until(start).total('seconds'), Math.floor(renewedAfterDays * 86_400));
  });
}

test('a CA says when its certificate is renewed, is asked again before, and is not heard at the very end', () => {
  const day = (n: number) => created.add({ hours: n * 24 });
  const life = { notBefore: created, notAfter: day(90) };
  const look = (renewDay: number, askDay: number, nowDay: number) =>
    nextRenewalLook(life, { renewAt: day(renewDay), askAgainAt: day(askDay) }, day(nowDay));
  assert.deepEqual(look(50, 41, 40), { isDue: false, at: day(41) });
  assert.deepEqual(look(50, 51, 49), { isDue: false, at: day(50) });
  assert.equal(look(50, 51, 50).isDue, true);
  // An emergency.
  assert.equal(look(-3, 41, 40).isDue, true);
  assert.equal(look(89, 83, 82).isDue, true);
  // One that says nothing is asked four times a day, and renewed as if it could not.
  assert.deepEqual(nextRenewalLook(life, undefined, day(10)), {
    isDue: false,
    at: day(10).add({ hours: 6 }),
  });
  assert.equal(nextRenewalLook(life, undefined, day(60)).isDue, true);
});

test('a certificate is EXPIRED from NotAfter on, not before', () => {
  assert.equal(expired(live, leaf.notAfter.subtract({ milliseconds: 1 })).status, 'ISSUED');
  assert.equal(expired(live, leaf.notAfter).status, 'EXPIRED');
});

test('checks back off to a minute', () => {
  assert.deepEqual([0, 1, 2, 5, 6, 400].map(secondsToNextCheck), [1, 2, 4, 32, 60, 60]);
});

test('names are lower case, the first one the DomainName, each once', () => {
  assert.deepEqual(certificateNames('B.example', ['a.example', 'b.example']), [
    'b.example',
    'a.example',
  ]);
});

test('a wildcard shares the record of its base', () => {
  const digest = Uint8Array.from({ length: 64 }, (_, n) => n);
  assert.deepEqual(validationRecord('*.a.example', digest, 'acm-validations.test'), {
    name: '_000102030405060708090a0b0c0d0e0f.a.example.',
    value: '_101112131415161718191a1b1c1d1e1f.ghijklmnop.acm-validations.test.',
  });
  assert.deepEqual(
    validationRecord('a.example', digest, 'z').name,
    validationRecord('*.a.example', digest, 'z').name,
  );
});

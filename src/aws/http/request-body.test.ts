import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BodyBudget, maxBodyBytes, TooManyBodies } from './request-body.ts';

void suite('the budget of bodies', () => {
  void test('is shared, and given back with each request', () => {
    const budget = new BodyBudget(10);
    const first = budget.share();
    const second = budget.share();
    first.take(4);
    first.take(4);
    assert.throws(() => second.take(3), TooManyBodies);
    second.take(2);
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    second.take(8);
    assert.throws(() => second.take(1), TooManyBodies);
  });

  void test('allows ACM its chains, and others a mebibyte', () => {
    assert.equal(maxBodyBytes('CertificateManager.ImportCertificate'), 3 * 1024 * 1024);
    assert.equal(maxBodyBytes('TrentService.Encrypt'), 1024 * 1024);
    assert.equal(maxBodyBytes(undefined), 1024 * 1024);
    assert.equal(maxBodyBytes(['CertificateManager.x']), 1024 * 1024);
  });
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BodyBudget, maxBodyBytes, TooManyBodies } from './request-body.ts';

void suite('the budget of bodies', () => {
  void test('is shared, and given back with each request', () => {
    const budget = new BodyBudget(8);
    const shares = ['1', '2', '3', '4'].map((n) => budget.share(`192.0.2.${n}`));
    for (const share of shares) share.take(2);
    const fifth = budget.share('192.0.2.5');
    assert.throws(() => fifth.take(1), TooManyBodies);
    shares[0]?.[Symbol.dispose]();
    shares[0]?.[Symbol.dispose]();
    fifth.take(2);
    assert.throws(() => shares[0]?.take(1), TooManyBodies);
  });

  void test('is not for one client alone', () => {
    const budget = new BodyBudget(40);
    const [first, second] = [budget.share('192.0.2.1'), budget.share('192.0.2.1')];
    first.take(6);
    second.take(4);
    assert.throws(() => second.take(1), TooManyBodies);
    budget.share('192.0.2.2').take(10);
    first[Symbol.dispose]();
    second.take(6);
  });

  void test('allows ACM its chains, and others a mebibyte', () => {
    assert.equal(maxBodyBytes('CertificateManager.ImportCertificate'), 3 * 1024 * 1024);
    assert.equal(maxBodyBytes('TrentService.Encrypt'), 1024 * 1024);
    assert.equal(maxBodyBytes(undefined), 1024 * 1024);
    assert.equal(maxBodyBytes(['CertificateManager.x']), 1024 * 1024);
  });
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { model as acm } from '../../services/acm/model.ts';
import { model as kms } from '../../services/kms/model.ts';
import { StoreUnavailable } from '../../store/store.ts';
import { VaultUnavailable } from '../../vault-client/vault.ts';
import { CommonError, type CommonErrorKind } from '../errors.ts';
import { foreseen, wireError } from './wire-errors.ts';

function named(kind: CommonErrorKind, protocol: 'json' | 'query' | 'rest-xml', model?: typeof kms) {
  const { code, status } = wireError(new CommonError(kind, 'text'), protocol, model);
  return [code, status];
}

void suite('an error that every service knows', () => {
  void test('has the name and status of its protocol', () => {
    assert.deepEqual(named('access-denied', 'json'), ['AccessDeniedException', 400]);
    assert.deepEqual(named('access-denied', 'query'), ['AccessDenied', 403]);
    assert.deepEqual(named('validation', 'query'), ['ValidationError', 400]);
    assert.deepEqual(named('validation', 'rest-xml'), ['InvalidInput', 400]);
    assert.deepEqual(named('serialization', 'query'), ['MalformedQueryString', 400]);
    assert.deepEqual(named('too-large', 'json'), ['RequestEntityTooLargeException', 413]);
    assert.deepEqual(named('unavailable', 'query'), ['ServiceUnavailable', 503]);
  });

  void test('has KMS’s own name where it is the server’s fault', () => {
    assert.deepEqual(named('internal', 'json', kms), ['KMSInternalException', 500]);
    assert.deepEqual(named('unavailable', 'json', kms), ['DependencyTimeoutException', 500]);
    assert.deepEqual(named('validation', 'json', kms), ['ValidationException', 400]);
    const { code } = wireError(new CommonError('internal', ''), 'json', acm);
    assert.equal(code, 'InternalFailure');
  });

  void test('spells its text as AWS does', () => {
    const denied = wireError(new CommonError('access-denied', 'text'), 'json', acm);
    assert.equal(denied.messageMember, 'Message');
    const nameless = wireError(new CommonError('unknown-operation', ''), 'json', acm);
    assert.equal(nameless.message, undefined);
  });
});

void suite('what was not thrown for the client', () => {
  void test('is retryable when vault or store are away, and unforeseen otherwise', () => {
    for (const error of [new VaultUnavailable(), new StoreUnavailable('full')]) {
      const told = foreseen(error);
      assert.ok(told instanceof CommonError);
      assert.equal(told.kind, 'unavailable');
      assert.doesNotMatch(told.message, /full|vault/);
    }
    assert.equal(foreseen(new Error('x')), undefined);
  });
});

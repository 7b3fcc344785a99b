import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSecureContext, getCiphers } from 'node:tls';
import { defaultSslPolicy, servedVersions, sslPolicies } from './ssl-policies.ts';

test('every suite of every policy is one that can be served', () => {
  const known = new Set(getCiphers().map((name) => name.toUpperCase()));
  for (const { name, ciphers } of sslPolicies.values())
    for (const cipher of ciphers) assert.ok(known.has(cipher.toUpperCase()), `${name}: ${cipher}`);
});

test('every policy makes a context of TLS 1.2 or better', () => {
  for (const policy of sslPolicies.values()) {
    const versions = servedVersions(policy);
    assert.ok(versions.minVersion >= 'TLSv1.2');
    createSecureContext({ ...versions, ciphers: policy.ciphers.join(':') });
  }
});

test('the default has forward secrecy and authenticated encryption only', () => {
  const policy = sslPolicies.get(defaultSslPolicy);
  assert.deepEqual(policy?.protocols, ['TLSv1.2', 'TLSv1.3']);
  assert.ok(policy.ciphers.every((cipher) => /^TLS_|^ECDHE-.*-GCM-/.test(cipher)));
});

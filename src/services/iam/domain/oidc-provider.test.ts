import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProviderUrl } from './oidc-provider.ts';

test('a provider is named by its https URL, without scheme and trailing slash', () => {
  assert.equal(
    readProviderUrl('https://token.actions.githubusercontent.com'),
    'token.actions.githubusercontent.com',
  );
  assert.equal(readProviderUrl('https://Id.Example/Tenant/'), 'id.example/Tenant');
  assert.equal(readProviderUrl('https://id.example:6443'), 'id.example:6443');
  assert.equal(readProviderUrl('https://id.example:443/a'), 'id.example/a');
});

test('what is no https URL, or holds more than one, names no provider', () => {
  for (const url of [
    'http://id.example',
    'id.example',
    'https://',
    'https://user@id.example',
    'https://:password@id.example',
    'https://id.example/?a=b',
    'https://id.example/#a',
    'file:///etc/passwd',
  ])
    assert.throws(() => readProviderUrl(url), { code: 'InvalidInput' }, url);
});

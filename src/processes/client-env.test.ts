import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  accessKeyOf,
  clientEnv,
  clientEnvFile,
  prepareClientEnv,
  refreshClientEnv,
  settleClientEnv,
} from './client-env.ts';

const settings = {
  endpoint: 'https://127.0.0.1:4566',
  caFile: "/it's/ca.pem",
  region: 'eu-west-1',
};
const key = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'client-env-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

test('a crash between the account and its file costs nobody the key', (t) => {
  const path = folder(t);
  prepareClientEnv(path, clientEnv(settings, key));
  assert.ok(!existsSync(clientEnvFile(path)), 'not before the account is there');
  settleClientEnv(path);
  assert.match(readFileSync(clientEnvFile(path), 'utf8'), /^AWS_SECRET_ACCESS_KEY=secret$/m);
  assert.equal(statSync(clientEnvFile(path)).mode & 0o777, 0o600);
});

test('a file that was moved away does not come back', (t) => {
  const path = folder(t);
  prepareClientEnv(path, clientEnv(settings, key));
  settleClientEnv(path);
  rmSync(clientEnvFile(path));
  settleClientEnv(path);
  refreshClientEnv(clientEnvFile(path), settings);
  assert.ok(!existsSync(clientEnvFile(path)));
});

test('a later start refreshes the address and leaves the key', (t) => {
  const path = folder(t);
  prepareClientEnv(path, clientEnv(settings, key));
  settleClientEnv(path);
  refreshClientEnv(clientEnvFile(path), { ...settings, endpoint: 'https://127.0.0.1:9999' });
  const text = readFileSync(clientEnvFile(path), 'utf8');
  assert.match(text, /^AWS_ENDPOINT_URL=https:\/\/127\.0\.0\.1:9999$/m);
  assert.match(text, /^AWS_SECRET_ACCESS_KEY=secret$/m);
  assert.match(text, /^AWS_CA_BUNDLE='\/it'\\''s\/ca\.pem'$/m, 'quoted for the shell');
});

test('the id of the key is read from the file, as long as it is there', (t) => {
  const path = folder(t);
  assert.equal(accessKeyOf(clientEnvFile(path)), undefined);
  prepareClientEnv(path, clientEnv(settings, key));
  settleClientEnv(path);
  assert.equal(accessKeyOf(clientEnvFile(path)), key.accessKeyId);
});

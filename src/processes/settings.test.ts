import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { testTls } from '../aws/test-edge.ts';
import { serveSettings, UsageError } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-settings-'));
after(() => rmSync(folder, { recursive: true }));

function configured(content: unknown, ...more: string[]) {
  const file = join(folder, 'config.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return serveSettings(['--config', file, ...more]);
}

function saying(text: RegExp): (error: unknown) => boolean {
  return (error) =>
    error instanceof UsageError && text.test(error.message) && !error.message.includes('\n');
}

void test('options come from the command line, then from the configuration file', () => {
  const settings = configured({ region: 'eu-west-1', suffix: 'a.test' }, '--suffix', 'b.test');
  assert.equal(settings.region, 'eu-west-1');
  assert.equal(settings.suffix, 'b.test');
});

void test('nothing but the public Internet is asked unless the configuration file allows it', () => {
  assert.deepEqual(serveSettings([]).outbound, { allow: [] });
  const roots = join(folder, 'roots.pem');
  writeFileSync(roots, `a root\n${testTls.cert}`);
  const allow = ['10.0.0.0/8', 'fd00::/8'];
  assert.deepEqual(configured({ outbound: { allow, trustedRoots: roots } }).outbound, {
    allow,
    trustedRoots: testTls.cert,
  });
});

void test('what is wrong in a configuration file is said in one line', () => {
  const key = join(folder, 'key.pem');
  writeFileSync(key, testTls.key);
  const wrong: [unknown, RegExp][] = [
    ['{', /is not JSON$/],
    [{ regoin: 'eu-west-1' }, /: regoin: /],
    [{ outbound: { allowed: [] } }, /: outbound\.allowed: /],
    [{ outbound: { allow: '10.0.0.0/8' } }, /: outbound\.allow: /],
    [{ outbound: { allow: ['10.0.0.1'] } }, /^outbound\.allow: '10\.0\.0\.1' is no range/],
    [{ outbound: { trustedRoots: '/nowhere' } }, /^outbound\.trustedRoots: \/nowhere is not there/],
    [{ outbound: { trustedRoots: key } }, /holds no PEM certificates$/],
  ];
  for (const [content, text] of wrong) assert.throws(() => configured(content), saying(text));
});

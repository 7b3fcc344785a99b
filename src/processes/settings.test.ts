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

void test('name servers have the addresses that were given, else our own', () => {
  const own = serveSettings(['--dns', '192.0.2.10:53', '--suffix', 'a.test']).nameServers;
  assert.deepEqual(own, [
    { name: 'ns-1.dns.a.test', addresses: ['192.0.2.10'] },
    { name: 'ns-2.dns.a.test', addresses: ['192.0.2.10'] },
  ]);
  const given = configured({
    'name-server': ['NS.dns.holdfast.internal=192.0.2.1', 'ns.other.example.'],
    'allow-transfer': '192.0.2.2',
  });
  assert.deepEqual(given.nameServers, [
    { name: 'ns.dns.holdfast.internal', addresses: ['192.0.2.1'] },
    { name: 'ns.other.example', addresses: ['127.0.0.1'] },
  ]);
  assert.deepEqual(given.secondaries, [{ host: '192.0.2.2', port: 53 }]);
  const both = serveSettings(
    ['2001:db8::1', '192.0.2.1'].flatMap((address) => [
      '--name-server',
      `ns.dns.holdfast.internal=${address}`,
    ]),
  );
  assert.deepEqual(both.nameServers[0]?.addresses, ['2001:db8::1', '192.0.2.1']);
});

void test('of zones that no secondary has, none is named as name server', () => {
  const ofZones = (...args: string[]) => serveSettings(args).nameServers.map(({ name }) => name);
  const own = (...args: string[]) => serveSettings(args).ownNameServers.map(({ name }) => name);
  const mixed = [
    '--name-server=ns-1.dns.holdfast.internal=192.0.2.1',
    '--name-server=ns-2.dns.holdfast.internal=192.0.2.2',
    '--name-server=ns.other.example',
    '--allow-transfer=192.0.2.2',
  ];
  assert.equal(ofZones(...mixed).length, 3);
  assert.deepEqual(own(...mixed), ['ns-1.dns.holdfast.internal']);
  const hidden = ['--name-server', 'ns.other.example', '--allow-transfer', '192.0.2.2'];
  assert.deepEqual(own(...hidden), ['primary.dns.holdfast.internal']);
});

void test('a name server whose address nobody would be told, and a secondary without one, are refused', () => {
  const wrong: [string, string, RegExp][] = [
    ['--name-server', 'ns.other.example=192.0.2.1', /told by its own zone/],
    ['--name-server', 'a.b.dns.holdfast.internal', /right under dns\.holdfast\.internal$/],
    ['--name-server', 'dns.holdfast.internal', /right under dns\.holdfast\.internal$/],
    ['--name-server', 'x.elb.holdfast.internal', /in a zone of other names$/],
    ['--name-server', 'ns.dns.holdfast.internal=host', /neither HOST nor HOST=ADDRESS$/],
    ['--name-server', '', /is not a domain name$/],
    ['--allow-transfer', 'secondary.example', /is no IP address$/],
  ];
  for (const [option, value, text] of wrong) {
    assert.throws(() => serveSettings([option, value]), saying(text));
  }
  const secondaries = ['2001:db8::1', '[2001:db8::1]:5353', '192.0.2.1:5353'].flatMap((each) => [
    '--allow-transfer',
    each,
  ]);
  assert.deepEqual(serveSettings(secondaries).secondaries, [
    { host: '2001:db8::1', port: 53 },
    { host: '2001:db8::1', port: 5353 },
    { host: '192.0.2.1', port: 5353 },
  ]);
});

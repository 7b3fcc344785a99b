import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startNameServer, type FakeNameServer } from '../../test/fakes/name-server.ts';
import { systemRandom } from '../lib/random.ts';
import { isElsewhere } from './authoritative.ts';
import { dnssecVerdict } from './dnssec.ts';
import { createSurveyor, type Surveyor } from './survey.ts';
import { zonesOf, type TestZone } from './test-zones.ts';

/** Milliseconds: more than a busy machine takes, and as many as one who does not answer is waited for. */
const patience = 60_000;
const briefly = 150;

const name = '_x.www.corp.com';
const value = '_v.acm-validations.test';

interface World extends AsyncDisposable {
  readonly resolvers: readonly [FakeNameServer, FakeNameServer];
  /** Of corp.com. */
  readonly authoritative: readonly [FakeNameServer, FakeNameServer];
  readonly surveyor: Surveyor;
  /** The same, without patience: what it misses counts as silence. */
  readonly hasty: Surveyor;
}

/** Two resolvers, and a zone with two name servers; all know the record. */
async function world(own: Record<string, TestZone> = {}): Promise<World> {
  const known: readonly (readonly [string, readonly unknown[]])[] = [[`${name} CNAME`, [value]]];
  const zone: typeof known = [
    ['corp.com NS', ['NS1.corp.com', 'ns2.corp.com']],
    ['ns1.corp.com A', ['127.0.0.21']],
    ['ns2.corp.com A', ['127.0.0.22']],
  ];
  const first = await startNameServer({
    isAuthoritative: true,
    host: '127.0.0.21',
    script: new Map(known),
  });
  const second = await startNameServer({
    isAuthoritative: true,
    host: '127.0.0.22',
    port: first.port,
    script: new Map(known),
  });
  const resolvers = [
    await startNameServer({ isAuthentic: true, script: new Map([...known, ...zone]) }),
    await startNameServer({ script: new Map([...known, ...zone]) }),
  ] as const;
  const surveyor = (timeoutMilliseconds: number): Surveyor =>
    createSurveyor({
      own: zonesOf(own),
      upstream: resolvers,
      random: systemRandom,
      timeoutMilliseconds,
      mayAsk: () => true,
      authoritativePort: first.port,
    });
  return {
    resolvers,
    authoritative: [first, second],
    surveyor: surveyor(patience),
    hasty: surveyor(briefly),
    async [Symbol.asyncDispose]() {
      for (const each of [first, second, ...resolvers]) await each[Symbol.asyncDispose]();
    },
  };
}

test('each name server of the zone and each resolver is asked, and says whether the record is there', async () => {
  await using all = await world();
  all.authoritative[1].script.clear();
  all.resolvers[1].script.set(`${name} CNAME`, ['wrong.test']);
  const survey = await all.surveyor.survey('_X.www.corp.com.', 'CNAME');
  assert.equal(survey.zone, 'corp.com');
  assert.deepEqual(
    survey.authoritative.map(({ server, outcome }) => [server.replace(/ port \d+/, ''), outcome]),
    [
      ['ns1.corp.com (127.0.0.21)', 'found'],
      ['ns2.corp.com (127.0.0.22)', 'no-such-name'],
    ],
  );
  assert.deepEqual(
    survey.resolvers.map(({ records }) => records.map(({ data }) => data)),
    [[value], ['wrong.test']],
  );
  assert.equal(survey.dnssec, 'secure');
});

test('a record counts as everywhere only when nobody who answers lacks it or has another value', async () => {
  await using all = await world();
  const lacking = async (by: Surveyor = all.surveyor) =>
    (await by.withoutCname(name, value)).map(({ server }) => server.split(' ')[0]);
  assert.deepEqual(await lacking(), []);
  all.authoritative[1].script.set(`${name} CNAME`, ['_old.test']);
  assert.deepEqual(await lacking(), ['ns2.corp.com']);
  // Silence and errors say nothing about the record.
  all.authoritative[1].isSilent = true;
  assert.deepEqual(await lacking(all.hasty), []);
  all.authoritative[1].isSilent = false;
  all.authoritative[1].script.set(`${name} CNAME`, [value]);
  all.resolvers[1].failures.set(name, { rcode: 2 });
  assert.deepEqual(await lacking(), []);
  all.resolvers[1].failures.clear();
  all.resolvers[1].script.delete(`${name} CNAME`);
  assert.deepEqual(await lacking(), ['127.0.0.1']);
});

test('what is served here is asked of our own server only', async () => {
  await using all = await world({ 'a.example': { '_x.a.example': [['CNAME', value]] } });
  const survey = await all.surveyor.survey('_x.a.example', 'CNAME');
  assert.deepEqual(
    survey.authoritative.map(({ server, outcome }) => [server, outcome]),
    [['our own server', 'found']],
  );
  assert.deepEqual(survey.resolvers, []);
  assert.deepEqual(all.resolvers[0].asked, []);
});

test('CAA records are looked for upwards, where CNAMEs lead, and in zones served here up to their apex', async () => {
  const letsencrypt = { flags: 0, tag: 'issue', value: 'letsencrypt.org' };
  await using all = await world({
    'a.example': { 'a.example': [['CAA', letsencrypt]], 'b.a.example': [['A', '192.0.2.1']] },
  });
  const [resolver] = all.resolvers;
  resolver.script.set('www.corp.com CNAME', ['web.cdn.net']);
  resolver.script.set('web.cdn.net CAA', [letsencrypt]);
  resolver.script.set('example CAA', [{ ...letsencrypt, value: ';' }]);
  resolver.script.set('com CAA', [{ ...letsencrypt, value: ';' }]);
  const at = async (domain: string) => {
    const { at: where, records } = await all.surveyor.caa(domain);
    return [where, records.map((each) => each.value)];
  };
  assert.deepEqual(await at('www.corp.com'), ['www.corp.com', ['letsencrypt.org']]);
  assert.deepEqual(await at('mail.corp.com'), ['com', [';']]);
  assert.deepEqual(await at('b.a.example'), ['a.example', ['letsencrypt.org']]);
  resolver.script.delete('com CAA');
  assert.deepEqual(await at('mail.corp.com'), [undefined, []]);
});

test('nobody may issue while a resolver does not say who may (RFC 8659 §3)', async () => {
  await using all = await world();
  for (const each of all.resolvers) each.failures.set('corp.com', { rcode: 2 });
  await assert.rejects(all.surveyor.caa('corp.com'), { name: 'NoAnswer' });
});

test('a bogus answer is told apart from a server that fails (RFC 4035 §3.2.2)', async () => {
  await using resolver = await startNameServer({
    script: new Map([['good.test A', ['192.0.2.1']]]),
  });
  const verdict = (of: string, timeoutMilliseconds = patience) =>
    dnssecVerdict(resolver, { name: of, type: 'A' }, { random: systemRandom, timeoutMilliseconds });
  assert.equal(await verdict('good.test'), 'insecure');
  resolver.failures.set('bogus.test', { rcode: 2, onlyIfChecked: true });
  assert.equal(await verdict('bogus.test'), 'bogus');
  resolver.failures.set('broken.test', { rcode: 2 });
  assert.equal(await verdict('broken.test'), 'server-failed');
  resolver.isSilent = true;
  assert.equal(await verdict('good.test', briefly), 'unknown');
});

test('name servers of a zone that point to this machine or its link are not asked', () => {
  const refused = ['127.0.0.1', '0.0.0.0', '169.254.169.254', '224.0.0.1', '::1', '::', 'fe80::1'];
  for (const address of [...refused, '::ffff:127.0.0.1', 'ff02::1', 'x'])
    assert.equal(isElsewhere(address), false, address);
  for (const address of ['192.0.2.1', '10.0.0.1', '2001:db8::1', 'fd00::1'])
    assert.equal(isElsewhere(address), true, address);
});

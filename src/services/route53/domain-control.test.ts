import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { TamperedSet } from '../../aws/authority/authority.ts';
import { silentLog } from '../../lib/log.ts';
import { createDomainControl } from './domain-control.ts';
import {
  changeRecords,
  firstAccount,
  hostedZone,
  otherAccount,
  records,
  testRoom,
  type TestRoom,
} from './test-room.ts';

const value = '_0123456789abcdef0123456789abcdef.abcdefghij.acm-validations.holdfast.internal.';

/** CNAMEs as the DNS has them, wherever their zones are served. */
function controlOf(
  room: TestRoom,
  cnames: Record<string, string>,
  lacking: readonly string[] = [],
) {
  return createDomainControl({
    authority: room.route53.authority,
    domains: room.route53.domains,
    zones: room.route53.zones,
    log: silentLog,
    surveyor: { withoutCname: async () => lacking.map((server) => ({ server })) },
    resolver: {
      async resolveCname(name) {
        const chain: string[] = [];
        for (let at = cnames[name]; at !== undefined && chain.length < 5; at = cnames[at]) {
          chain.push(at);
        }
        return chain;
      },
    },
  });
}

const query = (domain: string, account = firstAccount) => ({
  account,
  domain,
  recordName: `_x.${domain}.`,
  recordValue: value,
});

test('a zone of the account under its suffix proves control', async () => {
  const room = await testRoom();
  await room.change((change) => room.route53.domains.allow(change, firstAccount, 'example'));
  await hostedZone(room, 'a.example');
  const control = controlOf(room, {
    '_x.a.example': value.slice(0, -1),
    '_x.w.a.example': value.slice(1).toUpperCase(),
    '_x.b.a.example': 'elsewhere.net',
  });
  assert.equal((await control.checkControl(query('a.example'))).isProved, true);
  // In any letters, with or without the underscore and the dot.
  assert.equal((await control.checkControl(query('w.a.example'))).isProved, true);
  assert.equal((await control.checkControl(query('b.a.example'))).isProved, false);
  assert.equal((await control.checkControl(query('c.a.example'))).isProved, false);
});

test('a zone that is served here outside of the account’s suffixes proves nothing', async () => {
  const room = await testRoom();
  await hostedZone(room, 'bank.com');
  const control = controlOf(room, { '_x.bank.com': value });
  assert.equal((await control.checkControl(query('bank.com'))).isProved, false);
  await room.change((change) => room.route53.domains.allow(change, firstAccount, 'bank.com'));
  assert.equal((await control.checkControl(query('bank.com'))).isProved, true);
  await room.change((change) => room.route53.domains.remove(change, firstAccount, 'bank.com'));
  assert.equal((await control.checkControl(query('bank.com'))).isProved, false);
});

test('a zone of another account proves nothing, under whosever suffix it is', async () => {
  const room = await testRoom();
  await hostedZone(room, 'corp.net', otherAccount);
  const control = controlOf(room, { '_x.corp.net': value });
  await room.change((change) => room.route53.domains.allow(change, firstAccount, 'net'));
  assert.equal((await control.checkControl(query('corp.net'))).isProved, false);
  assert.equal((await control.checkControl(query('corp.net', otherAccount))).isProved, false);
});

test('a more specific suffix is carved out of a wider one', async () => {
  const room = await testRoom();
  await room.change((change) => room.route53.domains.allow(change, firstAccount, 'example'));
  await hostedZone(room, 'example');
  await room.change((change) => room.route53.domains.allow(change, otherAccount, 'b.example'));
  const control = controlOf(room, { '_x.b.example': value, '_x.c.example': value });
  assert.equal((await control.checkControl(query('c.example'))).isProved, true);
  assert.equal((await control.checkControl(query('b.example'))).isProved, false);
  assert.equal((await control.checkControl(query('b.example', otherAccount))).isProved, false);
  await hostedZone(room, 'b.example', otherAccount);
  assert.equal((await control.checkControl(query('b.example', otherAccount))).isProved, true);
});

test('a zone just for the validation record does not stand for the domain above it', async () => {
  const room = await testRoom();
  await room.change((change) => room.route53.domains.allow(change, firstAccount, '_x.bank.com'));
  await hostedZone(room, '_x.bank.com');
  const control = controlOf(room, { '_x.bank.com': value });
  assert.equal((await control.checkControl(query('bank.com'))).isProved, false);
});

test('names that are not served here are proved by what the DNS says', async () => {
  const room = await testRoom();
  const control = controlOf(room, {
    '_x.corp.com': 'one.corp.com',
    'one.corp.com': value,
  });
  assert.equal((await control.checkControl(query('corp.com'))).isProved, true);
});

test('a record elsewhere counts once all its name servers and all resolvers have it', async () => {
  const room = await testRoom();
  const control = controlOf(room, { '_x.corp.com': value }, ['ns2.corp.com (192.0.2.2)']);
  assert.deepEqual(await control.checkControl(query('corp.com')), {
    isProved: false,
    reason: '_x.corp.com is there, but not yet at ns2.corp.com (192.0.2.2)',
  });
});

test('what is in the way of a proof is said in one line', async () => {
  const room = await testRoom();
  const control = controlOf(room, { '_x.wrong.com': 'elsewhere.net' });
  const reason = async (domain: string): Promise<string> => {
    const check = await control.checkControl(query(domain));
    return check.isProved ? 'none' : check.reason;
  };
  assert.equal(await reason('none.com'), 'there is no CNAME at _x.none.com');
  assert.match(await reason('wrong.com'), /^_x\.wrong\.com leads to elsewhere\.net, not to _0123/);
  await hostedZone(room, 'bank.com');
  assert.equal(await reason('bank.com'), `no suffix of account ${firstAccount} holds bank.com`);
  await hostedZone(room, 'corp.net', otherAccount);
  await room.change((change) => room.route53.domains.allow(change, firstAccount, 'net'));
  const other = controlOf(room, { '_x.corp.net': value });
  assert.deepEqual(await other.checkControl(query('corp.net')), {
    isProved: false,
    reason: 'the zone of _x.corp.net is another account’s',
  });
});

test('a chain does not count when it leads through a zone of somebody else here', async () => {
  const room = await testRoom();
  const control = controlOf(room, {
    '_x.corp.com': 'wild.provider.com',
    'wild.provider.com': value,
  });
  assert.equal((await control.checkControl(query('corp.com'))).isProved, true);
  // Whoever makes the provider's zone here would otherwise speak for all who point to it.
  await hostedZone(room, 'provider.com');
  assert.equal((await control.checkControl(query('corp.com'))).isProved, false);
});

test('the zones of holdfast itself prove nothing', async () => {
  const room = await testRoom();
  const domain = 'web-1.eu-west-1.elb.holdfast.internal';
  await room.change((change) => room.route53.domains.allow(change, firstAccount, 'internal'));
  const control = controlOf(room, { [`_x.${domain}`]: value });
  assert.equal((await control.checkControl(query(domain))).isProved, false);
});

test('a resolver that gets no answer proves nothing and says why in the log', async () => {
  const room = await testRoom();
  const lines: string[] = [];
  const control = createDomainControl({
    authority: room.route53.authority,
    domains: room.route53.domains,
    zones: room.route53.zones,
    log: { ...silentLog, warn: (message) => lines.push(message) },
    resolver: { resolveCname: () => Promise.reject(new Error('silence')) },
    surveyor: { withoutCname: async () => [] },
  });
  assert.equal((await control.checkControl(query('corp.com'))).isProved, false);
  assert.deepEqual(lines, ['a validation record could not be looked up']);
});

test('a suffix belongs to one account until it is taken away', async () => {
  const room = await testRoom();
  const { domains } = room.route53;
  await room.change((change) => domains.allow(change, firstAccount, '.Example.'));
  await room.change((change) => domains.allow(change, firstAccount, 'example'));
  await assert.rejects(
    room.change((change) => domains.allow(change, otherAccount, 'example')),
    { name: 'DomainAssignmentRefused', message: /^example is assigned to account 111122223333/ },
  );
  await assert.rejects(room.change((change) => domains.remove(change, otherAccount, 'example')));
  assert.deepEqual(await domains.list(), [{ suffix: 'example', account: firstAccount }]);
  assert.equal(await domains.ownerOf('A.B.Example.'), firstAccount);
  assert.equal(await domains.ownerOf('anexample'), undefined);
  for (const suffix of ['', '.', 'a..b', 'ä', 'a b', "x'y"]) {
    await assert.rejects(
      room.change((change) => domains.allow(change, firstAccount, suffix)),
      {
        name: 'DomainAssignmentRefused',
      },
    );
  }
});

test('records in the store are what the check is about', async () => {
  const room = await testRoom();
  await room.change((change) => room.route53.domains.allow(change, firstAccount, 'example'));
  const id = await hostedZone(room, 'a.example');
  await changeRecords(room, id, [['CREATE', records('_x.a.example', 'CNAME', value)]]);
  const { dnsSource } = room.route53;
  const zone = await dnsSource.zoneFor('_x.a.example');
  assert.ok(zone);
  const [record] = (await dnsSource.lookup(zone, ['_x.a.example'])).get('_x.a.example') ?? [];
  const control = controlOf(room, { '_x.a.example': String(record?.data) });
  assert.equal((await control.checkControl(query('a.example'))).isProved, true);
});

test('an assignment or a zone that foreign hands wrote proves nothing, and the alarm is raised', async () => {
  const attacks: Readonly<Record<string, string>> = {
    'route53-domain-assignments': `INSERT INTO route53_domain_assignment VALUES ('a.example', '${otherAccount}')`,
    'route53-zone': `UPDATE route53_hosted_zone SET account = '${otherAccount}'`,
  };
  for (const [kind, attack] of Object.entries(attacks)) {
    const room = await testRoom();
    await hostedZone(room, 'a.example', firstAccount);
    const owner = kind === 'route53-zone' ? otherAccount : firstAccount;
    await room.change((change) => room.route53.domains.allow(change, owner, 'a.example'));
    const control = controlOf(room, { '_x.a.example': value });
    room.store.database.exec(attack.replace("'a.example'", "'b.a.example'"));
    await setImmediate();
    await assert.rejects(control.checkControl(query('a.example', owner)), TamperedSet);
    assert.deepEqual(
      room.broken.map((each) => each.kind),
      [kind],
    );
  }
});

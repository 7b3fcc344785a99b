import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Change } from '../../../store/change.ts';
import { describe, issue, prove, request, secret, testRoom } from '../test-room.ts';

test('a name server that never answers holds up no other certificate', async () => {
  const room = await testRoom();
  const silence = Promise.withResolvers<void>();
  room.nameServers.set('silent.example', silence.promise);
  const waiting = await request(room, { DomainName: 'silent.example' });
  const stuck = await room.startDueJobs();
  assert.equal(stuck.length, 1);

  const other = await request(room, { DomainName: 'b.example' });
  await prove(room, other);
  await room.work();
  assert.equal((await describe(room, other)).Status, 'ISSUED');
  assert.equal((await describe(room, waiting)).Status, 'PENDING_VALIDATION');

  silence.resolve();
  await Promise.all(stuck);
});

test('what a worker had begun when it died is begun again by the next one at once', async () => {
  const room = await testRoom();
  const dead = Promise.withResolvers<void>();
  room.nameServers.set('a.example', dead.promise);
  const arn = await request(room, { DomainName: 'a.example' });
  assert.equal((await room.startDueJobs()).length, 1);
  // The job waits for a name server now, and never comes back.
  await setImmediate();
  room.nameServers.delete('a.example');
  await prove(room, arn);
  assert.equal((await room.startDueJobs()).length, 0);

  const takeOver = new Change();
  room.acm.endLeases(takeOver, room.now);
  await room.store.commit(takeOver);
  await room.work();
  assert.equal((await describe(room, arn)).Status, 'ISSUED');
  dead.resolve();
});

test('an order that was written past the server is not carried out before control of the names is proved', async () => {
  const room = await testRoom();
  const arn = await request(room, { DomainName: 'www.example.com' });
  room.store.database.exec(`UPDATE acm_job SET kind = 'issue-certificate', due_at = 0`);
  await room.work();
  assert.equal((await describe(room, arn)).Status, 'PENDING_VALIDATION');
  assert.equal(room.issued, 0);
  assert.equal(room.keyPairs, 0);
});

test('a key pair that could not be made is made within a minute, however long the names were awaited', async () => {
  const room = await testRoom();
  const arn = await request(room);
  const aMinuteLater = async (): Promise<void> => {
    room.now = room.now.add({ minutes: 1 });
    await room.work();
  };
  for (let looks = 0; looks < 20; looks++) await aMinuteLater();
  await prove(room, arn);
  const { keys } = room.ports;
  const generate = keys.generatePrivateKey.bind(keys);
  keys.generatePrivateKey = () => Promise.reject(new Error('the vault is gone'));
  await aMinuteLater();
  assert.equal((await describe(room, arn)).Status, 'PENDING_VALIDATION');
  assert.deepEqual(room.warnings, ['a job failed and will be tried again']);

  keys.generatePrivateKey = generate;
  await aMinuteLater();
  assert.equal((await describe(room, arn)).Status, 'ISSUED');
});

test('an issuer that signs in several steps goes on from the words that were kept after each', async () => {
  const room = await testRoom();
  const seen: string[] = [];
  const sign = async (_call: unknown, prepared: string) => {
    seen.push(prepared);
    if (prepared.startsWith('waited')) return { certificatePem: 'PEM 1', chainPem: 'CHAIN' };
    const [word, notBefore] = prepared.startsWith('ordered')
      ? ['waited', room.now.add({ seconds: 30 })]
      : ['ordered', room.now];
    return { prepared: word, notBefore };
  };
  Object.assign(room.ports.issuer, { sign });
  const arn = await request(room);
  await prove(room, arn);
  await room.work();
  assert.equal((await describe(room, arn)).Status, 'PENDING_VALIDATION');
  assert.equal(seen.length, 2);

  room.now = room.now.add({ seconds: 30 });
  await room.work();
  assert.equal((await describe(room, arn)).Status, 'ISSUED');
  assert.deepEqual(seen.slice(1), ['ordered', 'waited']);
  assert.equal(room.keyPairs, 1);
  assert.deepEqual(room.warnings, []);
});

test('an issuer that fails between two steps is asked again with the words that were kept last', async () => {
  const room = await testRoom();
  const seen: string[] = [];
  const sign = async (_call: unknown, prepared: string) => {
    seen.push(prepared);
    if (prepared !== 'ordered') return { prepared: 'ordered', notBefore: room.now };
    if (seen.length === 2) throw new Error('the connection was lost');
    return { certificatePem: 'PEM 1', chainPem: 'CHAIN' };
  };
  Object.assign(room.ports.issuer, { sign });
  const arn = await request(room);
  await prove(room, arn);
  await room.work();
  room.now = room.now.add({ minutes: 1 });
  await room.work();
  assert.equal((await describe(room, arn)).Status, 'ISSUED');
  assert.deepEqual(seen.slice(1), ['ordered', 'ordered']);
});

test('a certificate of a configured CA is renewed when that CA says so, and it is asked four times a day', async () => {
  const room = await testRoom();
  room.chosenIssuer = 'ca';
  const arn = await issue(room, { Options: { Export: 'ENABLED' } });
  await room.run('ExportCertificate', { CertificateArn: arn, Passphrase: secret('passphrase') });
  const quarterOfADay = async (): Promise<number> => {
    room.now = room.now.add({ hours: 6 });
    await room.work();
    return room.issued;
  };
  assert.equal(await quarterOfADay(), 1);
  const later = { renewAt: room.now.add({ hours: 24 }), askAgainAt: room.now.add({ hours: 12 }) };
  room.advice = later;
  assert.equal(await quarterOfADay(), 1);
  // An emergency: the window is moved forward.
  room.advice = { ...later, renewAt: room.now };
  assert.equal(await quarterOfADay(), 2);
  assert.equal((await describe(room, arn)).RenewalSummary?.RenewalStatus, 'SUCCESS');
});

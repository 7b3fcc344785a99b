import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  GetDNSSECResponse,
  GetHostedZoneCountResponse,
  GetHostedZoneResponse,
  ListHostedZonesByNameResponse,
  UpdateHostedZoneCommentResponse,
} from '../model.ts';
import { hostedZone, otherAccount, testRoom, type TestRoom } from '../test-room.ts';

async function zones(): Promise<TestRoom> {
  const room = await testRoom();
  for (const name of ['b.example', 'x.a.example', 'example', 'a-b.example', 'a.example'])
    await hostedZone(room, name);
  await hostedZone(room, 'other.test', otherAccount);
  return room;
}

function page(room: TestRoom, input: object): Promise<ListHostedZonesByNameResponse> {
  return room.run('ListHostedZonesByName', input);
}

test('zones come in the order of reversed labels, on pages of any size, and only one’s own', async () => {
  const room = await zones();
  for (const size of [1, 2, 100]) {
    const found: string[] = [];
    let from: object = {};
    for (;;) {
      const answer = await page(room, { MaxItems: String(size), ...from });
      found.push(...answer.HostedZones.map(({ Name }) => Name));
      if (!answer.IsTruncated) break;
      from = { DNSName: answer.NextDNSName, HostedZoneId: answer.NextHostedZoneId };
    }
    assert.deepEqual(found, [
      'example.',
      'a-b.example.',
      'a.example.',
      'x.a.example.',
      'b.example.',
    ]);
  }
});

test('a page begins at a name, as clients look for the zone of a name', async () => {
  const room = await zones();
  const answer = await page(room, { DNSName: 'A.example.', MaxItems: '1' });
  assert.deepEqual(
    answer.HostedZones.map(({ Name }) => Name),
    ['a.example.'],
  );
  assert.equal(answer.DNSName, 'A.example.');
  assert.equal(answer.NextDNSName, 'x.a.example.');
  await assert.rejects(page(room, { DNSName: 'a..b' }), { code: 'InvalidDomainName' });
  await assert.rejects(page(room, { HostedZoneId: 'Z1' }), { code: 'InvalidInput' });
});

test('a zone that is gone is neither listed nor counted', async () => {
  const room = await zones();
  const count = async () =>
    (await room.run<GetHostedZoneCountResponse>('GetHostedZoneCount', {})).HostedZoneCount;
  assert.equal(await count(), 5);
  const [first] = (await page(room, {})).HostedZones;
  await room.run('DeleteHostedZone', { Id: first?.Id });
  assert.equal(await count(), 4);
  assert.equal((await page(room, {})).HostedZones[0]?.Name, 'a-b.example.');
  await hostedZone(room, 'example');
});

test('the comment of a zone is changed, and taken away', async () => {
  const room = await testRoom();
  const Id = await hostedZone(room, 'a.example');
  const set = (Comment?: string) =>
    room.run<UpdateHostedZoneCommentResponse>('UpdateHostedZoneComment', { Id, Comment });
  assert.equal((await set('of the team')).HostedZone.Config?.Comment, 'of the team');
  const got = await room.run<GetHostedZoneResponse>('GetHostedZone', { Id });
  assert.equal(got.HostedZone.Config?.Comment, 'of the team');
  assert.deepEqual((await set()).HostedZone.Config, { PrivateZone: false });
});

test('no zone is signed', async () => {
  const room = await testRoom();
  const HostedZoneId = await hostedZone(room, 'a.example');
  assert.deepEqual(await room.run<GetDNSSECResponse>('GetDNSSEC', { HostedZoneId }), {
    Status: { ServeSignature: 'NOT_SIGNING' },
    KeySigningKeys: [],
  });
});

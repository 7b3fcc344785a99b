import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListResourceRecordSetsResponse } from '../model.ts';
import { changeRecords, hostedZone, records, testRoom, type TestRoom } from '../test-room.ts';

async function zoneRoom(): Promise<{ room: TestRoom; id: string }> {
  const room = await testRoom();
  const id = await hostedZone(room, 'example');
  await changeRecords(
    room,
    id,
    ['b.example', 'a.example', 'x.a.example', 'a-b.example', '*.a.example'].map((name) => [
      'CREATE',
      records(name, 'A', '192.0.2.1'),
    ]),
  );
  await changeRecords(room, id, [['CREATE', records('a.example', 'TXT', '"text"')]]);
  return { room, id };
}

function page(room: TestRoom, input: object): Promise<ListResourceRecordSetsResponse> {
  return room.run('ListResourceRecordSets', input);
}

const inOrder = [
  'example. NS',
  'example. SOA',
  'a-b.example. A',
  'a.example. A',
  'a.example. TXT',
  '\\052.a.example. A',
  'x.a.example. A',
  'b.example. A',
];

test('sets come in the order of reversed labels, then of types, on pages of any size', async () => {
  const { room, id } = await zoneRoom();
  for (const size of [1, 2, 3, 300]) {
    const found: string[] = [];
    let start: object = {};
    for (;;) {
      const answer = await page(room, { HostedZoneId: id, MaxItems: String(size), ...start });
      assert.ok(answer.ResourceRecordSets.length <= size);
      found.push(...answer.ResourceRecordSets.map((set) => `${set.Name} ${set.Type}`));
      if (!answer.IsTruncated) break;
      start = {
        StartRecordName: answer.NextRecordName,
        StartRecordType: answer.NextRecordType,
      };
    }
    assert.deepEqual(found, inOrder);
  }
});

test('a page begins at a name and type that need not be there', async () => {
  const { room, id } = await zoneRoom();
  const first = async (start: object): Promise<string> => {
    const { ResourceRecordSets } = await page(room, { HostedZoneId: id, ...start });
    return `${ResourceRecordSets[0]?.Name} ${ResourceRecordSets[0]?.Type}`;
  };
  assert.equal(
    await first({ StartRecordName: 'A.example', StartRecordType: 'NS' }),
    'a.example. TXT',
  );
  assert.equal(await first({ StartRecordName: 'aa.example.' }), 'b.example. A');
  assert.equal(await first({ StartRecordName: '\\052.a.example' }), '\\052.a.example. A');
});

test('a type without a name, and a size that is no number, are refused', async () => {
  const { room, id } = await zoneRoom();
  for (const input of [{ StartRecordType: 'A' }, { MaxItems: '0' }, { MaxItems: 'many' }]) {
    await assert.rejects(page(room, { HostedZoneId: id, ...input }), { code: 'InvalidInput' });
  }
  await assert.rejects(page(room, { HostedZoneId: 'ZNOSUCH' }), { code: 'NoSuchHostedZone' });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListTagsForResourceResponse, ListTagsForResourcesResponse } from '../model.ts';
import { hostedZone, otherAccount, testRoom, type TestRoom } from '../test-room.ts';

interface Tagged {
  readonly room: TestRoom;
  readonly id: string;
  change(this: void, what: object): Promise<unknown>;
  tags(this: void): Promise<string[]>;
}

async function taggedZone(): Promise<Tagged> {
  const room = await testRoom();
  const id = await hostedZone(room, 'a.example');
  const resource = { ResourceType: 'hostedzone', ResourceId: id };
  const change = (what: object) => room.run('ChangeTagsForResource', { ...resource, ...what });
  await change({
    AddTags: [
      { Key: 'team', Value: 'a' },
      { Key: 'stage', Value: 'test' },
    ],
  });
  return {
    room,
    id,
    change,
    async tags() {
      const told = await room.run<ListTagsForResourceResponse>('ListTagsForResource', resource);
      return (told.ResourceTagSet.Tags ?? []).map(({ Key, Value }) => `${Key}=${Value}`);
    },
  };
}

test('tags are added, replaced and removed in one call, and told in the order of their keys', async () => {
  const { change, tags, room, id } = await taggedZone();
  assert.deepEqual(await tags(), ['stage=test', 'team=a']);
  await change({
    AddTags: [{ Key: 'team', Value: 'b' }, { Key: 'empty' }],
    RemoveTagKeys: ['stage', 'not there'],
  });
  assert.deepEqual(await tags(), ['empty=', 'team=b']);
  const all = await room.run<ListTagsForResourcesResponse>('ListTagsForResources', {
    ResourceType: 'hostedzone',
    ResourceIds: [id, await hostedZone(room, 'b.example')],
  });
  assert.deepEqual(
    all.ResourceTagSets.map(({ Tags }) => Tags?.length),
    [2, 0],
  );
});

test('the tags of a zone and of the request are condition keys', async () => {
  const { change, room, id } = await taggedZone();
  await change({ AddTags: [{ Key: 'cost', Value: '1' }], RemoveTagKeys: ['stage'] });
  assert.deepEqual(room.asked.at(-1), {
    action: 'route53:ChangeTagsForResource',
    resource: `arn:aws:route53:::hostedzone/${id}`,
    context: {
      'aws:RequestTag/cost': '1',
      'aws:ResourceTag/stage': 'test',
      'aws:ResourceTag/team': 'a',
      'aws:TagKeys': ['cost', 'stage'],
    },
  });
  await room.run('GetHostedZone', { Id: id });
  assert.deepEqual(room.asked.at(-1)?.context, {
    'aws:ResourceTag/cost': '1',
    'aws:ResourceTag/team': 'a',
  });
});

test('a tag that somebody wrote into the store is no tag', async () => {
  const { room, id, tags } = await taggedZone();
  const { db } = room.store;
  await db.updateTable('route53_zone_tag').set({ value: 'b' }).where('key', '=', 'team').execute();
  await assert.rejects(tags(), { kind: 'internal' });
  await assert.rejects(room.run('DeleteHostedZone', { Id: id }), { kind: 'internal' });
  assert.deepEqual(
    room.broken.map(({ kind, owner }) => [kind, owner]),
    [['route53-zone-tags', id]],
  );
});

test('a key that is empty, reserved, given twice or one too many is refused, and so is nothing at all', async () => {
  const { change, tags } = await taggedZone();
  const many = (from: number) =>
    Array.from({ length: 10 }, (_, n) => ({ Key: `k${from + n}`, Value: '' }));
  for (const wrong of [
    {},
    { AddTags: [{ Key: '', Value: 'x' }] },
    { AddTags: [{ Key: 'AWS:x', Value: 'x' }] },
    { AddTags: [{ Key: 'x' }, { Key: 'x' }] },
    { AddTags: [{ Key: 'team' }], RemoveTagKeys: ['team'] },
  ])
    await assert.rejects(change(wrong), { code: 'InvalidInput' });
  assert.deepEqual(await tags(), ['stage=test', 'team=a']);
  for (const from of [0, 10, 20, 30]) await change({ AddTags: many(from) });
  await assert.rejects(change({ AddTags: many(40) }), { code: 'InvalidInput' });
});

test('there are no health checks, and the zones of others are not there', async () => {
  const { room, id } = await taggedZone();
  const of = (ResourceType: string) => ({ ResourceType, ResourceId: id });
  await assert.rejects(room.run('ListTagsForResource', of('healthcheck')), {
    code: 'NoSuchHealthCheck',
    status: 404,
  });
  for (const operation of ['ListTagsForResource', 'ChangeTagsForResource']) {
    await assert.rejects(
      room.run(operation, { ...of('hostedzone'), RemoveTagKeys: ['team'] }, otherAccount),
      { code: 'NoSuchHostedZone' },
    );
  }
});

test('the tags of a zone end with it, also when one is added at that moment', async () => {
  const { room, id, change } = await taggedZone();
  room.beforeCommit = async () => void (await room.run('DeleteHostedZone', { Id: id }));
  await assert.rejects(change({ AddTags: [{ Key: 'late' }] }), { code: 'NoSuchHostedZone' });
  const rows = await room.store.db.selectFrom('route53_zone_tag').selectAll().execute();
  assert.deepEqual(rows, []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FoundInput } from '../../tools/fuzz/campaign.ts';
import { minimized } from '../../tools/fuzz/minimize.ts';
import { watchedCampaign } from '../../tools/fuzz/watched-campaign.ts';
import { targets } from './broken-parsers.ts';

// The fuzzer's own proof: parsers that are broken on purpose.

/** The first find of a campaign that ends by itself long before its time. */
async function findIn(
  name: string,
  seconds = 600,
  patienceMilliseconds?: number,
): Promise<FoundInput | undefined> {
  const target = targets[name] ?? assert.fail(name);
  const module = new URL('broken-parsers.ts', import.meta.url).href;
  const { finds } = await watchedCampaign(
    { module, name, target, code: /broken-parsers/ },
    { seed: 1, seconds, corpus: [], mostFinds: 1 },
    patienceMilliseconds,
  );
  return finds[0];
}

test('a parser that throws what nobody foresaw is found, with the smallest input', async () => {
  const find = await findIn('throws');
  assert.match(find?.text ?? '', /a structure that nobody foresaw/);
  assert.equal(Buffer.from(find?.input ?? []).toString(), '{"":[{');
});

test('a parser that works for 200 ms is found', async () => {
  assert.equal((await findIn('slow'))?.kind, 'slow');
});

test('a parser that does not come to an end is cut off and found', async () => {
  const find = await findIn('endless', 600, 6_000);
  assert.equal(find?.kind, 'endless');
  assert.ok(find.input.includes(0x29));
});

test('a parser that keeps memory is found', async () => {
  assert.equal((await findIn('leaks'))?.kind, 'memory');
});

test('a parser that fails after it has returned is found', async () => {
  const find = await findIn('stray');
  assert.match(find?.text ?? '', /nobody is there/);
  assert.deepEqual([...(find?.input ?? [])], [0x2a]);
});

test('coverage leads to a fault behind three checks, which chance alone would not find', async () => {
  const find = await findIn('hidden');
  assert.equal(Buffer.from(find?.input ?? []).toString(), 'FAS');
});

test('a parser that is right gives no find', async () => {
  assert.equal(await findIn('sound', 1), undefined);
});

test('an input is made as small as it can be', async () => {
  const long = Buffer.from(`${'x'.repeat(500)}a${'y'.repeat(300)}b${'z'.repeat(200)}`);
  const fails = async (bytes: Uint8Array): Promise<boolean> =>
    /a.*b/.test(Buffer.from(bytes).toString('latin1'));
  assert.equal(Buffer.from(await minimized(long, fails, 60_000)).toString(), 'ab');
});

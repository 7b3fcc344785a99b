import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Guesses } from './guesses.ts';

/** Guesses of alice's and others' secrets, by the second. */
function table() {
  const guesses = new Guesses();
  let now = 5_000;
  const clock = { now: () => Temporal.Instant.fromEpochMilliseconds(now), monotonic: () => now };
  let looks = 0;
  const look = async (isRight: boolean, sourceIp: string | undefined, holder: string) => {
    const found = await guesses.look({ clock, sourceIp }, holder, async () => {
      looks += 1;
      return isRight || undefined;
    });
    return found === true;
  };
  return {
    right: (sourceIp?: string, holder = 'alice') => look(true, sourceIp, holder),
    wrong: (sourceIp?: string, holder = 'alice') => look(false, sourceIp, holder),
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    looksOf: async (work: () => Promise<unknown>): Promise<number> => {
      const before = looks;
      await work();
      return looks - before;
    },
  };
}

async function times(count: number, work: (n: number) => Promise<unknown>): Promise<void> {
  for (let n = 0; n < count; n++) await work(n);
}

test('a process that has just started looks at one wrong guess, later at ten, then at one each half minute', async () => {
  const { wrong, pass, looksOf } = table();
  assert.equal(await looksOf(() => times(20, () => wrong('192.0.2.1'))), 1);
  pass(3600);
  assert.equal(await looksOf(() => times(20, () => wrong('192.0.2.1'))), 10);
  pass(30);
  assert.equal(await looksOf(() => times(20, () => wrong('192.0.2.1'))), 1);
});

test('a right guess is refused while there are too many wrong ones, and let in when time has passed', async () => {
  const { right, wrong, pass } = table();
  await times(20, () => wrong('192.0.2.1'));
  assert.equal(await right('192.0.2.1'), false);
  pass(31);
  assert.equal(await right('192.0.2.1'), true);
  await times(50, async () => assert.equal(await right('192.0.2.1'), true));
});

test('of many guesses at once no more are looked at than of as many in a row', async () => {
  const { wrong, pass, looksOf } = table();
  await wrong();
  pass(3600);
  const all = Array.from({ length: 1000 }, () => wrong);
  assert.equal(await looksOf(() => Promise.all(all.map((each) => each('192.0.2.1')))), 10);
});

test('many addresses have no more guesses about one holder than one has, nor has a network of IPv6', async () => {
  const { wrong, pass, looksOf } = table();
  await wrong();
  pass(3600);
  assert.equal(await looksOf(() => times(200, (n) => wrong(`192.0.2.${n}`))), 10);
  pass(3600);
  const holders = (n: number): string => `user${n}`;
  const sprayed = (n: number) => wrong(`2001:db8::${n.toString(16)}`, holders(n));
  assert.equal(await looksOf(() => times(200, sprayed)), 50);
});

test('an address from which a right answer came is not locked out by others', async () => {
  const { right, wrong } = table();
  assert.equal(await right('192.0.2.1'), true);
  await times(200, (n) => wrong(`198.51.100.${n}`));
  assert.equal(await right('198.51.100.201'), false);
  assert.equal(await right('::ffff:192.0.2.1'), true);
});

test('who guesses about one holder does not slow down guesses about another', async () => {
  const { right, wrong } = table();
  await times(20, () => wrong('192.0.2.1', 'bob'));
  assert.equal(await right('192.0.2.2', 'alice'), true);
});

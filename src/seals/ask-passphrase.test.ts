import assert from 'node:assert/strict';
import { mkdtempDisposableSync, openSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { test, type TestContext } from 'node:test';
import { reveal, type Secret } from '../lib/secret.ts';
import { askPassphrase } from './ask-passphrase.ts';

const good = 'six words that nobody guesses';
const textOf = (secret: Secret): string => Buffer.from(reveal(secret)).toString();

class FakeTerminal {
  readonly input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => this.modes.push(isRaw),
  });
  readonly modes: boolean[] = [];
  seen = '';
  readonly output = { write: (text: string) => (this.seen += text) };

  ask(isNew: boolean, stop?: AbortSignal): Promise<Secret> {
    return askPassphrase({ descriptor: undefined, prompt: 'Passphrase', isNew, stop }, this);
  }
}

function descriptorOf(t: TestContext, content: string): number {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-passphrase-'));
  t.after(() => folder.remove());
  const path = join(folder.path, 'passphrase');
  writeFileSync(path, content);
  return openSync(path, 'r');
}

const given = (descriptor: number, isNew = true): Promise<Secret> =>
  askPassphrase({ descriptor, prompt: '', isNew });

test('is read from a descriptor to the end of the line or of the file', async (t) => {
  for (const content of [good, `${good}\n`, `${good}\r\n`, `${good}\nmore`])
    assert.equal(textOf(await given(descriptorOf(t, content))), good);
});

test('a descriptor that is not open is said in one line', async () => {
  await assert.rejects(given(987), {
    name: 'SealError',
    message: 'the passphrase cannot be read from descriptor 987 (EBADF)',
  });
});

test('what is short, all alike or too long is refused when it is chosen', async (t) => {
  for (const weak of ['short', '14 characters.', 'abababababababababab', 'äöüäöüäöüäö'])
    await assert.rejects(given(descriptorOf(t, weak)), /the passphrase is too weak/);
  await assert.rejects(given(descriptorOf(t, 'x'.repeat(1025))), /longer than 1024 bytes/);
  await assert.rejects(given(descriptorOf(t, '\n')), /the passphrase is empty/);
  assert.equal(textOf(await given(descriptorOf(t, 'short'), false)), 'short');
});

test('is typed unseen, and corrected character by character', async () => {
  const terminal = new FakeTerminal();
  const asked = terminal.ask(false);
  terminal.input.write('forget this\u0015six wordz');
  terminal.input.write('\u007fs thaä\u007ft nobody guesses\r');
  assert.equal(textOf(await asked), good);
  assert.equal(terminal.seen, 'Passphrase: \n');
  assert.deepEqual(terminal.modes, [true, false]);
});

test('a new one is typed twice', async () => {
  for (const [second, outcome] of [
    [good, good],
    [`${good}!`, 'the two passphrases differ'],
  ] as const) {
    const terminal = new FakeTerminal();
    const asked = terminal.ask(true).then(textOf, (error: Error) => error.message);
    terminal.input.write(`${good}\r`);
    setImmediate(() => setImmediate(() => terminal.input.write(`${second}\r`)));
    assert.equal(await asked, outcome);
  }
});

test('Ctrl-C, the end of the terminal and a stopped server end the question', async () => {
  const end = [
    (terminal: FakeTerminal) => terminal.input.write('six\u0003'),
    (terminal: FakeTerminal) => terminal.input.end(),
  ];
  for (const each of end) {
    const terminal = new FakeTerminal();
    const asked = terminal.ask(false);
    each(terminal);
    await assert.rejects(asked, /^SealError: no passphrase was given$/);
    assert.deepEqual(terminal.modes, [true, false]);
  }
  const stop = new AbortController();
  const asked = new FakeTerminal().ask(false, stop.signal);
  stop.abort();
  await assert.rejects(asked, /no passphrase was given/);
});

test('without a terminal and a descriptor the operator is told what to do', async () => {
  const terminal = {
    input: Object.assign(new PassThrough(), { isTTY: false }),
    output: { write() {} },
  };
  await assert.rejects(
    askPassphrase({ descriptor: undefined, prompt: '', isNew: false }, terminal),
    /^SealError: the seal needs a passphrase: on a terminal, or with --passphrase-fd N$/,
  );
});

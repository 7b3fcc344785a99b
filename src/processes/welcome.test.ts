import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Installation } from './installation.ts';
import { serveSettings } from './settings.ts';
import { welcome } from './welcome.ts';

const settings = serveSettings(['--data', '/srv/holdfast']);
const installation = { sealFile: '/seal', place: { kind: 'file' } } as unknown as Installation;
const shown = (ready: object): string => welcome(settings, installation, { caPem: '', ...ready });

test('a key that works is what the reader begins with', () => {
  assert.match(
    shown({ firstAccount: '111122223333', clientEnvWorks: true }),
    /Made account 111122223333 .*\n  set -a; \. \/srv\/holdfast\/client\.env; set \+a\n/s,
  );
});

test('a key that was deleted is not offered, and the file is said to be of no use', () => {
  const text = shown({ clientEnvWorks: false });
  assert.match(text, /The access key in \/srv\/holdfast\/client\.env is no longer active/);
  assert.doesNotMatch(text, /set -a/);
});

test('a file that was moved away is not spoken of', () => {
  assert.doesNotMatch(shown({}), /client\.env/);
});

test('without a file the reader is told how to get a key', () => {
  const text = shown({ firstAccount: '111122223333' });
  assert.match(text, /holdfast account admin 111122223333 --user-name NAME --client-env FILE/);
  assert.doesNotMatch(text, /set -a/);
});

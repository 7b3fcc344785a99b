import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempDisposableSync,
  openSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { reveal, Secret } from '../lib/secret.ts';
import { readDescription } from './installation-file.ts';
import { sealAt } from './installation-seal.ts';
import { newPlace } from './seal-place.ts';
import { openInstallation, type Installation } from './installation.ts';
import { resealing } from './reseal.ts';
import { sealChoice, type SealChoice } from './settings.ts';

const cost = { memory: 8, passes: 1, parallelism: 1 };
const steps = ['announced', 'kept', 'in force', 'destroyed', 'ended'] as const;
type Step = (typeof steps)[number];
const [oldPassphrase, newPassphrase] = ['the passphrase of old times', 'a passphrase of a new day'];

/** A data folder, with passphrases that are cheap to try. */
class Folder {
  readonly path: string;
  readonly #around: string;
  #said: string | undefined;

  constructor(t: TestContext) {
    const folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-reseal-'));
    t.after(() => folder.remove());
    this.#around = folder.path;
    this.path = join(folder.path, 'data');
    mkdirSync(join(folder.path, 'seals'));
  }

  /** What `--seal` would say. */
  choice(text: string): SealChoice {
    return sealChoice('--seal', text.replace('file:', `file:${this.#around}/seals/`));
  }

  /** As a start does it. @param seal said by the operator: at first, and until a re-sealing has put down another */
  open(passphrase = '', seal = this.#needed): Promise<Installation> {
    this.#said = seal;
    const given = join(this.#around, 'passphrase');
    writeFileSync(given, passphrase);
    const settings = {
      dataDirectory: this.path,
      seal: seal === undefined ? undefined : this.choice(seal),
      passphraseDescriptor: openSync(given, 'r'),
    };
    return openInstallation(settings, { cost });
  }

  /** A re-sealing that ends after `last`, as if it was killed. */
  async reseal(to: string, passphrases: readonly [now: string, then: string], last: Step) {
    await using installation = await this.open(passphrases[0]);
    const { installationId, place } = installation;
    const target = newPlace(this.choice(to), installationId, place);
    const ask = async (): Promise<Secret> => new Secret(new TextEncoder().encode(passphrases[1]));
    using seal = sealAt(target, this.path, installationId, ask, cost);
    for await (const step of resealing(installation, this.path, target, seal))
      if (step === last) return;
  }

  get #needed(): string | undefined {
    const isPutDown = existsSync(this.path) && readDescription(this.path)?.seal !== undefined;
    return isPutDown ? undefined : this.#said;
  }

  get sealFiles(): string[] {
    const names = readdirSync(this.path).filter((name) => name.endsWith('.seal'));
    return [...names, ...readdirSync(join(this.#around, 'seals'))];
  }
}

async function rootKeyOf(opening: Promise<Installation>): Promise<string> {
  await using installation = await opening;
  using key = installation.rootKey();
  return Buffer.from(reveal(key)).toString('hex');
}

const cases = [
  { from: 'file:a', to: 'passphrase', passphrases: ['', newPassphrase] },
  { from: 'passphrase', to: 'passphrase', passphrases: [oldPassphrase, newPassphrase] },
  { from: 'passphrase', to: 'file:b', passphrases: [oldPassphrase, ''] },
  { from: 'file:a', to: 'file:b', passphrases: ['', ''] },
] as const;

for (const { from, to, passphrases } of cases) {
  for (const last of steps) {
    test(`${from} to ${to}, killed once ${last}: one seal opens the folder, and the other is removed`, async (t) => {
      const folder = new Folder(t);
      const key = await rootKeyOf(folder.open(passphrases[0], from));
      await folder.reseal(to, passphrases, last);
      const isInForce = steps.indexOf(last) >= steps.indexOf('in force');
      const [opens, opensNot] = isInForce ? passphrases.toReversed() : passphrases;
      if (opens !== '' && opens !== opensNot)
        await assert.rejects(folder.open(opensNot === '' ? 'anything' : opensNot), /passphrase/);
      assert.equal(await rootKeyOf(folder.open(opens)), key);
      assert.equal(folder.sealFiles.length, 1);
      assert.equal(readDescription(folder.path)?.uselessSeal, undefined);

      // Whatever was cut off can be done once more.
      if (!isInForce) await folder.reseal(to, passphrases, 'ended');
      assert.equal(await rootKeyOf(folder.open(passphrases[1])), key);
      assert.equal(folder.sealFiles.length, 1);
    });
  }
}

test('all the way round: file, passphrase, other passphrase, file', async (t) => {
  const folder = new Folder(t);
  const key = await rootKeyOf(folder.open('', 'file:a'));
  await folder.reseal('passphrase', ['', oldPassphrase], 'ended');
  await folder.reseal('passphrase', [oldPassphrase, newPassphrase], 'ended');
  await folder.reseal('file:a', [newPassphrase, ''], 'ended');
  assert.equal(await rootKeyOf(folder.open()), key);
  assert.deepEqual(folder.sealFiles, ['a']);
});

test('a seal that is not in force any more is refused, also when the operator names it', async (t) => {
  const folder = new Folder(t);
  await rootKeyOf(folder.open('', 'file:a'));
  await folder.reseal('file:b', ['', ''], 'in force');
  await assert.rejects(
    folder.open('', 'file:a'),
    /is not the one in force: the folder was re-sealed$/,
  );
  await rootKeyOf(folder.open());
  assert.deepEqual(folder.sealFiles, ['b']);
});

test('what lies where the new seal would be is let be, and nothing is changed', async (t) => {
  const folder = new Folder(t);
  const key = await rootKeyOf(folder.open('', 'file:a'));
  const { path } = folder.choice('file:letter') as { path: string };
  writeFileSync(path, 'mine', { mode: 0o600 });
  await assert.rejects(folder.reseal('file:letter', ['', ''], 'ended'), /exists already$/);
  assert.equal(await rootKeyOf(folder.open()), key);
  assert.ok(existsSync(path));
});

test('a new seal that cannot be written changes nothing', async (t) => {
  const folder = new Folder(t);
  const key = await rootKeyOf(folder.open('', 'file:a'));
  const { path } = folder.choice('file:b') as { path: string };
  writeFileSync(path, 'mine');
  await assert.rejects(folder.reseal('file:b/c', ['', ''], 'ended'), /cannot be written/);
  assert.equal(readDescription(folder.path)?.uselessSeal, undefined);
  assert.equal(await rootKeyOf(folder.open()), key);
});

test('a first start under a passphrase that was cut short is begun anew', async (t) => {
  const folder = new Folder(t);
  mkdirSync(folder.path);
  writeFileSync(join(folder.path, 'passphrase-1.seal'), 'holdfast seal');
  await rootKeyOf(folder.open(newPassphrase, 'passphrase'));
  await rootKeyOf(folder.open(newPassphrase));
  await assert.rejects(folder.open('x'), /^Error: the passphrase does not open the seal /);
  await assert.rejects(
    folder.open('', 'file:a'),
    /^Error: the data folder is sealed with a passphrase, not a file: holdfast reseal changes that$/,
  );
});

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ChosenPassphrase } from '../seals/chosen-passphrase.ts';
import { checkSeal } from '../seals/seal-check.ts';
import { SealError } from '../seals/seal-error.ts';
import type { Seal } from '../seals/seal.ts';
import { readDescription, writeDescription, type SealPlace } from './installation-file.ts';
import { destroySeal, sealAt } from './installation-seal.ts';
import { newPlace } from './seal-place.ts';
import { openFoundInstallation, type Installation } from './installation.ts';
import { RefusedStart } from './refused-start.ts';
import { descriptor, sealChoice } from './settings.ts';

const help = `Usage: holdfast reseal --to passphrase|file:PATH [options]

Puts the root key of a data folder under another seal: from a file under a passphrase, under another passphrase, or
back into a file. The server must not run. No data is rewritten. When it ends the old seal is overwritten and removed;
copies of it that were made elsewhere still open the data, so destroy them too.

  --data DIR               data folder (./holdfast-data)
  --seal file:PATH         where the present seal is, when it was moved
  --passphrase-fd N        read the present passphrase from descriptor N (the terminal)
  --new-passphrase-fd N    read the new passphrase from descriptor N (the terminal, twice)
`;

/** The command `holdfast reseal`. Resolves with the exit status. */
export async function reseal(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      seal: { type: 'string' },
      to: { type: 'string' },
      'passphrase-fd': { type: 'string' },
      'new-passphrase-fd': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true || values.to === undefined) {
    process[values.help === true ? 'stdout' : 'stderr'].write(help);
    return values.help === true ? 0 : 2;
  }
  const to = sealChoice('--to', values.to);
  const dataDirectory = resolve(values.data ?? 'holdfast-data');
  process.umask(0o077);
  try {
    await using installation = await openFoundInstallation({
      dataDirectory,
      seal: values.seal === undefined ? undefined : sealChoice('--seal', values.seal),
      passphraseDescriptor: descriptor('--passphrase-fd', values['passphrase-fd']),
    });
    const { installationId, place } = installation;
    const newDescriptor = descriptor('--new-passphrase-fd', values['new-passphrase-fd']);
    using passphrase = new ChosenPassphrase({ descriptor: newDescriptor });
    const target = newPlace(to, installationId, place);
    using seal = sealAt(target, dataDirectory, installationId, () => passphrase.ask());
    // Before anything is changed.
    if (target.kind === 'passphrase') (await passphrase.ask())[Symbol.dispose]();
    for await (const _ of resealing(installation, dataDirectory, target, seal));
    process.stdout.write(`The root key of ${dataDirectory} is now in ${seal.path}.\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof RefusedStart || error instanceof SealError)) throw error;
    process.stderr.write(`holdfast: ${error.message}\n`);
    return 1;
  }
}

/**
 * The steps of a re-sealing; after each the folder can be left as it is. Which seal is in force stands in
 * installation.json, which is replaced as a whole: at every moment exactly one. The other one that the file names is of no
 * use, and whoever opens the folder next removes it.
 * @param seal what will be in force, at `target`
 * @throws SealError when the new seal cannot be made; nothing is changed then
 */
export async function* resealing(
  installation: Installation,
  dataDirectory: string,
  target: SealPlace,
  seal: Seal,
): AsyncGenerator<'announced' | 'kept' | 'in force' | 'destroyed' | 'ended', void> {
  const { installationId, place, sealCheck } = installation;
  if (installation.warning !== undefined) throw new SealError(installation.warning);
  if (existsSync(seal.path)) throw new SealError(`the seal ${seal.path} exists already`);
  const description = readDescription(dataDirectory);
  if (description === undefined) throw new TypeError('the installation is open, and not described');
  writeDescription(dataDirectory, { ...description, seal: place, uselessSeal: target });
  yield 'announced';
  try {
    using rootKey = installation.rootKey();
    await seal.keep(rootKey);
    using kept = await seal.open();
    checkSeal(kept, sealCheck);
  } catch (error) {
    destroySeal(target, dataDirectory, installationId);
    writeDescription(dataDirectory, description);
    throw error;
  }
  yield 'kept';
  writeDescription(dataDirectory, { ...description, seal: target, uselessSeal: place });
  yield 'in force';
  destroySeal(place, dataDirectory, installationId);
  yield 'destroyed';
  writeDescription(dataDirectory, { ...description, seal: target });
  yield 'ended';
}

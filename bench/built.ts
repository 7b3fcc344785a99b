import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The words with which the built package starts, as its launcher does. @throws when it is not built */
export function builtHoldfast(): string[] {
  const main = join(import.meta.dirname, '../dist/main.js');
  if (!existsSync(main))
    throw new Error('`npm run build` first: what is measured is the built package');
  return [process.execPath, main];
}

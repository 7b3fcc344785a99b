import { entryMigrations, type EntryTables } from '../../../test/suites/store-entries.ts';
import { Change } from '../change.ts';
import { engine } from './test-engine.ts';

// The child process of files.test.ts, which may not make large files: commits until it cannot.
const [file = ''] = process.argv.slice(2);
const store = await engine.open<EntryTables>(file, entryMigrations);
let acknowledged = 0;
let failure = '';
while (failure === '' && acknowledged < 1000) {
  const change = new Change();
  const values = { n: acknowledged + 1, text: 'x'.repeat(20_000) };
  change.write(store.db.insertInto('entry').values(values));
  try {
    await store.commit(change);
    acknowledged += 1;
  } catch (error) {
    failure = error instanceof Error ? error.name : 'unknown';
  }
}
process.stdout.write(JSON.stringify({ acknowledged, failure }));
process.exit();

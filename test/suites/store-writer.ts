import { insert, entryMigrations, type EntryTables } from './store-entries.ts';
import type { StoreEngine } from './store.ts';

// The child process of the store's suite, see `forkWriter`. Several Changes are always in flight.
const [module = '', place = '', from = '', count = ''] = process.argv.slice(2);
const { engine } = (await import(module)) as { engine: StoreEngine };
await using store = await engine.open<EntryTables>(place, entryMigrations);
let next = Number(from);
const end = next + Number(count);

async function commitInTurn(): Promise<void> {
  while (next < end) {
    const n = next++;
    await store.commit(insert(store.db, n, -n));
    process.send?.(n);
  }
}

await Promise.all(Array.from({ length: Number(count) > 1000 ? 8 : 1 }, commitInTurn));
process.disconnect?.();

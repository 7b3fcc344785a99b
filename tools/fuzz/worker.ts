import { parentPort, workerData } from 'node:worker_threads';
import { campaign } from './campaign.ts';
import { Coverage } from './coverage.ts';
import type { Watched } from './watched-campaign.ts';
import { CurrentInput } from './current-input.ts';
import type { Target } from './target.ts';

/** One campaign in a thread of its own, so that an input that never comes to an end can be cut off. */
const { module, name, code, options, memory } = workerData as Watched;
// Before the product is loaded, so that its functions are counted from the first call.
using coverage = new Coverage((url) => code.test(url));
const { targets } = (await import(module)) as { targets: Readonly<Record<string, Target>> };
const target = targets[name];
if (target === undefined) throw new TypeError('no such target');
await using subject = await target.start();
const current = new CurrentInput(memory);
const outcome = await campaign(target, subject, coverage, {
  ...options,
  onInput: (input) => current.set(input),
});
parentPort?.postMessage(outcome);

import { lockFolder } from './index.ts';

// The child process of files.test.ts: holds the folder until it is killed.
using _lock = lockFolder(process.argv[2] ?? '');
process.send?.('locked');
await new Promise((resolve) => process.once('disconnect', resolve));

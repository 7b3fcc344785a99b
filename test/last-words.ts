const lines = 30;
const logs: (() => string)[] = [];

/** At the end of this process, if something in it has failed, shows what was logged last: who reads CI sees no more. */
export function showIfFailed(log: () => string): void {
  if (logs.push(log) > 1) return;
  process.once('exit', (status) => {
    if (status === 0) return;
    for (const each of logs) {
      const last = each().trimEnd().split('\n').slice(-lines).join('\n');
      process.stderr.write(`the last lines of a server:\n${last}\n`);
    }
  });
}

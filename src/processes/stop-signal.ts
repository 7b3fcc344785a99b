/** Aborted by SIGTERM, Ctrl-C, or the end of the launcher. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => stop.abort());
  if (process.channel !== undefined) {
    process.once('disconnect', () => stop.abort());
    // To listen to it must not keep this process from ending.
    process.channel.unref();
  }
  return stop.signal;
}

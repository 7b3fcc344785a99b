import type { GatewayFeedPorts } from './ports.ts';

/** How soon a commit of another process is seen, in milliseconds. */
const pollMilliseconds = 50;

/**
 * Waits until there is a change after number `cursor`, `milliseconds` have passed, or `signal` aborts. A
 * change of this process wakes at once; one of another process (the worker renews certificates) is seen
 * by the store's counter.
 */
export async function nextChange(
  { configuration, changed }: Pick<GatewayFeedPorts, 'configuration' | 'changed'>,
  cursor: number,
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  let isOver = milliseconds === 0;
  let wake = (): void => {};
  const end = (): void => {
    isOver = true;
    wake();
  };
  const deadline = setTimeout(end, milliseconds);
  signal.addEventListener('abort', end, { once: true });
  let isMoved = true;
  using _listening = configuration.onMove(() => {
    isMoved = true;
    wake();
  });
  try {
    for (let seen = -1; !isOver && !signal.aborted;) {
      const now = changed();
      if (isMoved || now !== seen) {
        isMoved = false;
        seen = now;
        // Any other number, also a smaller one, is for the caller to look at.
        if ((await configuration.sequence()) !== cursor) return;
        continue;
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollMilliseconds);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener('abort', end);
  }
}

import type { GatewayFeedPorts } from './ports.ts';

/** How soon a commit that moved no load balancer in this process is seen, in milliseconds. */
const pollMilliseconds = 50;

/**
 * Waits until `isCurrent` says no, `milliseconds` have passed, or `signal` aborts. It is asked at first, and after each
 * commit: at once after one of this process that moved a load balancer, soon after any other by the store's counter
 * (the worker renews certificates, somebody changes a policy).
 */
export async function nextChange(
  { configuration, changed }: Pick<GatewayFeedPorts, 'configuration' | 'changed'>,
  isCurrent: () => Promise<boolean>,
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
        if (!(await isCurrent())) return;
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

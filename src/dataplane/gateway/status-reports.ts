import type { ListenerStatus, TargetStatus } from '../../aws/gateway-feed.ts';
import type { ControlPlane } from './control-plane.ts';

const roundMilliseconds = 500;
/** After a report that was refused or lost: each costs an audit record. */
const roundsAfterFailure = 10;

/** Tells the control plane how listeners and targets are: what changed, in one call per round. */
export class StatusReports implements Disposable {
  readonly #controlPlane: ControlPlane;
  readonly #listeners = new Map<string, ListenerStatus>();
  readonly #targets = new Map<string, TargetStatus>();
  readonly #stop = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #isUnderWay = false;
  #pause = 0;

  constructor(controlPlane: ControlPlane) {
    this.#controlPlane = controlPlane;
    this.#timer = setInterval(() => void this.#report(), roundMilliseconds).unref();
  }

  addListener(status: ListenerStatus): void {
    this.#listeners.set(status.ListenerArn, status);
  }

  addTarget(status: TargetStatus): void {
    this.#targets.set(`${status.TargetGroupArn} ${status.Id} ${status.Port}`, status);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#stop.abort();
  }

  async #report(): Promise<void> {
    if (this.#isUnderWay || this.#listeners.size + this.#targets.size === 0) return;
    if (this.#pause > 0) {
      this.#pause -= 1;
      return;
    }
    this.#isUnderWay = true;
    const listeners = new Map(this.#listeners);
    const targets = new Map(this.#targets);
    try {
      await this.#controlPlane.reportStatus(
        { Listeners: [...listeners.values()], Targets: [...targets.values()] },
        this.#stop.signal,
      );
      forget(this.#listeners, listeners);
      forget(this.#targets, targets);
    } catch {
      this.#pause = roundsAfterFailure;
    } finally {
      this.#isUnderWay = false;
    }
  }
}

function forget<T>(pending: Map<string, T>, sent: ReadonlyMap<string, T>): void {
  for (const [key, status] of sent) if (pending.get(key) === status) pending.delete(key);
}

import type { Clock } from '../../lib/clock.ts';

/** Wall-clock movement against the monotonic clock that makes the gateway prove its grants at once. */
const jumpMilliseconds = 60_000;

/**
 * Since when the control plane is silent. The larger of monotonic and boot-time elapsed counts, so that a
 * machine which was suspended does not come back with time left.
 */
export class OfflineTimer {
  readonly #clock: Clock;
  readonly #uptimeSeconds: () => number;
  readonly #limit: number;
  #monotonic: number;
  #uptime: number;
  #drift: number;

  /** @param uptimeSeconds since boot, suspension included (`os.uptime`) */
  constructor(clock: Clock, uptimeSeconds: () => number, limitSeconds: number) {
    this.#clock = clock;
    this.#uptimeSeconds = uptimeSeconds;
    this.#limit = limitSeconds * 1_000;
    this.#monotonic = clock.monotonic();
    this.#uptime = uptimeSeconds();
    this.#drift = this.#wallAgainstMonotonic();
  }

  /** The control plane answered. */
  heard(): void {
    this.#monotonic = this.#clock.monotonic();
    this.#uptime = this.#uptimeSeconds();
  }

  isOver(): boolean {
    const elapsed = this.#clock.monotonic() - this.#monotonic;
    const sinceBoot = (this.#uptimeSeconds() - this.#uptime) * 1_000;
    return Math.max(elapsed, sinceBoot) >= this.#limit;
  }

  /** True once after the wall clock was set, or the machine slept, by more than a minute. */
  hasJumped(): boolean {
    const drift = this.#wallAgainstMonotonic();
    if (Math.abs(drift - this.#drift) <= jumpMilliseconds) return false;
    this.#drift = drift;
    return true;
  }

  #wallAgainstMonotonic(): number {
    return this.#clock.now().epochMilliseconds - this.#clock.monotonic();
  }
}

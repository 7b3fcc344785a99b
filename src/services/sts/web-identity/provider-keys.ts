import type { KeyObject } from 'node:crypto';
import { Recent } from '../../../lib/recent.ts';
import type { WebIdentityToken } from '../domain/web-identity-token.ts';
import { IdpCommunicationErrorException } from '../errors.ts';
import type { IdentityProvider, WebIdentityPorts } from '../ports.ts';
import { keyFor } from './key-for.ts';
import { fetchKeys, type PublishedKey } from './published-keys.ts';

type Provider = Pick<IdentityProvider, 'url' | 'thumbprints'>;
type Ports = Pick<WebIdentityPorts, 'outbound' | 'clock' | 'log'>;

/** Providers whose keys are remembered. */
const capacity = 256;

/** For how long keys are as good as new: what the provider says, within these bounds. */
const fresh = { leastSeconds: 60, mostSeconds: 3_600, byDefaultSeconds: 900 };
/** For so long after that they are used while the provider cannot be asked. */
const staleSeconds = 3_600;
/**
 * A provider is asked again no sooner, whatever tokens come: one that names a key that is not known may be signed with a
 * new key, or be nobody's.
 */
const pause = { seconds: 30, withoutKeysSeconds: 5 };

/**
 * The keys with which providers sign. Accounts that trust a provider's server in different ways do not share what it
 * says.
 */
export class ProviderKeys {
  readonly #ports: Ports;
  readonly #sets = new Recent<KeySet>(capacity);

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /**
   * The key with which a token must be signed; undefined when the provider has none such.
   * @throws IDPCommunicationError
   */
  find(provider: Provider, header: WebIdentityToken['header']): Promise<KeyObject | undefined> {
    const name = [provider.url, ...provider.thumbprints.toSorted()].join(' ');
    return this.#sets.get(name, () => new KeySet(provider, this.#ports)).find(header);
  }
}

/** Of one provider. Times are in milliseconds of the monotonic clock. */
class KeySet {
  readonly #provider: Provider;
  readonly #ports: Ports;
  #keys: readonly PublishedKey[] = [];
  #freshUntil = -Infinity;
  #usableUntil = -Infinity;
  #askAgainAt = -Infinity;
  #asking: Promise<void> | undefined;

  constructor(provider: Provider, ports: Ports) {
    this.#provider = provider;
    this.#ports = ports;
  }

  async find(header: WebIdentityToken['header']): Promise<KeyObject | undefined> {
    if (this.#now() >= this.#freshUntil) await this.#refresh();
    if (this.#now() >= this.#usableUntil) throw new IdpCommunicationErrorException();
    const found = keyFor(header, this.#keys);
    if (found !== undefined) return found;
    await this.#refresh();
    return keyFor(header, this.#keys);
  }

  /** Asks, if the last time is long enough ago. Who comes meanwhile waits for the same answer. */
  async #refresh(): Promise<void> {
    if (this.#asking === undefined && this.#now() >= this.#askAgainAt)
      this.#asking = this.#ask().finally(() => {
        this.#asking = undefined;
      });
    await this.#asking;
  }

  async #ask(): Promise<void> {
    const { outbound, log } = this.#ports;
    try {
      const { keys, maxAgeSeconds } = await fetchKeys(this.#provider, outbound);
      const { leastSeconds, mostSeconds, byDefaultSeconds } = fresh;
      const wished = maxAgeSeconds ?? byDefaultSeconds;
      const freshSeconds = Math.min(Math.max(wished, leastSeconds), mostSeconds);
      this.#keys = keys;
      this.#freshUntil = this.#in(freshSeconds);
      this.#usableUntil = this.#in(freshSeconds + staleSeconds);
    } catch (error) {
      log.warn('the keys of an identity provider could not be had', {
        provider: this.#provider.url,
        reason: error instanceof Error ? error.message : 'unknown',
      });
    }
    const hasKeys = this.#now() < this.#usableUntil;
    this.#askAgainAt = this.#in(hasKeys ? pause.seconds : pause.withoutKeysSeconds);
  }

  #now(): number {
    return this.#ports.clock.monotonic();
  }

  #in(seconds: number): number {
    return this.#now() + seconds * 1000;
  }
}

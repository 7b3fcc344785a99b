import { refuseAsUnavailable } from '../aws/pipeline/refusals.ts';
import type { Pipeline } from '../aws/pipeline.ts';
import { createApiServer, type ApiServer } from '../aws/http/server.ts';
import { systemClock } from '../lib/clock.ts';
import { describeError } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { acmKeyCarriers } from '../services/acm/index.ts';
import { listenAt } from './listen-at.ts';
import { httpsDescriptor, type ServerCertificate } from './messages.ts';
import { replacedAfterHours } from './server-identity.ts';
import type { Supervised } from './under-supervisor.ts';

const hour = 3_600_000;

/** Who answers, and what of the parts fails just now. */
interface Answering {
  readonly pipeline: Pick<Pipeline, 'handle' | 'refuse' | 'mayCarryKey'>;
  readonly failing: () => readonly string[];
}

/**
 * The HTTPS server of an API process. While the process waits for the store it refuses all calls as unavailable, under the
 * certificate of the process before; from `serve` on it serves them, under one of its own, which is replaced while it runs.
 */
export class ApiEdge implements AsyncDisposable {
  readonly #supervised: Supervised;
  #answering: Answering = {
    pipeline: {
      handle: async (request) => refuseAsUnavailable(request, systemRandom),
      refuse: async (request) => refuseAsUnavailable(request, systemRandom),
      mayCarryKey: (target) => acmKeyCarriers.has(target.slice(target.lastIndexOf('.') + 1)),
    },
    failing: () => ['api'],
  };
  #server: ApiServer | undefined;
  #hasCarriedKey = false;

  constructor(supervised: Supervised) {
    this.#supervised = supervised;
  }

  /** Without a certificate that clients can check there is nobody to listen: connections wait in the system's queue. */
  async waitFor(failing: () => readonly string[]): Promise<void> {
    this.#answering = { ...this.#answering, failing };
    const { certificateBefore } = this.#supervised;
    if (this.#server === undefined && certificateBefore !== undefined)
      await this.#listen(certificateBefore);
  }

  /** @param issue makes the next certificate, when it is time */
  async serve(
    answering: Answering,
    first: ServerCertificate,
    issue: () => Promise<ServerCertificate>,
  ): Promise<void> {
    const { log, stop, tell } = this.#supervised;
    this.#answering = answering;
    if (this.#server === undefined) await this.#listen(first);
    else this.#server.useCertificate(first);
    tell({ type: 'certificate', certificate: first });
    let replaceAt = systemClock.now().add({ hours: replacedAfterHours });
    const timer = setInterval(() => {
      if (Temporal.Instant.compare(systemClock.now(), replaceAt) < 0) return;
      issue().then(
        (certificate) => {
          this.#server?.useCertificate(certificate);
          tell({ type: 'certificate', certificate });
          replaceAt = systemClock.now().add({ hours: replacedAfterHours });
        },
        (error: unknown) =>
          log.error("the API's certificate was not replaced", { error: describeError(error) }),
      );
    }, hour);
    stop.addEventListener('abort', () => clearInterval(timer));
  }

  async retire(milliseconds: number): Promise<void> {
    await this.#server?.retire(milliseconds);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]();
  }

  async #listen(tls: ServerCertificate): Promise<void> {
    const { settings, log, tell } = this.#supervised;
    this.#server = createApiServer({
      pipeline: {
        handle: (request) => this.#answering.pipeline.handle(request),
        refuse: (request, error) => this.#answering.pipeline.refuse(request, error),
      },
      tls,
      clock: systemClock,
      log,
      failing: () => this.#answering.failing(),
      onTarget: (target) => {
        if (this.#hasCarriedKey || !this.#answering.pipeline.mayCarryKey(target)) return;
        this.#hasCarriedKey = true;
        tell({ type: 'carried-key' });
      },
    });
    await listenAt(this.#server, '--listen', settings.listen, httpsDescriptor);
  }
}

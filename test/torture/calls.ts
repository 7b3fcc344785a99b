import { setTimeout as sleep } from 'node:timers/promises';

/** A call that was answered, as the client knows it. */
export interface Acknowledged {
  readonly requestId: string;
  readonly eventName: string;
  /** Absent when it succeeded. */
  readonly errorCode?: string;
  /** Absent when it is the installation's own. */
  readonly region?: string;
}

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

const pauseMilliseconds = 40;

/** AWS's errors for "try again", beside 503: of KMS. */
const retryable = ['DependencyTimeoutException'];

interface CallOptions {
  /** Refusals which say, after an attempt in doubt, that it had been done: undefined is answered then. */
  readonly doneAs?: readonly string[];
  /** When it is not the installation's own. */
  readonly region?: string;
}

/** Sends calls until they are answered, and remembers what came of each attempt. */
export class Caller {
  readonly acknowledged: Acknowledged[] = [];
  /** Attempts of which nobody knows what came. */
  inDoubt = 0;
  /** Answers that a client should never see. */
  readonly wrong: string[] = [];
  readonly #patienceMilliseconds: number;

  /** @param patienceMilliseconds however long a process needs to come back, whatever else the machine does */
  constructor(patienceMilliseconds: number) {
    this.#patienceMilliseconds = patienceMilliseconds;
  }

  async ask<T extends { $metadata: { requestId?: string | undefined } }>(
    eventName: string,
    send: () => Promise<T>,
    { doneAs = [], region }: CallOptions = {},
  ): Promise<T | undefined> {
    const end = performance.now() + this.#patienceMilliseconds;
    for (let doubts = 0; ;) {
      try {
        const answer = await send();
        this.#note(answer.$metadata.requestId, { eventName, region });
        return answer;
      } catch (error) {
        const failure = error as Failure;
        const { httpStatusCode: status, requestId } = failure.$metadata ?? {};
        const isAnswered = status !== undefined && requestId !== undefined;
        if (isAnswered && status < 500) {
          const code = failure.name;
          this.#note(requestId, { eventName, region, errorCode: code });
          if (doubts > 0 && doneAs.includes(code)) return undefined;
          throw error;
        }
        if (isAnswered && status !== 503 && !retryable.includes(failure.name)) {
          this.wrong.push(`${eventName} was answered ${status} ${failure.name}, ${requestId}`);
          throw error;
        }
        doubts += 1;
        this.inDoubt += 1;
        if (performance.now() > end)
          throw new Error(`${eventName} got no answer: ${failure.message}`, { cause: error });
        await sleep(pauseMilliseconds);
      }
    }
  }

  #note(
    requestId: string | undefined,
    call: {
      readonly eventName: string;
      readonly region?: string | undefined;
      readonly errorCode?: string;
    },
  ): void {
    if (requestId === undefined) return;
    const { region, ...rest } = call;
    this.acknowledged.push({ requestId, ...rest, ...(region === undefined ? {} : { region }) });
  }
}

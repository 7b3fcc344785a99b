import type { AccountId, Region } from '../aws/arn.ts';
import type { BrokenSet } from '../aws/authority/authority.ts';
import type { Pipeline } from '../aws/pipeline.ts';
import { describeError, type Log } from '../lib/log.ts';

/** Whose trail says what belongs to no other account. */
interface Trail {
  readonly account: AccountId;
  readonly region: Region;
}

/**
 * Says that rows which confer authority are not as the vault authenticated them: an event `StoreTamperingDetected` in
 * the installation's own trail, and a line in the log. Both name the rows, neither what is in them.
 */
export class TamperingAlarm {
  readonly #log: Log;
  #record: ((broken: BrokenSet) => void) | undefined;
  #waiting: BrokenSet[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  raise(broken: BrokenSet): void {
    this.#log.error('rows that confer authority were tampered with', { ...broken });
    if (this.#record === undefined) this.#waiting.push(broken);
    else this.#record(broken);
  }

  /** From now on alarms are recorded; those that came before are first. */
  recordBy({ runJob }: Pick<Pipeline, 'runJob'>, trail: Trail): void {
    const job = { name: 'store-tampering-detected', service: 'store.holdfast.internal', ...trail };
    this.#record = ({ kind, account, region, owner }) => {
      const named = { setKind: kind, setAccount: account, setRegion: region, setOwner: owner };
      runJob(job, async (call) => call.audit.additional(named)).catch((error: unknown) =>
        this.#log.error('an alarm could not be recorded', { error: describeError(error) }),
      );
    };
    for (const broken of this.#waiting.splice(0)) this.#record(broken);
  }
}

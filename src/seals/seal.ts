import type { Secret } from '../lib/secret.ts';

/** How the root key of one installation is kept. test/suites/seal.ts says what every kind must show. */
export interface Seal extends Disposable {
  /** Where it lies. A seal is written once, and never changed. */
  readonly path: string;
  /** Puts the root key under this seal: on disk, whole, when this resolves. @throws SealError if there is something already */
  keep(rootKey: Secret): Promise<void>;
  /** @throws SealError if it is missing, open to others, damaged, another installation's, or not opened by what was given */
  open(): Promise<Secret>;
  /** Opens it once more after `open`, for a vault that is started again: asks nobody. @throws SealError */
  reopen(): Secret;
}

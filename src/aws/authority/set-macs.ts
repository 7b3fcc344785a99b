import { timingSafeEqual } from 'node:crypto';
import { joined } from '../../lib/der-writer.ts';
import { Recent } from '../../lib/recent.ts';
import type { Vault } from '../../vault-client/vault.ts';
import { digestOf, type SetOwner, type SetRow } from './authority-set.ts';
import type { SetRecord } from './set-records.ts';

const macVersion = 1;
const maxKnown = 16_384;

/** The MACs of sets, from the vault. */
export class SetMacs {
  readonly #vault: Pick<Vault, 'authenticateRows'>;
  /** Those that the vault has made, by all that they were made over: none is asked for twice. */
  readonly #known = new Recent<Uint8Array>(maxKnown);

  constructor(vault: Pick<Vault, 'authenticateRows'>) {
    this.#vault = vault;
  }

  /** @returns the version, then the MAC */
  async of(
    named: SetOwner & { readonly kind: string; readonly generation: number },
    rows: readonly SetRow[],
  ): Promise<Uint8Array> {
    const { kind, account, region, owner, generation } = named;
    const digest = digestOf(rows);
    const name = `${kind} ${account} ${region} ${owner} ${generation} ${digest.toHex()}`;
    const known = this.#known.find(name);
    if (known !== undefined) return known;
    const set = { kind, account, region, owner, generation, rowCount: rows.length, digest };
    const mac = joined([Uint8Array.of(macVersion), await this.#vault.authenticateRows(set)]);
    this.#known.set(name, mac);
    return mac;
  }

  /** Whether these are the rows of which the record speaks. */
  async isRight(
    named: SetOwner & { readonly kind: string },
    { generation, row_count, mac }: SetRecord,
    rows: readonly SetRow[],
  ): Promise<boolean> {
    if (row_count !== rows.length || mac[0] !== macVersion) return false;
    if (!Number.isSafeInteger(generation) || generation < 1) return false;
    const right = await this.of({ ...named, generation }, rows);
    return mac.length === right.length && timingSafeEqual(mac, right);
  }
}

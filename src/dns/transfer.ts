import { BlockList, isIPv6 } from 'node:net';
import { plainName } from '../lib/domain-name.ts';
import { plainAddress } from '../lib/ip-network.ts';
import { rcodes } from './answer.ts';
import type { NameServer } from './exchange.ts';
import { formatRefusal, formatTransfer, type Query } from './message.ts';
import type { TransferSource } from './source.ts';

export interface Transfers {
  readonly source: TransferSource;
  /** Who is given zones: known by their addresses. */
  readonly secondaries: readonly NameServer[];
}

/** Answers AXFR and IXFR. */
export type RespondToTransfer = (
  query: Query,
  from: { readonly address: string; readonly isTcp: boolean },
) => Promise<Iterable<Buffer>>;

export function isTransfer({ question }: Query): boolean {
  return question?.type === 'AXFR' || question?.type === 'IXFR';
}

/**
 * Whole zones, to secondaries only. Of IXFR the client learns that its zone is the current one, or gets all of it: no
 * history of a zone is kept.
 * @see RFC 5936, RFC 1995 §2 and §4
 */
export function transferResponder(transfers: Transfers | undefined): RespondToTransfer {
  const allowed = addressList(transfers?.secondaries ?? []);
  return async (query, { address, isTcp }) => {
    const { question, knownSerial } = query;
    const isForUdp = question?.type === 'IXFR';
    if (transfers === undefined || !isIn(allowed, address) || (!isTcp && !isForUdp)) {
      return [formatRefusal(query, rcodes.refused)];
    }
    const zone = await transfers.source.transferOf(plainName(question?.name ?? ''));
    // RFC 5936 §2.2.1: it is no zone of this server's.
    if (zone === undefined) return [formatRefusal(query, rcodes.notAuthoritative)];
    const { soa, records } = zone;
    const { serial } = soa.data as { serial: number };
    const isCurrent = knownSerial !== undefined && !isNewer(serial, knownSerial);
    // RFC 1995 §2: over UDP the SOA alone tells the client to come back over TCP.
    if (isCurrent || !isTcp) return formatTransfer(query, [soa]);
    return formatTransfer(query, [soa, ...records, soa]);
  };
}

/** @see RFC 1982 §3.2 */
function isNewer(serial: number, than: number): boolean {
  const ahead = (serial - than + 2 ** 32) % 2 ** 32;
  return ahead > 0 && ahead < 2 ** 31;
}

function addressList(secondaries: readonly NameServer[]): BlockList {
  const list = new BlockList();
  for (const { host } of secondaries) list.addAddress(host, familyOf(host));
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  const plain = plainAddress(address);
  return list.check(plain, familyOf(plain));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

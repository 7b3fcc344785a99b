/** An IPv4 or IPv6 address as a number. */
export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

interface Range extends Address {
  readonly prefix: number;
}

/** An address, IPv4-mapped IPv6 ones as the IPv4 address that they stand for; undefined when it is none. */
export function readAddress(text: string): Address | undefined {
  const v4 = readV4(text);
  if (v4 !== undefined) return { bits: 32, value: v4 };
  const value = readV6(text);
  if (value === undefined) return undefined;
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value };
}

function readV4(text: string): bigint | undefined {
  const octets = text.split('.');
  if (
    octets.length !== 4 ||
    !octets.every((octet) => /^(0|[1-9][0-9]{0,2})$/.test(octet) && Number(octet) < 256)
  )
    return undefined;
  return octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

function readV6(text: string): bigint | undefined {
  const tail = /(?<=:)[0-9.]+\.[0-9]+$/.exec(text)?.[0];
  const embedded = tail === undefined ? undefined : readV4(tail);
  if (tail !== undefined && embedded === undefined) return undefined;
  const hex =
    tail === undefined || embedded === undefined
      ? text
      : `${text.slice(0, -tail.length)}${(embedded >> 16n).toString(16)}:${(embedded & 0xffffn).toString(16)}`;
  const halves = hex.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], rest = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - rest.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...rest];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

/** A CIDR range, or one address; undefined when it is neither. */
export function readRange(text: string): Range | undefined {
  const [host = '', length, ...more] = text.split('/');
  const address = readAddress(host);
  if (address === undefined || more.length > 0) return undefined;
  if (length === undefined) return { ...address, prefix: address.bits };
  if (!/^[0-9]{1,3}$/.test(length) || Number(length) > address.bits) return undefined;
  return { ...address, prefix: Number(length) };
}

export function isIpRange(text: string): boolean {
  return readRange(text) !== undefined;
}

/** Whether an address lies in a range; one of the other family never does. */
export function isWithin(address: Address, range: Range): boolean {
  const shift = BigInt(range.bits - range.prefix);
  return address.bits === range.bits && address.value >> shift === range.value >> shift;
}

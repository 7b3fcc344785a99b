interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** An address, IPv4-mapped IPv6 ones as the IPv4 address that they stand for; undefined when it is none. */
function readAddress(text: string): Address | undefined {
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

function readRange(text: string): (Address & { prefix: number }) | undefined {
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

/**
 * Whether `text` lies in the CIDR `range`; an address of the other family never does.
 * @returns undefined when one of the two cannot be read
 */
export function isInIpRange(text: string, range: string): boolean | undefined {
  const address = readAddress(text);
  const within = readRange(range);
  if (address === undefined || within === undefined) return undefined;
  const shift = BigInt(within.bits - within.prefix);
  return address.bits === within.bits && address.value >> shift === within.value >> shift;
}

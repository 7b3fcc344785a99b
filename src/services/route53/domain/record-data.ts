import { isIpRange } from '../../../aws/policy/ip-range.ts';
import { parseName, unescapeName, Unreadable } from './names.ts';

/** The types of records that can be kept, and how their text is read into what goes on the wire. */
const readers = {
  A: (text) => {
    if (text.includes(':') || !isAddress(text)) {
      throw new Unreadable('ARRDATAIllegalIPv4Address', 'Value is not a valid IPv4 address', text);
    }
    return text;
  },
  AAAA: (text) => {
    if (!text.includes(':') || !isAddress(text)) {
      throw new Unreadable(
        'AAAARRDATAIllegalIPv6Address',
        'Value is not a valid IPv6 address',
        text,
      );
    }
    return text.toLowerCase();
  },
  CAA: (text) => {
    const match = /^([0-9]{1,3})\s+([a-zA-Z0-9]{1,15})\s+(".*")$/s.exec(text.trim());
    const flags = Number(match?.[1]);
    const [value, ...more] = match === null ? [] : characterStrings(match[3] ?? '');
    if (match === null || flags > 255 || value === undefined || more.length > 0) {
      throw new Unreadable(
        'CAARRDATAInvalid',
        'CAA record is not flags, tag and quoted value',
        text,
      );
    }
    return { flags, tag: match[2], value: value.toString('latin1') };
  },
  CNAME: hostName,
  MX: (text) => {
    const [preference, exchange] = fields(text, 2, 'MX');
    return { preference: whole(preference, 0xff_ff, text), exchange: hostName(exchange) };
  },
  NS: hostName,
  PTR: hostName,
  SOA: (text) => {
    const [mname, rname, ...numbers] = fields(text, 7, 'SOA');
    const [serial, refresh, retry, expire, minimum] = numbers.map((each) =>
      whole(each, 0xff_ff_ff_ff, text),
    );
    return {
      mname: hostName(mname),
      rname: hostName(rname),
      serial,
      refresh,
      retry,
      expire,
      minimum,
    };
  },
  SRV: (text) => {
    const [priority, weight, port, target] = fields(text, 4, 'SRV');
    return {
      priority: whole(priority, 0xff_ff, text),
      weight: whole(weight, 0xff_ff, text),
      port: whole(port, 0xff_ff, text),
      // RFC 2782: a lone dot says that there is no such service.
      target: target === '.' ? '.' : hostName(target),
    };
  },
  TXT: (text) => characterStrings(text),
} satisfies Record<string, (text: string) => unknown>;

export type RecordType = keyof typeof readers;

export function isRecordType(type: string): type is RecordType {
  return Object.hasOwn(readers, type);
}

/**
 * What dns-packet takes as the data of a record.
 * @param value as Route 53 takes it, for example `10 mail.example.com.` for MX
 * @throws Unreadable
 */
export function parseRecordData(type: RecordType, value: string): unknown {
  return readers[type](value);
}

function isAddress(text: string): boolean {
  return !text.includes('/') && isIpRange(text);
}

/** Names in values keep their letters: clients see them as they were written. */
function hostName(text = ''): string {
  parseName(text);
  return unescapeName(text).replace(/\.$/, '');
}

function fields(text: string, count: number, type: string): string[] {
  const found = text.trim().split(/\s+/);
  if (found.length !== count) {
    throw new Unreadable(
      `${type}RRDATANot${count}Fields`,
      `${type} record doesn't have ${count} fields`,
      text,
    );
  }
  return found;
}

function whole(text: string | undefined, most: number, value: string): number {
  const number = Number(text);
  if (text === undefined || !/^[0-9]{1,10}$/.test(text) || number > most) {
    throw new Unreadable('InvalidNumber', 'Value is not a number in range', value);
  }
  return number;
}

/** Strings in quotation marks, each of at most 255 octets; `\"`, `\\` and `\ooo` stand for one octet. */
function characterStrings(text: string): Buffer[] {
  const strings: Buffer[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const match = /^"((?:[^"\\]|\\.)*)"\s*/s.exec(rest);
    if (match === null) {
      throw new Unreadable(
        'InvalidCharacterString',
        'Value should be enclosed in quotation marks',
        text,
      );
    }
    const octets = (match[1] ?? '').replace(/\\([0-3][0-7]{2}|.)/gs, (_whole, escaped: string) =>
      escaped.length === 3 ? String.fromCharCode(Number.parseInt(escaped, 8)) : escaped,
    );
    if (/[\u0100-\uffff]/.test(octets)) {
      throw new Unreadable('UnsupportedCharacter', 'Value contains unsupported characters', text);
    }
    if (octets.length > 255) {
      throw new Unreadable('CharacterStringTooLong', 'Value is too long', text);
    }
    strings.push(Buffer.from(octets, 'latin1'));
    rest = rest.slice(match[0].length);
  }
  if (strings.length === 0) {
    throw new Unreadable(
      'InvalidCharacterString',
      'Value should be enclosed in quotation marks',
      text,
    );
  }
  return strings;
}

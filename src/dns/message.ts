import * as dns from 'dns-packet';
import { plainName } from '../lib/domain-name.ts';
import { rcodes, type Answer, type Rcode } from './answer.ts';
import type { OwnedRecord } from './source.ts';

/** A query that can be answered, or a refusal that needs no look-up. */
export type Query = Header & {
  readonly question?: Question;
  readonly edns?: { readonly udpPayloadSize: number };
  /** Of a client that asks for what is newer (IXFR): the serial that it has. */
  readonly knownSerial?: number;
  /** Set when the query is refused as it stands. */
  readonly refusal?: Rcode;
};

interface Question {
  /** In the letters of the query. */
  readonly name: string;
  /** As dns-packet calls it; `UNKNOWN_65` for types it doesn't know. */
  readonly type: dns.RecordType;
}

interface Header {
  readonly id: number;
  /** The 15 bits after QR. */
  readonly flags: number;
}

/** The largest UDP answer that never needs fragments. @see DNS flag day 2020, RFC 9715 §3.2 */
export const maxUdpPayload = 1232;
/** Without EDNS. @see RFC 1035 §2.3.4 */
const plainUdpPayload = 512;
const maxTcpPayload = 65_535;

const opcodeMask = 0x78_00;
const recursionDesired = 0x01_00;
const checkingDisabled = 0x00_10;
const classIn = 1;

/** Undefined for what gets no answer at all: answers, and what is too short to have a header. */
export function parseQuery(packet: Buffer): Query | undefined {
  if (packet.length < 12 || (packet[2] ?? 0) >= 0x80) return undefined;
  const header = { id: packet.readUInt16BE(0), flags: packet.readUInt16BE(2) & 0x7f_ff };
  if ((header.flags & opcodeMask) !== 0) return { ...header, refusal: rcodes.notImplemented };
  if (!isOneQuestion(packet)) return { ...header, refusal: rcodes.formatError };
  let decoded: dns.DecodedPacket;
  try {
    decoded = dns.decode(packet);
  } catch {
    return { ...header, refusal: rcodes.formatError };
  }
  const asked = decoded.questions?.[0];
  if (asked === undefined || !isFaithful(asked, packet)) {
    return { ...header, refusal: rcodes.formatError };
  }
  // What we write is of class IN: a question of another class is not repeated.
  if (classOf(asked, packet) !== classIn) return { ...header, refusal: rcodes.refused };
  const question = { name: asked.name, type: asked.type };
  const [known] = decoded.authorities ?? [];
  if (known !== undefined && question.type !== 'IXFR') {
    return { ...header, question, refusal: rcodes.formatError };
  }
  const options = (decoded.additionals ?? []).filter((each) => each.type === 'OPT');
  const [edns] = options;
  // RFC 6891 §6.1.1: one OPT record, owned by the root.
  if (options.length > 1 || (edns !== undefined && edns.name !== '.')) {
    return { ...header, question, refusal: rcodes.formatError };
  }
  const query =
    edns === undefined
      ? { ...header, question }
      : { ...header, question, edns: { udpPayloadSize: edns.udpPayloadSize } };
  if (edns !== undefined && edns.ednsVersion !== 0) {
    return { ...query, refusal: rcodes.badVersion };
  }
  if (question.type === 'OPT') return { ...query, refusal: rcodes.refused };
  if (question.type !== 'IXFR') return query;
  // RFC 1995 §3: the client's own SOA.
  const isItsSoa = known?.type === 'SOA' && plainName(known.name) === plainName(question.name);
  if (!isItsSoa) return { ...query, refusal: rcodes.formatError };
  return { ...query, knownSerial: known.data.serial ?? 0 };
}

/**
 * A question, and beside it at most EDNS, a cookie, a signature, and the SOA of an IXFR. A packet that is full of records whose names point to
 * names that point to names costs much more to read than to send.
 */
function isOneQuestion(packet: Buffer): boolean {
  const [questions, answers, authorities, additionals] = [4, 6, 8, 10].map((at) =>
    packet.readUInt16BE(at),
  );
  return questions === 1 && answers === 0 && (authorities ?? 0) <= 1 && (additionals ?? 0) <= 4;
}

/** The answer's octets, cut to what the transport and the client take. */
export function formatAnswer(query: Query, found: Answer, transport: 'udp' | 'tcp'): Buffer {
  const limit = transport === 'tcp' ? maxTcpPayload : udpLimit(query);
  const whole = dns.encode(packetOf(query, found));
  if (whole.length <= limit) return whole;
  // RFC 2181 §9: with TC set the client asks again over TCP, so what would be cut is left out whole.
  return dns.encode(
    packetOf(
      query,
      { ...found, answers: [], authorities: [], additionals: [] },
      dns.TRUNCATED_RESPONSE,
    ),
  );
}

/** Records of a transfer that are first tried in one message. */
const recordsAtOnce = 100;
const transferPayload = 16_384;

/**
 * The messages of a zone transfer, or of an answer to IXFR, with these records in this order.
 * @see RFC 5936 §2.2
 */
export function* formatTransfer(
  query: Query,
  records: readonly OwnedRecord[],
): Generator<Buffer, void> {
  for (let at = 0; at < records.length; at += recordsAtOnce)
    yield* fitted(query, records.slice(at, at + recordsAtOnce));
}

function* fitted(query: Query, answers: readonly OwnedRecord[]): Generator<Buffer, void> {
  const found = { ...withoutRecords(rcodes.noError), isAuthoritative: true, answers };
  const whole = dns.encode(packetOf(query, found));
  if (whole.length <= transferPayload || answers.length === 1) return yield whole;
  const half = answers.length >> 1;
  yield* fitted(query, answers.slice(0, half));
  yield* fitted(query, answers.slice(half));
}

/** An answer without records. */
export function formatRefusal(query: Query, rcode: Rcode): Buffer {
  return dns.encode(packetOf(query, withoutRecords(rcode)));
}

/** Not longer than the query: the client is to ask again over TCP. */
export function formatTruncation(query: Query): Buffer {
  return dns.encode(packetOf(query, withoutRecords(rcodes.noError), dns.TRUNCATED_RESPONSE));
}

function withoutRecords(rcode: Rcode): Answer {
  return { rcode, isAuthoritative: false, answers: [], authorities: [], additionals: [] };
}

/**
 * Whether the name as text is the name of the packet. A label with a dot in it, or one that is not ASCII,
 * is not: no zone here has such names, and an answer must repeat the question octet by octet.
 */
function isFaithful(question: dns.Question, packet: Buffer): boolean {
  if (!/^[\x21-\x7e]+$/.test(question.name)) return false;
  const labels = question.name === '.' ? [] : question.name.split('.');
  const octets = Buffer.concat([
    ...labels.map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, 'latin1')),
    Buffer.alloc(1),
  ]);
  return octets.equals(packet.subarray(12, 12 + octets.length));
}

/** As it stands in the packet: dns-packet takes a bit of it for a flag of mDNS. */
function classOf({ name }: dns.Question, packet: Buffer): number {
  const nameLength = name === '.' ? 1 : name.length + 2;
  return packet.readUInt16BE(12 + nameLength + 2);
}

function udpLimit({ edns }: Query): number {
  const wanted = Math.max(plainUdpPayload, edns?.udpPayloadSize ?? plainUdpPayload);
  return Math.min(wanted, maxUdpPayload);
}

function packetOf(query: Query, found: Answer, extraFlags = 0): dns.Packet {
  const echoed = query.flags & (opcodeMask | recursionDesired | checkingDisabled);
  const authoritative = found.isAuthoritative ? dns.AUTHORITATIVE_ANSWER : 0;
  return {
    type: 'response',
    id: query.id,
    flags: echoed | authoritative | extraFlags | (found.rcode & 0x0f),
    questions: query.question === undefined ? [] : [query.question],
    answers: found.answers.map(toPacket),
    authorities: found.authorities.map(toPacket),
    additionals: [
      ...found.additionals.map(toPacket),
      ...(query.edns === undefined ? [] : [optRecord(found.rcode >> 4)]),
    ],
  };
}

function toPacket(record: OwnedRecord): dns.Answer {
  return { ...record, class: 'IN' } as dns.Answer;
}

function optRecord(extendedRcode: number): dns.Answer {
  return {
    type: 'OPT',
    name: '.',
    udpPayloadSize: maxUdpPayload,
    extendedRcode,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
  };
}

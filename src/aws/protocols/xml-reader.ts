import { isUtf8 } from 'node:buffer';
import { createRequire } from 'node:module';
import { CommonError } from '../errors.ts';
import { maxDepth } from './protocol.ts';
import { escapeXml } from './xml-writer.ts';

/** Elements by name, each an array of its occurrences; text stands under `#text`. */
export type XmlElement = Readonly<Record<string, readonly unknown[]>> | string;

type FastXmlParser = typeof import('fast-xml-parser');

let library:
  | { isWellFormed(this: void, text: string): boolean; parse(this: void, text: string): unknown }
  | undefined;

/** Loaded for the first document: it takes 5 MB of a process, and few callers ever speak XML. */
function loadedLibrary(): NonNullable<typeof library> {
  if (library !== undefined) return library;
  const require = createRequire(import.meta.url);
  const { XMLParser, XMLValidator } = require('fast-xml-parser') as FastXmlParser;
  const parser = new XMLParser({
    ignoreAttributes: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    removeNSPrefix: true,
    parseTagValue: false,
    trimValues: false,
    // Entities are resolved below: only the five of XML itself and character references exist.
    processEntities: false,
    isArray: () => true,
    maxNestedTags: maxDepth,
  });
  library = {
    isWellFormed: (text) => XMLValidator.validate(text) === true,
    parse: (text) => parser.parse(text),
  };
  return library;
}

/**
 * The root element of a document.
 * @throws CommonError serialization: not well-formed, a DTD, deeper than `maxDepth`, no UTF-8
 */
export function readXml(body: Uint8Array): { readonly name: string; readonly element: XmlElement } {
  if (!isUtf8(body)) throw malformed('is not UTF-8');
  if (body.some(isForbidden)) throw malformed('has a control character');
  const text = plainMarkup(Buffer.from(body).toString('utf8'));
  // The validator overlooks text after the root element.
  const { isWellFormed, parse } = loadedLibrary();
  if (!isWellFormed(text) || !text.trimEnd().endsWith('>')) throw malformed('is not well-formed');
  let document: Record<string, readonly unknown[]>;
  try {
    document = parse(text) as Record<string, readonly unknown[]>;
  } catch (cause) {
    throw new CommonError('serialization', 'The XML document cannot be read.', { cause });
  }
  const [root, ...others] = Object.entries(document).filter(([name]) => name !== '#text');
  if (root === undefined || others.length > 0 || root[1].length !== 1)
    throw malformed('has no single root element');
  return { name: root[0], element: root[1][0] as XmlElement };
}

/** The document without comments, and with CDATA sections as escaped text: the parser would mix them up with entities. */
function plainMarkup(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let next = text.indexOf('<!'); next !== -1; next = text.indexOf('<!', at)) {
    parts.push(text.slice(at, next));
    const [start, end] = text.startsWith('<!--', next)
      ? ['<!--', '-->']
      : text.startsWith('<![CDATA[', next)
        ? ['<![CDATA[', ']]>']
        : ['<!', ''];
    if (end === '') throw malformed('has a document type');
    const close = text.indexOf(end, next + start.length);
    if (close === -1) throw malformed('is not well-formed');
    if (end === ']]>') parts.push(escapeXml(text.slice(next + start.length, close)));
    at = close + end.length;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** Occurrences of a child element. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  if (typeof element === 'string' || !Object.hasOwn(element, name)) return [];
  return element[name] as readonly XmlElement[];
}

/** @throws CommonError serialization: it has elements inside */
export function textOf(element: XmlElement): string {
  if (typeof element !== 'string') throw malformed('has an element where a text is expected');
  return element.replaceAll(/&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|(\w+));|&/g, decodeReference);
}

/** XML 1.0 "Char": of the control characters only tab, line feed and carriage return. */
function isForbidden(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d;
}

function decodeReference(
  _all: string,
  decimal: string | undefined,
  hex: string | undefined,
  name: string | undefined,
): string {
  const named = name === undefined ? undefined : predefined.get(name);
  if (named !== undefined) return named;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  if (!isCharacter(code)) throw malformed('has an unknown entity');
  return String.fromCodePoint(code);
}

/** XML 1.0 "Char": neither surrogates nor U+FFFE and U+FFFF, and of the control characters only three. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return !isForbidden(code);
  const isSurrogate = code >= 0xd8_00 && code <= 0xdf_ff;
  return code <= 0x10_ff_ff && !isSurrogate && code !== 0xff_fe && code !== 0xff_ff;
}

const predefined = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function malformed(what: string): CommonError {
  return new CommonError('serialization', `The XML document ${what}.`);
}

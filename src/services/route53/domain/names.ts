import { plainName } from '../../../lib/domain-name.ts';

/** Text that a caller gave and that is no name, address or other value; the message is AWS's or like it. */
export class Unreadable extends Error {
  constructor(fault: string, explanation: string, text: string) {
    super(`FATAL problem: ${fault} (${explanation}) encountered with '${text.slice(0, 100)}'`);
    this.name = 'Unreadable';
  }
}

/**
 * The plain form of a name as Route 53 takes it: any case, with or without the dot at the end, `\052` for
 * an asterisk. @see Route 53 Developer Guide, "DNS domain name format"
 * @throws Unreadable
 */
export function parseName(text: string): string {
  const name = plainName(unescapeName(text));
  // A dot inside a label and characters outside of ASCII have no form in text that every client reads.
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(name)) {
    throw new Unreadable('UnsupportedCharacter', 'Value contains unsupported characters', text);
  }
  for (const label of name.split('.')) {
    if (label === '') throw new Unreadable('DomainLabelEmpty', 'Domain label is empty', text);
    if (label.length > 63) {
      throw new Unreadable('DomainLabelTooLong', 'Domain label is too long', text);
    }
  }
  // RFC 1035 §2.3.4: 255 octets with the lengths of the labels and of the root.
  if (name.length > 253) throw new Unreadable('DomainNameTooLong', 'Domain name is too long', text);
  return name;
}

/** `\ooo` stands for one character. Those that would divide or escape again stay as they are. */
export function unescapeName(text: string): string {
  return text.replace(/\\([0-3][0-7]{2})/g, (escape, octal: string) => {
    const character = String.fromCharCode(Number.parseInt(octal, 8));
    return character === '.' || character === '\\' ? escape : character;
  });
}

/** A plain name as Route 53 writes it. */
export function formatName(name: string): string {
  return `${escapeName(name)}.`;
}

/** All but letters, digits, hyphen and underscore stands as three octal digits. */
export function escapeName(name: string): string {
  return name.replace(
    /[^a-z0-9._-]/g,
    (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
}

/**
 * The labels from right to left, each with a dot after it: `com.example.www.`. In the order of octets all
 * names under one stand together, and this is the order in which Route 53 lists.
 */
export function orderOf(name: string): string {
  return name
    .split('.')
    .reverse()
    .map((label) => `${label}.`)
    .join('');
}

export function nameOfOrder(order: string): string {
  return order.slice(0, -1).split('.').reverse().join('.');
}

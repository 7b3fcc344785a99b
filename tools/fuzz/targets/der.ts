import fc from 'fast-check';
import {
  DerError,
  DerReader,
  derTag,
  integer,
  objectIdentifier,
  time,
  tlv,
} from '../../../src/lib/der.ts';
import { attempt, must, subject, type Target } from '../target.ts';
import { mutatedDer } from '../mutate-der.ts';
import { anyBytes } from './bytes.ts';

const primitive = fc
  .tuple(
    fc.constantFrom(1, 2, 3, 4, 5, 6, 0x0c, 0x13, 0x16, 0x17, 0x18, 0x80, 0x82, 0x87),
    fc.uint8Array({ maxLength: 20 }),
  )
  .map(([tag, content]) => tlv(tag, content));
const { tree } = fc.letrec<{ tree: Uint8Array }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    primitive,
    fc
      .tuple(fc.constantFrom(0x30, 0x31, 0xa0, 0xa3), fc.array(tie('tree'), { maxLength: 5 }))
      .map(([tag, parts]) => tlv(tag, Buffer.concat(parts))),
  ),
}));
const moment = fc
  .constantFrom('991231235959Z', '500101000000Z', '20500101000000Z', '260230000000Z', '26123123596')
  .map((text) =>
    tlv(text.startsWith('20') ? derTag.generalizedTime : derTag.utcTime, Buffer.from(text)),
  );

export const derTarget: Target = {
  about: 'the DER reader, element by element',
  inputs: fc.oneof(tree, moment, anyBytes),
  maxBytes: 16 * 1024,
  mutate: (input, chance) => mutatedDer(input, chance),
  async start() {
    return subject((bytes) => {
      attempt(() => walk(new DerReader(bytes)), [DerError]);
    });
  },
};

/** Reads what is there by its tag; everything that is accepted has one form, which the writer writes too. */
function walk(reader: DerReader): void {
  for (let tag = reader.peekTag(); tag !== undefined; tag = reader.peekTag()) {
    const again = new DerReader(element(reader, tag));
    if ((tag & 0x20) !== 0) walk(again.readConstructed(tag));
    else readPrimitive(again, tag);
    again.end();
  }
  reader.end();
}

function element(reader: DerReader, tag: number): Uint8Array {
  const { raw, content } = reader.next();
  must(isSame(tlv(tag, content), raw), 'an element has one form');
  return raw;
}

function readPrimitive(reader: DerReader, tag: number): void {
  const content = new DerReader(reader.next().raw);
  const raw = content.next().raw;
  const again = new DerReader(raw);
  switch (tag) {
    case derTag.integer: {
      const value = again.readInteger();
      if (value[0]! < 0x80) must(isSame(integer(value), raw), 'an INTEGER has one form');
      break;
    }
    case derTag.objectIdentifier:
      must(
        isSame(objectIdentifier(again.readObjectIdentifier()), raw),
        'an OBJECT IDENTIFIER has one form',
      );
      break;
    case derTag.utcTime:
    case derTag.generalizedTime: {
      const instant = again.readTime();
      const isIn1950To2049 = /^(19[5-9]|20[0-4])/.test(instant.toString());
      if (isIn1950To2049 === (tag === derTag.utcTime))
        must(isSame(time(instant), raw), 'a time has one form');
      break;
    }
    case derTag.bitString:
      again.readBitString();
      break;
    case derTag.boolean:
      again.readBoolean();
      break;
    default:
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

import { Secret } from '../../lib/secret.ts';
import type { MemberRef, ServiceModel, Shape, StructureShape } from '../model.ts';
import type { BodyWriter } from './body-writer.ts';
import type { Input } from './protocol.ts';
import { toIso8601 } from './timestamps.ts';

/** The members of a structure that stand in the body, as elements. */
export function writeMembers(
  writer: BodyWriter,
  model: ServiceModel,
  shape: StructureShape,
  value: Input,
): void {
  for (const [name, ref] of Object.entries(shape.members)) {
    if (ref.location === undefined) writeMember(writer, model, name, ref, value[name]);
  }
}

function writeMember(
  writer: BodyWriter,
  model: ServiceModel,
  name: string,
  ref: MemberRef,
  value: unknown,
): void {
  if (value === undefined || value === null) return;
  const shape = model.shapes[ref.shape] as Shape;
  const element = ref.name ?? name;
  if (shape.type === 'list' && (ref.flattened ?? shape.flattened) === true) {
    for (const item of value as readonly unknown[])
      writeElement(writer, model, shape.member.name ?? element, shape.member.shape, item);
  } else {
    writeElement(writer, model, element, ref.shape, value);
  }
}

export function writeElement(
  writer: BodyWriter,
  model: ServiceModel,
  element: string,
  shapeName: string,
  value: unknown,
): void {
  const shape = model.shapes[shapeName] as Shape;
  writer.text(`<${element}>`);
  switch (shape.type) {
    case 'structure':
      writeMembers(writer, model, shape, value as Input);
      break;
    case 'list':
      for (const item of value as readonly unknown[])
        writeElement(writer, model, shape.member.name ?? 'member', shape.member.shape, item);
      break;
    case 'map':
      for (const [key, item] of Object.entries(value as Input)) {
        writer.text('<entry>');
        writeElement(writer, model, shape.key.name ?? 'key', shape.key.shape, key);
        writeElement(writer, model, shape.value.name ?? 'value', shape.value.shape, item);
        writer.text('</entry>');
      }
      break;
    default:
      writeScalar(writer, shape, value);
  }
  writer.text(`</${element}>`);
}

function writeScalar(writer: BodyWriter, shape: Shape, value: unknown): void {
  if (shape.type === 'blob' && (shape.sensitive === true || value instanceof Secret)) {
    writer.sensitiveBlob(value as Secret | Uint8Array);
  } else if (value instanceof Secret) {
    writer.secretText(value);
  } else {
    writer.text(escapeXml(scalarText(shape, value)));
  }
}

/** A value as it stands in an element or in a header. */
export function scalarText(shape: Shape, value: unknown): string {
  if (shape.type === 'blob') return Buffer.from(value as Uint8Array).toString('base64');
  if (shape.type === 'timestamp') return toIso8601(value as Temporal.Instant);
  return String(value);
}

/** XML 1.0 has no way to write most control characters: they become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[&<>"\p{Cc}\uFFFE\uFFFF]/gu, (character) => escapes.get(character) ?? '\uFFFD');
}

const escapes = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\r', '&#xD;'],
  ['\n', '\n'],
  ['\t', '\t'],
]);

import { Secret } from '../../lib/secret.ts';
import type { HttpAnswer, RequestHead } from '../http/messages.ts';
import type { ServiceModel, Shape, StructureShape } from '../model.ts';
import { decodeBase64 } from './base64.ts';
import { BodyWriter } from './body-writer.ts';
import { JsonReader, serializationError, type JsonToken } from './json-reader.ts';
import type { Input, Protocol } from './protocol.ts';
import { fits } from './scalar-text.ts';
import { epochSeconds, fromEpochSeconds, fromIso8601, toIso8601 } from './timestamps.ts';

/**
 * awsJson1.0 and awsJson1.1: the operation is named by `X-Amz-Target`, input and output are JSON objects.
 * @see Smithy "AWS JSON 1.1 protocol"
 */
export const json: Protocol = {
  readInput({ model, operation }, { body }, secrets) {
    if (operation.input === undefined || body.length === 0) return {};
    const reader = new JsonReader(body);
    const input = new InputReader(reader, model, secrets).value(operation.input);
    reader.end();
    return (input as Input | undefined) ?? {};
  },

  writeOutput({ model, operation }, output, requestId, head) {
    const writer = new BodyWriter();
    // KMS and ACM answer operations without an output shape with an empty body.
    if (operation.output !== undefined) writeValue(writer, model, operation.output, output ?? {});
    return answer(200, writer.finish(), requestId, head);
  },

  writeError(service, error, requestId, head) {
    const writer = new BodyWriter();
    writer.text(`{"__type":${JSON.stringify(error.code)}`);
    if (error.message !== undefined)
      writer.text(`,"${error.messageMember}":${JSON.stringify(error.message)}`);
    const shape = errorShape(service?.model, error.code);
    for (const [name, value] of Object.entries(error.members)) {
      const member = shape?.members[name];
      if (member === undefined || value === undefined || service === undefined) continue;
      // The model of an error may name shapes that no operation uses, and so does not have.
      if (!Object.hasOwn(service.model.shapes, member.shape)) continue;
      writer.text(`,${JSON.stringify(member.name ?? name)}:`);
      writeValue(writer, service.model, member.shape, value);
    }
    writer.text('}');
    return answer(error.status, writer.finish(), requestId, head);
  },
};

/** The modelled error of that wire code. */
export function errorShape(
  model: ServiceModel | undefined,
  code: string,
): StructureShape | undefined {
  const shape = Object.values(model?.shapes ?? {}).find(
    (each) => each.type === 'structure' && each.error?.code === code,
  );
  return shape as StructureShape | undefined;
}

function answer(
  status: number,
  body: Uint8Array,
  requestId: string,
  { headers }: RequestHead,
): HttpAnswer {
  const isVersion10 =
    headers.get('content-type')?.startsWith('application/x-amz-json-1.0') === true;
  return {
    status,
    headers: {
      'content-type': `application/x-amz-json-${isVersion10 ? '1.0' : '1.1'}`,
      'x-amzn-requestid': requestId,
      'cache-control': 'no-cache, no-store, must-revalidate, private',
      expires: '0',
      pragma: 'no-cache',
    },
    body,
  };
}

class InputReader {
  readonly #reader: JsonReader;
  readonly #model: ServiceModel;
  readonly #secrets: DisposableStack;

  constructor(reader: JsonReader, model: ServiceModel, secrets: DisposableStack) {
    this.#reader = reader;
    this.#model = model;
    this.#secrets = secrets;
  }

  /** Undefined for null, which AWS takes as absent. */
  value(shapeName: string): unknown {
    const shape = this.#model.shapes[shapeName] as Shape;
    const token = this.#reader.peek();
    if (token === 'NULL_VALUE') {
      this.#reader.literal(token);
      return undefined;
    }
    if (token === 'START_OBJECT' && shape.type !== 'structure' && shape.type !== 'map')
      throw serializationError('Start of structure or map found where not expected.');
    if (token === 'START_ARRAY' && shape.type !== 'list')
      throw serializationError('Start of list found where not expected.');
    switch (shape.type) {
      case 'structure':
        return this.#structure(shape, token);
      case 'list':
        return this.#list(shape.member.shape, token);
      case 'map':
        return this.#map(shape.value.shape, token);
      case 'boolean':
        if (token !== 'TRUE_VALUE' && token !== 'FALSE_VALUE') throw mismatch(token, 'Boolean');
        this.#reader.literal(token);
        return token === 'TRUE_VALUE';
      case 'timestamp':
        return this.#timestamp(shape, token);
      case 'string':
        if (token !== 'STRING_VALUE') throw mismatch(token, 'String');
        return this.#reader.string();
      case 'blob':
        if (token !== 'STRING_VALUE') throw mismatch(token, 'Blob');
        return this.#blob(shape.sensitive === true);
      default:
        return this.#number(shape.type, token);
    }
  }

  #structure({ members }: StructureShape, token: JsonToken): Input {
    if (token !== 'START_OBJECT') throw mismatch(token, 'Structure');
    const wireNames = memberNames(members);
    const structure: Record<string, unknown> = {};
    this.#reader.object((key) => {
      const name = wireNames.get(key);
      if (name === undefined) {
        this.#reader.skip();
      } else {
        const value = this.value(members[name]!.shape);
        if (value !== undefined) structure[name] = value;
      }
    });
    return structure;
  }

  #list(member: string, token: JsonToken): unknown[] {
    if (token !== 'START_ARRAY') throw mismatch(token, 'List');
    const list: unknown[] = [];
    this.#reader.array(() => list.push(this.value(member)));
    return list;
  }

  #map(value: string, token: JsonToken): Input {
    if (token !== 'START_OBJECT') throw mismatch(token, 'Map');
    const entries: [string, unknown][] = [];
    this.#reader.object((key) => entries.push([key, this.value(value)]));
    // Defines own properties, whatever the keys are called.
    return Object.fromEntries(entries);
  }

  #timestamp({ format }: { readonly format?: string }, token: JsonToken): Temporal.Instant {
    const instant =
      token === 'NUMBER_VALUE'
        ? fromEpochSeconds(this.#reader.number())
        : token === 'STRING_VALUE' && format === 'iso8601'
          ? fromIso8601(this.#reader.string())
          : undefined;
    if (instant === undefined) throw mismatch(token, 'Timestamp');
    return instant;
  }

  #blob(isSensitive: boolean): Uint8Array | Secret {
    const text = this.#reader.stringBytes();
    const bytes = text === undefined ? undefined : decodeBase64(text);
    if (isSensitive) text?.fill(0x2a);
    if (bytes === undefined) throw serializationError('A blob is not base64.');
    return isSensitive ? this.#secrets.use(new Secret(bytes)) : bytes;
  }

  #number(type: 'integer' | 'long' | 'float' | 'double', token: JsonToken): number {
    const isWhole = type === 'integer' || type === 'long';
    if (token !== 'NUMBER_VALUE') throw mismatch(token, isWhole ? 'Integer' : 'Double');
    const number = this.#reader.number();
    if (!fits(type, number)) throw serializationError('A number is not whole, or too large.');
    return number;
  }
}

function mismatch(token: JsonToken, type: string): Error {
  return serializationError(`${token} cannot be converted to ${type}`);
}

const wireNamesOf = new WeakMap<object, ReadonlyMap<string, string>>();

/** Members by the names that they have on the wire; never looked up by what a client sent otherwise. */
function memberNames(members: StructureShape['members']): ReadonlyMap<string, string> {
  let names = wireNamesOf.get(members);
  if (names === undefined) {
    names = new Map(Object.entries(members).map(([name, ref]) => [ref.name ?? name, name]));
    wireNamesOf.set(members, names);
  }
  return names;
}

interface WrittenMember {
  readonly name: string;
  /** `"Name":` */
  readonly label: string;
  readonly shape: string;
}

const writtenMembersOf = new WeakMap<object, readonly WrittenMember[]>();

function writtenMembers(members: StructureShape['members']): readonly WrittenMember[] {
  let written = writtenMembersOf.get(members);
  if (written === undefined) {
    written = Object.entries(members).map(([name, ref]) => ({
      name,
      label: `${JSON.stringify(ref.name ?? name)}:`,
      shape: ref.shape,
    }));
    writtenMembersOf.set(members, written);
  }
  return written;
}

function writeValue(
  writer: BodyWriter,
  model: ServiceModel,
  shapeName: string,
  value: unknown,
): void {
  const shape = model.shapes[shapeName] as Shape;
  switch (shape.type) {
    case 'structure': {
      const object = value as Input;
      let before = '{';
      for (const { name, label, shape: member } of writtenMembers(shape.members)) {
        if (!isPresent(object[name])) continue;
        writer.text(before + label);
        writeValue(writer, model, member, object[name]);
        before = ',';
      }
      writer.text(before === '{' ? '{}' : '}');
      return;
    }
    case 'list':
      writeSequence(writer, '[]', value as readonly unknown[], (item) =>
        writeValue(writer, model, shape.member.shape, item),
      );
      return;
    case 'map':
      writeSequence(writer, '{}', Object.entries(value as Input), ([key, item]) => {
        writer.text(`${JSON.stringify(key)}:`);
        writeValue(writer, model, shape.value.shape, item);
      });
      return;
    default:
      writeScalar(writer, shape, value);
  }
}

function writeScalar(writer: BodyWriter, shape: Shape, value: unknown): void {
  if (shape.type === 'blob' && (shape.sensitive === true || value instanceof Secret)) {
    writer.text('"');
    writer.sensitiveBlob(value as Secret | Uint8Array);
    writer.text('"');
  } else if (value instanceof Secret) {
    writer.text('"');
    writer.secretText(value);
    writer.text('"');
  } else if (shape.type === 'blob') {
    writer.text(`"${Buffer.from(value as Uint8Array).toString('base64')}"`);
  } else if (shape.type === 'timestamp') {
    const instant = value as Temporal.Instant;
    writer.text(
      shape.format === 'iso8601'
        ? JSON.stringify(toIso8601(instant))
        : String(epochSeconds(instant)),
    );
  } else {
    writer.text(JSON.stringify(value));
  }
}

function writeSequence<Item>(
  writer: BodyWriter,
  [open = '', close = '']: string,
  items: readonly Item[],
  writeOne: (item: Item) => void,
): void {
  writer.text(open);
  for (const [index, item] of items.entries()) {
    if (index > 0) writer.text(',');
    writeOne(item);
  }
  writer.text(close);
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

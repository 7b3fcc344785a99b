import { CommonError } from '../errors.ts';
import type { RequestHead } from '../http/messages.ts';
import type { MemberRef, OperationModel, ServiceModel, Shape, StructureShape } from '../model.ts';
import { BodyWriter } from './body-writer.ts';
import { parseForm, percentDecode } from './form.ts';
import type { Input, Protocol, WireOperation } from './protocol.ts';
import { readScalar } from './scalar-text.ts';
import { writeXmlError, xmlAnswer, xmlDeclaration } from './xml-error.ts';
import { childrenOf, readXml, textOf, type XmlElement } from './xml-reader.ts';
import { scalarText, writeElement, writeMembers } from './xml-writer.ts';

/**
 * restXml: method and path name the operation; members stand in the path, the query, headers and an XML body.
 * @see Smithy "AWS restXml protocol"
 */
export const restXml: Protocol = {
  readInput({ model, operation }, { head, body }, secrets) {
    if (operation.input === undefined) return {};
    const shape = model.shapes[operation.input] as StructureShape;
    const labels = matchPath(operation.uri, head.path) ?? new Map<string, string>();
    const parameters = parseForm(head.query);
    const input: Record<string, unknown> = {};
    for (const [name, ref] of Object.entries(shape.members)) {
      const text = outsideBody(ref, name, { labels, parameters, head });
      if (text !== undefined)
        input[name] = readScalar(model.shapes[ref.shape] as Shape, text, secrets);
    }
    return { ...input, ...readBody(model, operation, shape, body, secrets) };
  },

  writeOutput(wire, output, requestId) {
    const { model, operation } = wire;
    const writer = new BodyWriter();
    const headers: Record<string, string> = {};
    if (operation.output !== undefined) {
      const shape = model.shapes[operation.output] as StructureShape;
      const value = (output ?? {}) as Input;
      for (const [name, ref] of Object.entries(shape.members)) {
        if (ref.location === 'header' && value[name] !== undefined)
          headers[(ref.name ?? name).toLowerCase()] = headerText(
            scalarText(model.shapes[ref.shape] as Shape, value[name]),
          );
      }
      writeBody(writer, wire, shape, value);
    }
    return xmlAnswer(operation.status ?? 200, writer, requestId, headers);
  },

  writeError(service, error, requestId) {
    const namespace = service === undefined ? undefined : namespaceOf(service);
    return writeXmlError(service?.model, namespace, error, requestId);
  },
};

/** Which operation of the model a request is for. */
export function routeRest(model: ServiceModel, head: RequestHead): string | undefined {
  const found = Object.entries(model.operations).find(
    ([, { method, uri }]) => method === head.method && matchPath(uri, head.path) !== undefined,
  );
  return found?.[0];
}

/**
 * The labels of `/2013-04-01/hostedzone/{Id}/rrset/` in a path, still encoded; a last slash plays no part.
 * Dot segments and empty ones match nothing: the signature covers the path without them.
 */
function matchPath(template: string, path: string): ReadonlyMap<string, string> | undefined {
  const wanted = segmentsOf(template);
  const given = segmentsOf(path);
  if (wanted.length !== given.length || given.some((each) => ['', '.', '..'].includes(each)))
    return undefined;
  const labels = new Map<string, string>();
  for (const [index, segment] of wanted.entries()) {
    const label = /^\{(.+)\}$/.exec(segment)?.[1];
    if (label !== undefined) labels.set(label, given[index]!);
    else if (segment !== given[index]) return undefined;
  }
  return labels;
}

function segmentsOf(path: string): readonly string[] {
  return path.replace(/^\//, '').replace(/\/$/, '').split('/');
}

function outsideBody(
  ref: MemberRef,
  member: string,
  from: {
    readonly labels: ReadonlyMap<string, string>;
    readonly parameters: ReadonlyMap<string, string>;
    readonly head: RequestHead;
  },
): string | undefined {
  const name = ref.name ?? member;
  switch (ref.location) {
    case 'uri':
      return decoded(from.labels.get(name));
    case 'querystring':
      return from.parameters.get(name);
    case 'header':
      return from.head.headers.get(name.toLowerCase());
    default:
      return undefined;
  }
}

function decoded(text: string | undefined): string | undefined {
  return text === undefined ? undefined : percentDecode(text);
}

function readBody(
  model: ServiceModel,
  { inputElement }: OperationModel,
  shape: StructureShape,
  body: Uint8Array,
  secrets: DisposableStack,
): Input {
  const payload = shape.payload === undefined ? undefined : shape.members[shape.payload];
  if (inputElement === undefined && payload === undefined) return {};
  if (body.length === 0) return {};
  const { name, element } = readXml(body);
  if (payload !== undefined)
    return { [shape.payload!]: readElement(model, payload.shape, element, secrets) };
  if (name !== inputElement)
    throw new CommonError('serialization', `The root element is not ${inputElement}.`);
  return readStructure(model, shape, element, secrets);
}

function readStructure(
  model: ServiceModel,
  shape: StructureShape,
  element: XmlElement,
  secrets: DisposableStack,
): Input {
  const structure: Record<string, unknown> = {};
  for (const [name, ref] of Object.entries(shape.members)) {
    if (ref.location !== undefined) continue;
    const target = model.shapes[ref.shape] as Shape;
    const children = childrenOf(element, ref.name ?? name);
    const [first] = children;
    if (first === undefined) continue;
    if (target.type === 'list' && (ref.flattened ?? target.flattened) === true) {
      structure[name] = children.map((each) =>
        readElement(model, target.member.shape, each, secrets),
      );
    } else {
      if (children.length > 1)
        throw new CommonError(
          'serialization',
          `The element ${ref.name ?? name} stands there twice.`,
        );
      structure[name] = readElement(model, ref.shape, first, secrets);
    }
  }
  return structure;
}

function readElement(
  model: ServiceModel,
  shapeName: string,
  element: XmlElement,
  secrets: DisposableStack,
): unknown {
  const shape = model.shapes[shapeName] as Shape;
  switch (shape.type) {
    case 'structure':
      return readStructure(model, shape, element, secrets);
    case 'list':
      return childrenOf(element, shape.member.name ?? 'member').map((each) =>
        readElement(model, shape.member.shape, each, secrets),
      );
    case 'map':
      return Object.fromEntries(
        childrenOf(element, 'entry').map((entry) => [
          textOf(childrenOf(entry, shape.key.name ?? 'key')[0] ?? ''),
          readElement(
            model,
            shape.value.shape,
            childrenOf(entry, shape.value.name ?? 'value')[0] ?? '',
            secrets,
          ),
        ]),
      );
    default:
      return readScalar(shape, textOf(element), secrets);
  }
}

function writeBody(
  writer: BodyWriter,
  wire: WireOperation,
  shape: StructureShape,
  value: Input,
): void {
  const { model, operation } = wire;
  const payload = shape.payload === undefined ? undefined : shape.members[shape.payload];
  writer.text(xmlDeclaration);
  if (payload !== undefined) {
    const element = payload.name ?? shape.payload!;
    writeElement(writer, model, element, payload.shape, value[shape.payload!]);
  } else {
    writer.text(`<${operation.output} xmlns="${namespaceOf(wire)}">`);
    writeMembers(writer, model, shape, value);
    writer.text(`</${operation.output}>`);
  }
}

/** The model does not tell it; Route 53's is `https://route53.amazonaws.com/doc/2013-04-01/`. */
function namespaceOf({
  model,
  signingName,
}: {
  readonly model: ServiceModel;
  readonly signingName: string;
}): string {
  return `https://${signingName}.amazonaws.com/doc/${model.apiVersion}/`;
}

function headerText(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, (character) => encodeURIComponent(character));
}

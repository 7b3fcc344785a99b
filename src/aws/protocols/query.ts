import { CommonError } from '../errors.ts';
import type { ServiceModel, Shape, StructureShape } from '../model.ts';
import { BodyWriter } from './body-writer.ts';
import { parseForm } from './form.ts';
import { maxDepth, type Input, type Protocol, type WireRequest } from './protocol.ts';
import { readScalar } from './scalar-text.ts';
import { writeXmlError, xmlAnswer } from './xml-error.ts';
import { writeMembers } from './xml-writer.ts';

/**
 * awsQuery: a form with `Action`, `Version` and dotted names goes in, XML comes out.
 * @see Smithy "AWS Query protocol"
 */
export const query: Protocol = {
  readInput({ model, operation }, request, secrets) {
    const form = parseForm(formText(request));
    if (operation.input === undefined) return {};
    return (readValue(model, operation.input, nodesOf(form), secrets) as Input | undefined) ?? {};
  },

  writeOutput({ model, name, operation }, output, requestId) {
    const writer = new BodyWriter();
    writer.text(`<${name}Response xmlns="${model.xmlNamespace}">`);
    if (operation.output !== undefined) {
      const wrapper = operation.resultWrapper ?? `${name}Result`;
      writer.text(`<${wrapper}>`);
      const shape = model.shapes[operation.output] as StructureShape;
      writeMembers(writer, model, shape, (output ?? {}) as Input);
      writer.text(`</${wrapper}>`);
    }
    writer.text(
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
    );
    return xmlAnswer(200, writer, requestId);
  },

  writeError(service, error, requestId) {
    return writeXmlError(service?.model, service?.model.xmlNamespace, error, requestId);
  },
};

/** The form: the query of the URL, and the body that a POST may add to it. */
export function formText({ head, body }: WireRequest): string {
  if (head.method === 'GET') return head.query;
  const text = Buffer.from(body).toString('latin1');
  return head.query === '' ? text : `${head.query}&${text}`;
}

/** Parameters by the parts of their names: `Tags.member.1.Key`. */
interface Node {
  value: string | undefined;
  readonly children: Map<string, Node>;
}

function nodesOf(form: ReadonlyMap<string, string>): Node {
  const root: Node = { value: undefined, children: new Map() };
  for (const [name, value] of form) {
    const parts = name.split('.', maxDepth + 1);
    if (parts.length > maxDepth)
      throw new CommonError(
        'serialization',
        `A parameter is nested deeper than ${maxDepth} levels.`,
      );
    let node = root;
    for (const part of parts) {
      let child = node.children.get(part);
      if (child === undefined) {
        child = { value: undefined, children: new Map() };
        node.children.set(part, child);
      }
      node = child;
    }
    node.value = value;
  }
  return root;
}

function readValue(
  model: ServiceModel,
  shapeName: string,
  node: Node,
  secrets: DisposableStack,
): unknown {
  const shape = model.shapes[shapeName] as Shape;
  switch (shape.type) {
    case 'structure':
      return readStructure(model, shape, node, secrets);
    case 'list': {
      const member = shape.member.name ?? 'member';
      const items = shape.flattened === true ? node : node.children.get(member);
      return numbered(items).map((item) => readValue(model, shape.member.shape, item, secrets));
    }
    case 'map': {
      const entries = shape.flattened === true ? node : node.children.get('entry');
      return Object.fromEntries(
        numbered(entries).map(({ children }) => [
          children.get(shape.key.name ?? 'key')?.value ?? '',
          readOptional(
            model,
            shape.value.shape,
            children.get(shape.value.name ?? 'value'),
            secrets,
          ),
        ]),
      );
    }
    default:
      return node.value === undefined ? undefined : readScalar(shape, node.value, secrets);
  }
}

function readStructure(
  model: ServiceModel,
  shape: StructureShape,
  node: Node,
  secrets: DisposableStack,
): Input {
  const structure: Record<string, unknown> = {};
  for (const [name, ref] of Object.entries(shape.members)) {
    const value = readOptional(model, ref.shape, node.children.get(ref.name ?? name), secrets);
    if (value !== undefined) structure[name] = value;
  }
  return structure;
}

function readOptional(
  model: ServiceModel,
  shapeName: string,
  node: Node | undefined,
  secrets: DisposableStack,
): unknown {
  return node === undefined ? undefined : readValue(model, shapeName, node, secrets);
}

/** Children named by whole numbers, in the order of these; gaps are closed, as AWS does. */
function numbered(node: Node | undefined): readonly Node[] {
  return [...(node?.children ?? [])]
    .map(([name, child]) => {
      if (!/^[1-9][0-9]{0,8}$/.test(name))
        throw new CommonError(
          'serialization',
          'A list of the request has a key that is no number.',
        );
      return [Number(name), child] as const;
    })
    .toSorted(([one], [other]) => one - other)
    .map(([, child]) => child);
}

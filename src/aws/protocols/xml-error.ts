import type { HttpAnswer } from '../http/messages.ts';
import type { ServiceModel } from '../model.ts';
import { BodyWriter } from './body-writer.ts';
import { errorShape } from './json.ts';
import type { WireError } from './protocol.ts';
import { escapeXml, writeElement } from './xml-writer.ts';

/** `ErrorResponse`, as the query services and Route 53 write it. */
export function writeXmlError(
  model: ServiceModel | undefined,
  namespace: string | undefined,
  error: WireError,
  requestId: string,
): HttpAnswer {
  const writer = new BodyWriter();
  const attribute = namespace === undefined ? '' : ` xmlns="${namespace}"`;
  writer.text(
    `${xmlDeclaration}<ErrorResponse${attribute}><Error><Type>${error.status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${escapeXml(error.code)}</Code>`,
  );
  if (error.message !== undefined) writer.text(`<Message>${escapeXml(error.message)}</Message>`);
  const shape = errorShape(model, error.code);
  for (const [name, value] of Object.entries(error.members)) {
    const member = shape?.members[name];
    // The model of an error may name shapes that no operation uses, and so does not have.
    if (model === undefined || member === undefined || value === undefined) continue;
    if (Object.hasOwn(model.shapes, member.shape))
      writeElement(writer, model, member.name ?? name, member.shape, value);
  }
  writer.text(`</Error><RequestId>${requestId}</RequestId></ErrorResponse>`);
  return xmlAnswer(error.status, writer, requestId);
}

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function xmlAnswer(
  status: number,
  writer: BodyWriter,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId, ...headers },
    body: writer.finish(),
  };
}

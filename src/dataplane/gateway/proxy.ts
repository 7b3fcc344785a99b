import type { ClientRequest, IncomingMessage } from 'node:http';
import { answerError, answerFixed, answerRedirect } from './answers.ts';
import type { Exchange } from './answers.ts';
import { chooseTarget } from './front.ts';
import type { Chosen, Front } from './front.ts';
import { endToEnd, headersForTarget } from './headers.ts';
import type { RawHeaders } from './headers.ts';
import { hasBody, refusalOf } from './request-check.ts';

const connectMilliseconds = 10_000;

/** RFC 9110 §9.2.2: doing them twice is doing them once. */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);
/** RFC 9110 §8.6: these say a length even when there is no body. */
const saysEmptyLength = new Set(['POST', 'PUT', 'PATCH']);

/** Answers one request of a client as its listener's default action says. */
export function serveRequest(front: Front, exchange: Exchange): void {
  const refusal = refusalOf(exchange.request);
  if (refusal !== undefined) {
    // RFC 9112 §11.2: where the next request begins is for nobody to guess.
    exchange.response.shouldKeepAlive = false;
    return answerError(exchange, refusal);
  }
  const { action } = front;
  switch (action?.Type) {
    case 'fixed-response':
      return answerFixed(exchange, action);
    case 'redirect':
      return answerRedirect(exchange, action, front);
    case 'forward': {
      const chosen = chooseTarget(front);
      return chosen === undefined ? answerError(exchange, 503) : forward(front, chosen, exchange);
    }
    case undefined:
      return answerError(exchange, 503);
  }
}

function forward(front: Front, chosen: Chosen, exchange: Exchange): void {
  const { request, response } = exchange;
  const isEmpty = !hasBody(request);
  const headers = framed(headersForTarget(request, front), request, isEmpty);
  let toTarget: ClientRequest | undefined;
  response.once('close', () => toTarget?.destroy());
  const attempt = (isRetry: boolean): void => {
    const { method, url: path } = request;
    const current = chosen.group.request(chosen.target, { method, path, headers });
    if (current === undefined) return answerError(exchange, 400);
    toTarget = current;
    const isTimedOut = limitTime(current, front.attributes.idleMilliseconds);
    const isOver = (): boolean => response.destroyed || response.headersSent;
    current.on('response', (fromTarget) => relay(fromTarget, exchange));
    current.on('upgrade', (_answer, socket) => socket.destroy());
    // A failure after the response began shows in the response's own stream.
    current.on('error', () => {
      if (isOver()) return;
      // The target closed a pooled connection just as it was taken.
      if (current.reusedSocket && isEmpty && !isRetry && idempotent.has(request.method ?? ''))
        attempt(true);
      else answerError(exchange, isTimedOut() ? 504 : 502);
    });
    current.on('close', () => {
      if (current === toTarget && !isOver()) answerError(exchange, 502);
    });
    if (isEmpty) current.end();
    else request.pipe(current);
  };
  attempt(false);
}

function framed(headers: RawHeaders, request: IncomingMessage, isEmpty: boolean): RawHeaders {
  // RFC 9112 §6.3: the chunks were taken apart here, and are made anew.
  if (request.headers['transfer-encoding'] !== undefined)
    headers.push('Transfer-Encoding', 'chunked');
  else if (
    isEmpty &&
    request.headers['content-length'] === undefined &&
    saysEmptyLength.has(request.method ?? '')
  )
    headers.push('Content-Length', '0');
  return headers;
}

/** Ends a request whose target is not connected in time or falls silent; tells whether that was so. */
function limitTime(toTarget: ClientRequest, idleMilliseconds: number): () => boolean {
  let isTimedOut = false;
  const expire = (): void => {
    isTimedOut = true;
    toTarget.destroy(new Error('the target did not answer in time'));
  };
  toTarget.setTimeout(idleMilliseconds, expire);
  const connecting = setTimeout(expire, connectMilliseconds);
  const clear = (): void => clearTimeout(connecting);
  toTarget.on('socket', (socket) => {
    if (socket.connecting) socket.once('connect', clear);
    else clear();
  });
  toTarget.once('close', clear);
  return () => isTimedOut;
}

function relay(fromTarget: IncomingMessage, exchange: Exchange): void {
  const { response, isClosing } = exchange;
  const headers = endToEnd(fromTarget);
  if (isClosing()) {
    response.shouldKeepAlive = false;
    headers.push('Connection', 'close');
  }
  try {
    response.writeHead(fromTarget.statusCode ?? 502, headers);
  } catch {
    // A status or a header that HTTP does not allow.
    fromTarget.destroy();
    return answerError(exchange, 502);
  }
  fromTarget.pipe(response);
  fromTarget.on('error', () => {});
  fromTarget.once('close', () => {
    // Broken half way: the client must see that it is not the whole.
    if (!fromTarget.complete) response.destroy();
  });
}

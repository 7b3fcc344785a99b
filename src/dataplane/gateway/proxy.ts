import type {
  ClientRequest,
  IncomingMessage,
  OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';
import { pipeline } from 'node:stream';
import type { Duplex } from 'node:stream';
import type {
  GatewayAction,
  GatewayFixedResponseAction,
  GatewayRedirectAction,
} from '../../aws/gateway-feed.ts';
import type { Target, TargetGroup } from './targets.ts';

const connectMilliseconds = 10_000;
const idleMilliseconds = 60_000;
/** AWS: the request line and each header are at most 16 KB. */
const maxLineBytes = 16 * 1024;

/** RFC 9110 §7.6.1: for this connection only. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export interface Front {
  readonly protocol: 'HTTP' | 'HTTPS';
  /** As the customer named it. */
  readonly port: number;
  readonly action: GatewayAction | undefined;
  readonly targetGroup: (arn: string) => TargetGroup | undefined;
  /** In [0, 1): chooses among weighted target groups. */
  readonly chance: () => number;
}

/** Answers one request of a client as its listener's default action says. */
export function serveRequest(
  front: Front,
  request: IncomingMessage,
  response: ServerResponse,
  isClosing: () => boolean,
): void {
  const { action } = front;
  const long = (request.url ?? '').length > maxLineBytes;
  if (long) return answer(response, 414, isClosing);
  if (request.rawHeaders.some((text) => text.length > maxLineBytes))
    return answer(response, 400, isClosing);
  if (action === undefined) return answer(response, 503, isClosing);
  switch (action.Type) {
    case 'fixed-response':
      return answerFixed(action, response, isClosing);
    case 'redirect':
      return answerRedirect(action, front, request, response, isClosing);
    case 'forward': {
      const chosen = chooseTarget(front);
      if (chosen === undefined) return answer(response, 503, isClosing);
      return forward(front, chosen, request, response, isClosing);
    }
  }
}

/** Passes a WebSocket (or other upgrade) through; the bytes after it are not looked at. */
export function serveUpgrade(
  front: Front,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const chosen = front.action?.Type === 'forward' ? chooseTarget(front) : undefined;
  if (chosen === undefined) {
    socket.end(
      'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    );
    return;
  }
  const headers = {
    ...forwardedHeaders(front, request),
    connection: 'Upgrade',
    upgrade: request.headers.upgrade,
  };
  const toTarget = chosen.group.request(chosen.target, {
    method: request.method ?? 'GET',
    path: request.url,
    headers,
  });
  toTarget.on('upgrade', (response, targetSocket, targetHead) => {
    socket.write(rawHead(response));
    if (targetHead.length > 0) socket.write(targetHead);
    if (head.length > 0) targetSocket.write(head);
    pipeline(socket, targetSocket, socket, () => {
      socket.destroy();
      targetSocket.destroy();
    });
  });
  toTarget.on('response', (response) => {
    socket.write(rawHead(response));
    pipeline(response, socket, () => socket.destroy());
  });
  toTarget.on('error', () =>
    socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
  );
  socket.on('error', () => toTarget.destroy());
  toTarget.end();
}

function rawHead(response: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${response.statusCode} ${response.statusMessage}`];
  for (let i = 0; i < response.rawHeaders.length; i += 2) {
    const name = response.rawHeaders[i] ?? '';
    // Node has already taken the chunks apart; the connection ends with the body.
    if (name.toLowerCase() !== 'transfer-encoding')
      lines.push(`${name}: ${response.rawHeaders[i + 1]}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

interface Chosen {
  readonly group: TargetGroup;
  readonly target: Target;
}

function chooseTarget(front: Front): Chosen | undefined {
  if (front.action?.Type !== 'forward') return undefined;
  const weighted = front.action.ForwardConfig.TargetGroups.filter(({ Weight = 1 }) => Weight > 0);
  const total = weighted.reduce((sum, { Weight = 1 }) => sum + Weight, 0);
  let at = front.chance() * total;
  const tuple = weighted.find(({ Weight = 1 }) => (at -= Weight) < 0);
  const group = tuple === undefined ? undefined : front.targetGroup(tuple.TargetGroupArn);
  const target = group?.next();
  return group === undefined || target === undefined ? undefined : { group, target };
}

function forward(
  front: Front,
  chosen: Chosen,
  request: IncomingMessage,
  response: ServerResponse,
  isClosing: () => boolean,
): void {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined ||
    request.headers['content-length'] !== undefined;
  const headers = forwardedHeaders(front, request);
  if (request.headers['transfer-encoding'] !== undefined) {
    // RFC 9112 §6.1: the length that came with the chunks is not passed on.
    delete headers['content-length'];
    headers['transfer-encoding'] = 'chunked';
  }
  const attempt = (isRetry: boolean): void => {
    const toTarget = chosen.group.request(chosen.target, {
      method: request.method,
      path: request.url,
      headers,
    });
    const isTimedOut = limitTime(toTarget);
    response.once('close', () => toTarget.destroy());
    toTarget.on('response', (fromTarget) => relay(fromTarget, response, isClosing));
    toTarget.on('error', () => {
      if (response.destroyed || response.writableEnded) return;
      if (response.headersSent) response.destroy();
      // The target closed a pooled connection just as it was taken: nothing was processed on it.
      else if (toTarget.reusedSocket && !hasBody && !isRetry) attempt(true);
      else answer(response, isTimedOut() ? 504 : 502, isClosing);
    });
    if (hasBody) request.pipe(toTarget);
    else toTarget.end();
  };
  attempt(false);
}

function limitTime(toTarget: ClientRequest): () => boolean {
  let isTimedOut = false;
  const expire = (): void => {
    isTimedOut = true;
    toTarget.destroy(new Error('the target did not answer in time'));
  };
  toTarget.setTimeout(idleMilliseconds, expire);
  toTarget.on('socket', (socket) => {
    if (!socket.connecting) return;
    const timer = setTimeout(expire, connectMilliseconds);
    const clear = (): void => clearTimeout(timer);
    socket.once('connect', clear).once('close', clear);
  });
  return () => isTimedOut;
}

function relay(
  fromTarget: IncomingMessage,
  response: ServerResponse,
  isClosing: () => boolean,
): void {
  const headers = endToEnd(fromTarget);
  response.shouldKeepAlive = !isClosing();
  if (isClosing()) headers['connection'] = 'close';
  response.writeHead(fromTarget.statusCode ?? 502, headers);
  pipeline(fromTarget, response, () => {
    // Broken half way: the client must see that it is not the whole.
    if (!fromTarget.complete) response.destroy();
  });
}

/** Headers without those of the connection, names as they came, repeated ones as lists. */
function endToEnd(message: IncomingMessage): OutgoingHttpHeaders {
  const named = new Set(
    (message.headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()),
  );
  const headers: OutgoingHttpHeaders = {};
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    if (values === undefined || hopByHop.has(name) || named.has(name)) continue;
    headers[name] = values.length === 1 ? values[0] : values;
  }
  return headers;
}

/** @see AWS "HTTP headers and Application Load Balancers" */
function forwardedHeaders(front: Front, request: IncomingMessage): OutgoingHttpHeaders {
  const headers = endToEnd(request);
  const client = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const before = request.headers['x-forwarded-for'];
  headers['x-forwarded-for'] = before === undefined ? client : `${String(before)}, ${client}`;
  headers['x-forwarded-proto'] = front.protocol.toLowerCase();
  headers['x-forwarded-port'] = String(front.port);
  return headers;
}

const statusTexts: Readonly<Record<number, string>> = {
  400: '400 Bad Request',
  414: '414 URI Too Long',
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
};

function answer(response: ServerResponse, status: number, isClosing: () => boolean): void {
  send(
    response,
    status,
    { 'content-type': 'text/plain' },
    `${statusTexts[status] ?? status}\n`,
    isClosing,
  );
}

function answerFixed(
  action: GatewayFixedResponseAction,
  response: ServerResponse,
  isClosing: () => boolean,
): void {
  const { StatusCode, ContentType = 'text/plain', MessageBody = '' } = action.FixedResponseConfig;
  const headers = { 'content-type': `${ContentType}; charset=utf-8` };
  send(response, Number(StatusCode), headers, MessageBody, isClosing);
}

function answerRedirect(
  action: GatewayRedirectAction,
  front: Front,
  request: IncomingMessage,
  response: ServerResponse,
  isClosing: () => boolean,
): void {
  const config = action.RedirectConfig;
  const location = redirectLocation(config, front, request.headers.host ?? '', request.url ?? '/');
  send(response, config.StatusCode === 'HTTP_301' ? 301 : 302, { location }, '', isClosing);
}

/** @see AWS "Redirect actions": parts not named stay as they are in the request */
export function redirectLocation(
  config: GatewayRedirectAction['RedirectConfig'],
  front: Pick<Front, 'protocol' | 'port'>,
  hostHeader: string,
  url: string,
): string {
  const [path = '/', query = ''] = url.split(/\?(.*)/s);
  const own: Readonly<Record<string, string>> = {
    protocol: front.protocol,
    host: hostHeader.replace(/:\d+$/, ''),
    port: String(front.port),
    path: path.replace(/^\//, ''),
    query,
  };
  const fill = (template: string): string =>
    template.replaceAll(
      /#\{(protocol|host|port|path|query)\}/g,
      (_, name: string) => own[name] ?? '',
    );
  const protocol = fill(config.Protocol ?? '#{protocol}').toLowerCase();
  const port = fill(config.Port ?? '#{port}');
  const newPath = fill(config.Path ?? '/#{path}');
  const newQuery = fill(config.Query ?? '#{query}');
  const isDefaultPort = port === (protocol === 'https' ? '443' : '80');
  const authority = `${fill(config.Host ?? '#{host}')}${isDefaultPort ? '' : `:${port}`}`;
  return `${protocol}://${authority}${newPath}${newQuery === '' ? '' : `?${newQuery}`}`;
}

function send(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string,
  isClosing: () => boolean,
): void {
  if (isClosing()) response.setHeader('connection', 'close');
  response.writeHead(status, {
    server: 'holdfast',
    ...headers,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

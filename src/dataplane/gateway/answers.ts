import { STATUS_CODES } from 'node:http';
import type { GatewayFixedResponseAction, GatewayRedirectAction } from '../../aws/gateway-feed.ts';
import type { Exchange } from './exchange.ts';
import type { RawHeaders } from './headers.ts';

/** The phrases with which Application Load Balancers answer, where they are not the RFC's. */
const phrases: Readonly<Record<number, string>> = {
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

export function phraseOf(status: number): string {
  return phrases[status] ?? STATUS_CODES[status] ?? '';
}

/** A page that says no more than the status. */
export function errorPage(status: number): string {
  const title = `${status} ${phraseOf(status)}`;
  return [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
}

/** @see AWS "Troubleshoot your Application Load Balancers": what each status means */
export function answerError(exchange: Exchange, status: number): void {
  send(exchange, status, ['Content-Type', 'text/html'], errorPage(status));
}

export function answerFixed(exchange: Exchange, action: GatewayFixedResponseAction): void {
  const { StatusCode, ContentType = 'text/plain', MessageBody = '' } = action.FixedResponseConfig;
  const headers = ['Content-Type', `${ContentType}; charset=utf-8`];
  send(exchange, Number(StatusCode), headers, MessageBody);
}

export function answerRedirect(
  exchange: Exchange,
  { RedirectConfig: config }: GatewayRedirectAction,
  front: { readonly protocol: 'HTTP' | 'HTTPS'; readonly port: number },
): void {
  const { authority = '', target } = exchange.request;
  const location = redirectLocation(config, front, authority, target);
  send(exchange, config.StatusCode === 'HTTP_301' ? 301 : 302, ['Location', location], '');
}

/** @see AWS "Redirect actions": parts not named stay as they are in the request */
export function redirectLocation(
  config: GatewayRedirectAction['RedirectConfig'],
  front: { readonly protocol: 'HTTP' | 'HTTPS'; readonly port: number },
  hostHeader: string,
  url: string,
): string {
  const [path = '/', query = ''] = url.split(/\?(.*)/s);
  const own: Readonly<Record<string, string>> = {
    protocol: front.protocol,
    host: hostHeader.replace(/:\d*$/, ''),
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

function send(exchange: Exchange, status: number, headers: RawHeaders, text: string): void {
  const body = Buffer.from(text);
  const isEmpty = body.length === 0 || exchange.request.method === 'HEAD';
  exchange.begin(
    status,
    phraseOf(status),
    ['Server', 'holdfast', ...headers, 'Content-Length', String(body.length)],
    isEmpty ? 'none' : 'sized',
  );
  if (!isEmpty) exchange.write(body);
  exchange.end();
}

/** A request whose body has arrived, as the server hands it to the pipeline. */
export interface HttpRequestLike {
  readonly method: string;
  /** Path and query as they stood in the request line; one character per byte. */
  readonly target: string;
  /** Name, value, name, value … in the order of arrival; one character per byte. */
  readonly rawHeaders: readonly string[];
  /** The pipeline overwrites it: it may hold secrets. */
  readonly body: Uint8Array;
  /** IP address of the peer. */
  readonly remoteAddress: string;
  /** For example `TLSv1.3` and `TLS_AES_128_GCM_SHA256`. */
  readonly tls?: { readonly version: string; readonly cipherSuite: string } | undefined;
  /** Aborted when the client went away or the server stops. */
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The server overwrites it once it was sent: it may hold secrets. */
  readonly body: Uint8Array;
}

/**
 * Headers by name in lower case; several of one name in the order of arrival. They are few, and looked for in two short
 * lists: to make a Map of them takes longer than all that is ever looked up.
 */
class RequestHeaders {
  readonly #names: string[] = [];
  readonly #values: string[] = [];

  constructor(rawHeaders: readonly string[]) {
    for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
      this.#names.push((rawHeaders[index] as string).toLowerCase());
      this.#values.push(rawHeaders[index + 1] as string);
    }
  }

  /** All values of that name as one, the way a signature covers them: joined by a comma. */
  get(name: string): string | undefined {
    const first = this.#names.indexOf(name);
    if (first === -1) return undefined;
    return this.#isOnly(name, first) ? this.#values[first] : this.values(name).join(',');
  }

  values(name: string): readonly string[] {
    const first = this.#names.indexOf(name);
    if (first === -1) return [];
    if (this.#isOnly(name, first)) return [this.#values[first] as string];
    return this.#values.filter((_value, index) => this.#names[index] === name);
  }

  #isOnly(name: string, first: number): boolean {
    return !this.#names.includes(name, first + 1);
  }

  /** Each as often as it came. */
  names(): Iterable<string> {
    return this.#names;
  }
}

/** What the beginning of a request says, before its body is looked at. */
export interface RequestHead {
  readonly method: string;
  /** Everything before the first `?`. */
  readonly path: string;
  /** Everything after it. */
  readonly query: string;
  readonly headers: RequestHeaders;
}

export function requestHead(request: {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
}): RequestHead {
  const mark = request.target.indexOf('?');
  return {
    method: request.method,
    path: mark === -1 ? request.target : request.target.slice(0, mark),
    query: mark === -1 ? '' : request.target.slice(mark + 1),
    headers: new RequestHeaders(request.rawHeaders),
  };
}

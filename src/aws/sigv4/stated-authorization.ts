/** Where a request says something of its own signature, as it stands there: the header, or the query. */
export interface StatedAuthorization {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly timestamp: string;
  readonly sessionToken: string | undefined;
  /** Of a presigned request: how long it is good. */
  readonly expiresSeconds: number | undefined;
  /** The query as it may have been signed: without the signature, if that stands in it. */
  readonly signedQueries: readonly string[];
}

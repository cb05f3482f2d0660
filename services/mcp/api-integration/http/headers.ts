/** What HTTP calls a token (RFC 9110, 5.6.2). */
export const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const RESERVED =
  /^(accept|accept-.*|authorization|connection|content-.*|cookie|expect|forwarded|host|keep-alive|origin|proxy-.*|referer|te|trailer|traceparent|tracestate|transfer-encoding|upgrade|user-agent|via|x-forwarded-.*|x-amz.*|x-correlation-id)$/i;

/** Whether a header frames, routes or authenticates a request, so that no argument may set it. */
export function isReservedHeader(name: string): boolean {
  return RESERVED.test(name);
}

/** Whether a text may be the value of a header: visible characters of ASCII, with blanks only between them. */
export function isHeaderValue(text: string): boolean {
  return /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/.test(text);
}

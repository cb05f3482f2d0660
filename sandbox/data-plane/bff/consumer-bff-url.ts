/** Where browsers on this machine find the BFF for consumers: by the address, not by a name, which is where it listens. */
export function consumerBffUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

const reserved = ['example', 'test', 'invalid', 'localhost', 'example.com', 'example.net', 'example.org'];

/** Whether a name of a host is one that is kept for examples and tests: nobody is reached there (RFC 2606, RFC 6761). */
export function isReservedHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return reserved.some((each) => name === each || name.endsWith(`.${each}`));
}

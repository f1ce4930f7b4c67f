import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { HouseFunction } from './house-function.ts';

/** The site's address and its keys: what making and reading of mailed links needs. */
export class SiteSettings {
  readonly url: string;
  readonly #keys: ISecret;

  constructor(url: string, keys: ISecret) {
    this.url = url;
    this.#keys = keys;
  }

  /** Lets a function read mailed links, and know mailboxes by their hashes. */
  grantKeys(handler: HouseFunction): void {
    handler.addEnvironment('KEYS_SECRET', this.#keys.secretArn);
    this.#keys.grantRead(handler);
  }

  /** Lets a function know the site's address. */
  grantAddress(handler: HouseFunction): void {
    handler.addEnvironment('SITE_URL', this.url);
  }

  /** Lets a function make links, too. */
  grantLinks(handler: HouseFunction): void {
    this.grantAddress(handler);
    this.grantKeys(handler);
  }
}

/** The API's client and types. client.d.ts is generated from the OpenAPI document. */
export { createClient } from '../../chalicelib/storefront/client.js';
export type * from '../../chalicelib/storefront/client.js';

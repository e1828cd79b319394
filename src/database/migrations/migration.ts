/** A step of the store's schema, from one version to the next. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** The door for everybody, safe in a browser. */
export { readOrganisationCode } from './code.ts'
export { organisationsLike } from './names/organisations-like.ts'
export type { Fact, FactGroup, FactKind, Level, Source, Statement } from './record/fact.ts'
export type { Said } from './record/entry.ts'

/** The door for everybody, safe in a browser. */
export { checkAction, checkAll, compileEdition } from './edition.ts'
export type { ActionResult, Edition, EditionAction, EditionData, ReadyAction } from './edition.ts'
export { countryCode, countryCodes } from './countries.ts'
export { countryName } from './country-names.ts'
export { speechFor } from './speech.ts'
export { fields } from './programme-data.ts'
export type { Field, ManagingBody, QuestionData } from './programme-data.ts'

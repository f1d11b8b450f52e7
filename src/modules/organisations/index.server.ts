/** The door on the server: actions and reads. */
export { answerRequest } from './actions/answer-request.ts'
export { askToJoin } from './actions/ask-to-join.ts'
export { changeRecord } from './actions/change-record.ts'
export { chooseShown } from './actions/choose-shown.ts'
export { type Imported, countsOf, importCharterList } from './actions/import-charter-list.ts'
export { inviteMember } from './actions/invite-member.ts'
export { noteEarlierGrant } from './actions/note-earlier-grant.ts'
export { type Registered, registerOrganisation } from './actions/register-organisation.ts'
export type { BodiesFor } from './bodies-for.ts'
export { idsOfRecord, idsOfRecords, idsToday } from './duplicates/merged-ids.server.ts'
export { foldName } from './names/fold-name.ts'
export { type RegisteredLast, registeredLast } from './desk/registered-last.server.ts'
export { type FactsForCheck, factsForCheck } from './record/facts-for-check.server.ts'
export type { Suggestion } from './names/find-organisations.server.ts'
export {
  type OrganisationName,
  type OrganisationView,
  findOrganisations,
  organisationByCode,
  organisationNames,
  showOrganisation
} from './reads.ts'
export { showDesk, showExperience } from './reads.server.ts'
export { charterDoubtText, charterFieldText, rowProblemText } from './import/charter-text.ts'
export type { ImportPlan } from './import/plan-import.ts'
export { shippedCharterFile, shippedEdition } from './import/shipped-charter-list.server.ts'

/** The door for everybody, safe in a browser. */
export { checkAction, checkAll, compileEdition } from './edition.ts'
export type { ActionResult, Edition, EditionAction, EditionData, ReadyAction } from './edition.ts'
export { countryCode, countryCodes } from './countries.ts'
export { countryName } from './country-names.ts'
export { speechFor } from './speech.ts'
export { draftLists, participantRoles, programmeLists } from './form-data.ts'
export type {
  AnswerKind,
  ApplicationForm,
  DraftList,
  FileKind,
  FormColumn,
  FormCondition,
  FormOption,
  FormOptions,
  FormQuestion,
  FormRule,
  FormSection,
  FormSource,
  FormTemplate,
  ParticipantRole,
  ProgrammeList,
  RuleLimit,
  TableKind
} from './form-data.ts'
export type { BodyData, ContactData, MandateData } from './body-data.ts'
export { fields, isField } from './programme-data.ts'
export type { Field, ManagingBody, PlaceData, QuestionData, RuleData } from './programme-data.ts'
export { fold, foldName } from './nearest.ts'
export { longestName } from './read-values.ts'
export { problemPlace, problemSentence, problemText } from './input-problem.ts'
export type { InputProblem } from './input-problem.ts'
export type {
  BudgetLimit,
  BudgetRate,
  BudgetRules,
  CategoryRule,
  CeilingRule,
  CountryGroup,
  FundingModel,
  FundingRule
} from './budget-rules.ts'
export { titled, titleOf, type Citation, type Cited, type ReadingView } from './citation.ts'
export type { Knowledge } from './knowledge.ts'
export { readPasted } from './paste.ts'
export { mostPartners, readConsortium } from './read-consortium.ts'
export type { ConsortiumRequest } from './read-consortium.ts'
export { writeConsortiumJson } from './write-consortium.ts'
export type { Handler, Handling, HandlingQuestion, WhoHandles } from './who-handles.ts'
export { placeText } from './place-text.ts'

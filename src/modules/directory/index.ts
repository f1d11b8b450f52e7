/** The door for everybody, safe in a browser. */
export {
  type Body,
  type BodyKind,
  type Contact,
  type FormerName,
  type Unit,
  bodyKinds,
  calledIn,
  contactKinds
} from './body.ts'
export {
  type Mandate,
  type MandateAnswer,
  type MandateOnRecord,
  type MandateQuestion,
  type Mandated,
  type Narrowing,
  type Purpose,
  holdsOn,
  mandateFor,
  purposes
} from './mandate.ts'
export { type ActingOfficer, type BodyAtWork, type SecondPerson, secondPersonFor } from './second-person.ts'
export {
  type Advice,
  type AdviceWay,
  type Bar,
  type UnderDecision,
  adviceWays,
  mayNotDecide
} from './advice.ts'

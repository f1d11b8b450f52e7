import type { Temporal } from 'temporal-polyfill'
import type { CallTaking } from '#server/calls'
import type { CallToCheck, Programmes } from '#server/programmes'
import type { RecordedEntry } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import type { SignedIn } from '#shared/identity/index.ts'
import type { ServerClock } from '#shared/time/server-clock.ts'
import type { Answer, Outline } from '../application.ts'
import type { BudgetLine } from '../budget/budget-line.ts'
import type { KnownFacts } from '../consortium/consortium-of.ts'
import type { MandateState } from '../consortium/mandate.ts'
import type { Received, Submission } from './submission.ts'

/** Somebody asks to hand in an application. */
export type AskedToSubmit = {
  caller: SignedIn
  /** Its code or its id. */
  application: string
  /** Of the form that asks (a UUID): sent twice, it hands in once. */
  form: string
  /** The version of the declaration of honour that was agreed to. */
  declaration: string
  /** When the complete request had reached the server. */
  received: Received
}

/** What stands in one field, as far as it matters for handing in: for a text longer than a line stands its digest. */
export type AnswerAtHand = Answer & {
  /** SHA-256, in hexadecimal. */
  digest: string
}

/** All that is to be known of an application that somebody asks to hand in, but what is written in it. */
export type Circumstances = {
  outline: Outline
  /** By participant, where its mandate stands. */
  mandates: ReadonlyMap<string, MandateState>
  /** By participant, what is known of its organisation for the day on which the call closes. */
  facts: ReadonlyMap<string, KnownFacts>
  call: CallTaking
  /** The programme as the call applies it in the terms that the application is written under. */
  applied: CallToCheck
  /** What that very form handed in before. */
  before: Submission | undefined
  /** When the caller proved last who they are; undefined: by a machine's token. */
  provedAt: Temporal.Instant | undefined
}

/** What is written in an application. */
export type Written = {
  /** By path. */
  answers: ReadonlyMap<string, AnswerAtHand>
  /** The lines of its budget; their versions added up, those of lines that were removed included. */
  budget: BudgetAtHand
}

export type BudgetAtHand = { lines: BudgetLine[]; versions: number }

/** An application as it stands when somebody asks to hand it in. */
export type AtHand = Circumstances & Written

/** What acceptance needs of the app. */
export type Accepting = { database: Database; programmes: Programmes; serverClock: ServerClock }

/** It is on record: since now, with the entry that says so, or since before by the same form. */
export type Accepted = { submission: Submission; entry?: RecordedEntry }

import type { Words } from '#shared/rules/vocabulary.ts'
import type { ManagingBody } from './programme-data.ts'
import type { Programmes } from './programmes.server.ts'

/** A call that a consortium is held against: the programme as the call applies it. */
export type CallToCheck = {
  code: string
  /** Names the revision of its terms that is meant. */
  terms: string
  title: Words
  edition: number
  /** The kind of body that runs it; left out: another than the guide knows. */
  body?: ManagingBody
  /** What it opens; for a call outside any guide, the one that stands for the call itself. */
  actions: readonly string[]
  programmes: Programmes
}

/** The question that the check asks and calls answer (registered by the shell): what does a published call apply? */
export type FindCallToCheck = (code: string) => Promise<CallToCheck | undefined>

import type { EditionData } from '../../edition.ts'
import type { Knowledge } from '../../knowledge.ts'

/** What the page needs to answer by itself: the rules of an edition, and what its reader of forms knows. */
export type EditionForBrowser = { edition: EditionData; knowledge: Knowledge }

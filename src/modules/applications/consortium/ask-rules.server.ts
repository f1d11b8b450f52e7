import { type CallToCheck, type CheckReport, type Programmes, checkEligibility } from '#server/programmes'
import type { Outline } from '../application.ts'
import type { WrittenConsortium } from './consortium-of.ts'
import type { Checked, ReadCheck } from './draft-check.ts'
import { readDraft } from './read-draft.ts'

/** Reports of consortia that were checked a moment ago: a page looks more often than a consortium changes. */
const mostKept = 200
const kept = new WeakMap<Programmes, Map<string, ReadCheck>>()

/** Asks the rules of a call about a consortium. A draft that cannot be read is an answer too: never that there are no rules. */
export function askRules(
  { programmes }: Pick<CallToCheck, 'programmes'>,
  { action, edition }: Pick<Outline, 'action' | 'edition'>,
  written: WrittenConsortium
): ReadCheck {
  const asked = { action, edition }
  const key = JSON.stringify([asked, written])
  const known = kept.get(programmes) ?? new Map<string, ReadCheck>()
  kept.set(programmes, known)
  const before = known.get(key)
  if (before) return before
  const { request, unread } = readDraft(written, programmes.knowledge, asked)
  const reports = request && checkEligibility({ programmes }, { ...asked, consortium: request.consortium })
  const report = Array.isArray(reports) ? reports[0] : undefined
  const found = { ...checkedBy(programmes, asked, report), unread }
  known.set(key, found)
  if (known.size > mostKept) known.delete(known.keys().next().value!)
  return found
}

/** No rules are only those of an action that is known and has none: all else that gives no report is a fault. */
function checkedBy(
  programmes: Programmes,
  { action, edition }: { action: string; edition: number },
  report: CheckReport | undefined
): Checked {
  const rules = programmes.edition(edition)?.actions.get(action)?.spec.rules
  if (rules?.length === 0) return { state: 'no-rules' }
  return report ? { state: 'checked', report } : { state: 'unreadable' }
}

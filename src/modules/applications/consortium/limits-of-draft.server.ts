import type { Temporal } from 'temporal-polyfill'
import { idsOfRecords } from '#server/organisations'
import { type ApplicationLimit, type Programmes, applicationLimits } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import type { Outline, Participant } from '../application.ts'
import { applicationsSharing } from './count-applications.server.ts'
import { type Counted, limitsTouched } from './limits-across.ts'

/** A limit that a draft touches, as one of its people may know it. */
export type LimitWarning = {
  limit: ApplicationLimit
  level: 'reached' | 'over'
  beyond: boolean
  /** Whom it is about; undefined: the consortium as a whole. */
  participant: { id: string; name: string } | undefined
  /** How many and which: of one’s own organisation, or of the consortium that one is in. Of others nobody learns. */
  counted: readonly string[] | undefined
}

type Holding = { database: Database; programmes: Programmes }

/**
 * Warnings of limits across applications, for somebody of a draft. Of another organisation it is only said that the
 * limit is passed, since that touches this application; never by what, and not before it is passed.
 */
export async function limitsOfDraft(
  app: Holding,
  outline: Outline,
  { own, closesAt }: { own: Participant; closesAt: Temporal.Instant }
): Promise<LimitWarning[]> {
  const { action, edition, field } = outline
  const limits = applicationLimits(app, { action, edition, field })
  if (limits.length === 0) return []
  const organisations = outline.participants.flatMap(({ organisation }) => organisation ?? [])
  const records = [...(await idsOfRecords(app.database, organisations)).values()].flat()
  const counted = await applicationsSharing(app.database, outline.id, { action, closesAt }, records)
  const itself = counted.find(({ code }) => code === outline.code)
  if (!itself) return []
  return limitsTouched(withAsked(itself, outline), counted, limits).flatMap((touched): LimitWarning[] => {
    const participant = outline.participants.find(
      ({ organisation }) => organisation !== null && organisation === touched.organisation
    )
    const known = touched.organisation === undefined || participant?.id === own.id
    if (!known && touched.level === 'reached') return []
    const { limit, level, beyond } = touched
    return [
      {
        ...{ limit, level, beyond },
        participant: participant && { id: participant.id, name: participant.name },
        counted: known ? touched.counted : undefined
      }
    ]
  })
}

/** Who is asked and has not agreed would count, too: better warned before than after. */
function withAsked(itself: Counted, { participants }: Outline): Counted {
  return {
    ...itself,
    members: participants.flatMap(({ organisation, role }) =>
      organisation === null ? [] : [{ organisation, role }]
    )
  }
}
